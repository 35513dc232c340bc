"""Members of a corpus: roles, invitations by link, and the page on which an invitation is taken up."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _

from annotations.forms import AccountForm, InviteForm, RoleForm
from annotations.models import Invitation, Member, User
from annotations.rules import roles, vocabulary
from annotations.rules.errors import Problem, Stale, noop
from annotations.services import access, corpora
from annotations.services.op import Op, writing
from annotations.views.door import PageRequest, page, problem_page, refuse, say, show
from annotations.views.meeting import alone, both_versions, check_seen


@page("members", post="manage_members")
def member_list(request: PageRequest) -> HttpResponse:
    """Who is here and what each role may; an admin changes roles and invites."""
    form = InviteForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        try:
            with writing(by=request.member) as op:
                _invitation, secret = corpora.invite(op, form.cleaned_data["role"], form.cleaned_data["note"])
            link = settings.BASE_URL + reverse("invitation", args=[secret])
        except Problem as problem:
            say(request, problem)
    return show(request, "annotations/member_list.html", context_of(request, form) | {"link": link})


def context_of(request: PageRequest, form: InviteForm, late: int = 0) -> dict[str, Any]:
    """Everything the page shows. `late`: the member whose role was sent after somebody else had changed it."""
    corpus = request.member.corpus
    rows = Member.objects.filter(corpus=corpus, user__isnull=False).select_related("user").order_by("-active", "name")
    people = [(one, RoleForm(request.POST if one.pk == late else None, member=one)) for one in rows]
    return {
        "form": form,
        "people": [(one, role, both_versions(role)["clashes"]) for one, role in people],
        "authors": Member.objects.filter(corpus=corpus, user=None).order_by("name"),
        "invitations": Invitation.objects.filter(corpus=corpus, used_at=None, revoked_at=None).select_related(
            "created_by"
        ),
        "roles": vocabulary.ROLES.codes,
        "rights": [(role, roles.verbs_of(role)) for role in vocabulary.ROLES.codes],
    }


@page("members", verb="manage_members")
def member_change(request: PageRequest, pk: int) -> HttpResponse:
    """POST role=… or active=0|1."""
    member = Member.objects.filter(corpus=request.member.corpus, pk=pk).first()
    if member is None:
        raise access.not_found()
    if request.method == "POST":
        try:
            with writing(by=request.member) as op:
                change(op, Member.objects.select_for_update(of=("self",)).get(pk=pk), request.POST)
            messages.success(request, _("Saved"))
        except Stale as problem:
            status = refuse(request, problem)
            late = pk if "role" in request.POST else 0
            return show(request, "annotations/member_list.html", context_of(request, InviteForm(), late), status=status)
        except Problem as problem:
            say(request, problem)
    return redirect("member_list", request.member.corpus.slug)


def change(op: Op, member: Member, asked: QueryDict) -> None:
    if asked.get("active") in ("0", "1"):
        said = noop("Somebody changed %(name)s's membership meanwhile. Look at it again.")
        check_seen(asked, member.version, Stale("changed_meanwhile", said, name=member.name))
    if asked.get("active") == "0":
        corpora.remove_member(op, member)
    elif asked.get("active") == "1":
        corpora.restore_member(op, member)
    else:
        form = RoleForm(asked, member=member)
        alone(op, form, member)
        if "role" in form.touched():
            corpora.change_role(op, member, form.data.get("role", ""))


@page("members", verb="manage_members")
def invitation_revoke(request: PageRequest, pk: int) -> HttpResponse:
    invitation = Invitation.objects.filter(corpus=request.member.corpus, pk=pk).first()
    if invitation is None:
        raise access.not_found()
    if request.method == "POST":
        with writing(by=request.member) as op:
            corpora.revoke_invitation(op, invitation)
    return redirect("member_list", request.member.corpus.slug)


def invitation_open(request: HttpRequest, secret: str) -> HttpResponse:
    """Take up an invitation: with the account one is logged in with, or with a new one made here."""
    try:
        found = corpora.open_invitation(secret)
        if request.user.is_authenticated and request.method == "POST":
            corpora.accept(found, request.user)
            return redirect(found.corpus.get_absolute_url())
        form = AccountForm(request.POST or None)
        if not request.user.is_authenticated and request.method == "POST" and form.is_valid():
            user = register(request, form)
            corpora.accept(found, user)
            return redirect(found.corpus.get_absolute_url())
    except Problem as problem:
        return problem_page(request, problem)
    return render(request, "annotations/invitation.html", {"invitation": found, "form": form})


def register(request: HttpRequest, form: AccountForm) -> User:
    """A new account, logged in at once. The invitation is its permission to exist."""
    user: User = form.save()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return user


urls: list[Any] = [
    path("members/", member_list, name="member_list"),
    path("members/<int:pk>/", member_change, name="member_change"),
    path("members/invitations/<int:pk>/revoke/", invitation_revoke, name="invitation_revoke"),
]
root_urls: list[Any] = [path("invite/<str:secret>/", invitation_open, name="invitation")]
