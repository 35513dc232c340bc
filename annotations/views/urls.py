"""The addresses of the pages. Each noun keeps its own list beside its views."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
