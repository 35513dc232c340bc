"""Corpora by name and size, who belongs to them, and the invitations that are out."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from annotations.admin.site import Look, column, site
from annotations.http.problems import sentence
from annotations.models import Annotation, Corpus, Document, Invitation, Member, Statement
from annotations.rules import vocabulary
from annotations.rules.errors import Problem
from annotations.services import access, corpora
from annotations.services.op import writing


@admin.display(description=_("Role"), ordering="role")
def role(row: Member | Invitation) -> str:
    return gettext(vocabulary.ROLES.label(row.role))


def how_many(model: type[models.Model], **which: object) -> Coalesce:
    """The number of such rows of a corpus."""
    rows = model._default_manager.filter(corpus=OuterRef("pk"), **which)
    counted = rows.order_by().values("corpus").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


@admin.register(Corpus, site=site)
class Corpora(Look):
    """Names and sizes. What a corpus holds is read by its members, on its pages."""

    cells = (
        column("name", _("Name")), column("slug", _("Web address")), column("members_n", _("Members")),
        column("documents_n", _("Documents")), column("annotations_n", _("Passages")),
        column("statements_n", _("Statements")), column("head.seq", _("Events")),
        column("created_at", _("Created")), column("demo", _("Demo"), yes_no=True),
    )  # fmt: skip
    search_fields = ("name", "slug")
    ordering = ("name",)
    list_select_related = ("head",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Corpus]:
        live = {"removed_at": None}
        found: QuerySet[Corpus] = super().get_queryset(request).annotate(
            members_n=how_many(Member, active=True), documents_n=how_many(Document, **live),
            annotations_n=how_many(Annotation, **live), statements_n=how_many(Statement, **live),
        )  # fmt: skip
        return found


@admin.register(Member, site=site)
class Members(Look):
    """Who belongs where. Roles are changed on the page Members, by an admin of the corpus, and stand in its history."""

    cells = (
        column("name", _("Name")), column("user", _("Account"), order="user__username"),
        column("corpus", _("Corpus"), order="corpus__name"), role,
        column("active", _("Belongs to it now"), yes_no=True), column("joined_at", _("Joined")),
    )  # fmt: skip
    search_fields = ("name", "user__username", "user__full_name", "corpus__name", "corpus__slug")
    ordering = ("corpus__name", "name")
    list_select_related = ("user", "corpus")


@admin.register(Invitation, site=site)
class Invitations(Look):
    """Links that are out. An operator takes back those of corpora whose admin they are: the history names who did."""

    cells = (
        column("corpus", _("Corpus"), order="corpus__name"), role, column("created_by", _("Made by")),
        column("created_at", _("Created")), column("expires_at", _("Expires")), column("used_at", _("Used")),
        column("revoked_at", _("Taken back")),
    )  # fmt: skip
    search_fields = ("corpus__name", "corpus__slug", "created_by__name")
    ordering = ("-id",)
    list_select_related = ("corpus", "created_by")
    actions = ("revoke",)

    @admin.action(description=_("Take back the chosen invitations"), permissions=["view"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[Invitation]) -> None:
        for invitation in chosen.order_by("pk"):
            try:
                member = access.member_in(request.user, corpus_id=invitation.corpus_id)
                with writing(by=member) as op:
                    corpora.revoke_invitation(op, invitation)
            except Problem as problem:
                messages.error(request, f"{invitation.corpus}: {refusal(problem)}")
            else:
                messages.success(request, f"{invitation.corpus}: {gettext('Taken back')}")


def refusal(problem: Problem) -> str:
    """Why it was not done; to an operator who is a stranger there the usual words would say that it does not exist."""
    if problem.status == 404:
        return gettext("Only an admin of this corpus can take it back; you do not belong to it.")
    return sentence(problem)
