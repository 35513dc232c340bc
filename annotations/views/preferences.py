"""The preferences that the user menu sends; the browser's cookie holds them at once, this keeps them at the account."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from annotations.models import User
from annotations.services.preferences import set_single_keys


@login_required
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """`single_keys`: on, or anything else for off. Answers 204: the page stays as it is."""
    set_single_keys(user=cast(User, request.user), on=request.POST.get("single_keys") == "on")
    return HttpResponse(status=204)


root_urls = [path("account/preferences/", preferences, name="preferences")]
