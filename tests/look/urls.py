"""Addresses for the tests of account pages: those pages, the language switch, and something at home."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from annotations.views import preferences


def home(request: HttpRequest) -> HttpResponse:
    """Where one lands after logging in."""
    return HttpResponse("home")


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    *preferences.root_urls,
    path("", home, name="home"),
]
