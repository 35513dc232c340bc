"""One's own tokens: what one's programs log in with. The secret is shown once, on the page that made it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from annotations.forms.tokens import TokenForm
from annotations.models import User
from annotations.rules.errors import Problem
from annotations.services import api_tokens
from annotations.views.door import problem_page, say


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """GET: all of them, also the ones that no longer work. POST: make one."""
    user = cast(User, request.user)
    form = TokenForm(request.POST or None)
    secret = make(request, user, form) if form.is_bound and form.is_valid() else ""
    context = {"tokens": api_tokens.own(user), "form": TokenForm() if secret else form, "secret": secret}
    return render(request, "annotations/token_list.html", context)


def make(request: HttpRequest, user: User, form: TokenForm) -> str:
    """The secret of a new token; "" with the reason said when it could not be made."""
    data = form.cleaned_data
    try:
        made = api_tokens.create(
            user, name=data["name"], write=bool(data["write"]), expires_at=api_tokens.expiry(data["days"])
        )
    except Problem as problem:
        say(request, problem)
        return ""
    return made[1]


@login_required
@require_POST
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        api_tokens.revoke(cast(User, request.user), pk)
    except Problem as problem:
        return problem_page(request, problem)
    messages.success(request, _("The token no longer works."))
    return redirect("token_list")


root_urls: list[Any] = [
    path("accounts/tokens/", token_list, name="token_list"),
    path("accounts/tokens/<int:pk>/revoke/", token_revoke, name="token_revoke"),
]
