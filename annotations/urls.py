"""The addresses of the app: pages (DESIGN.md 8) and the API (DESIGN.md 7)."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.urls import include, path

from annotations.api import iris


def healthz(request: HttpRequest) -> JsonResponse:
    """Whether the process answers."""
    return JsonResponse({"status": "ok"})


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("api/", include("annotations.api.urls")),
    path("", include(iris.root_urls)),
    path("", include("annotations.views.urls")),
]
