"""Filters of statements: the Tracker, the API and exports ask with the same names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from annotations.filters.queries import Codes, Ids, Query, run
from annotations.models import AnnotationTag, Member, Occurrence, Statement, StatementAgent, StatementTag
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, noop
from annotations.services import following
from annotations.services.tracker import links
from annotations.text.folding import fold_text

DUE = ("now", "week", "later", "none")
PASSAGES = ("one", "several", "variant", "none", "check")


class StatementFilter(django_filters.FilterSet):
    """`tag` matches tags of the statement and of its passages (UX.md 4.9); `verdict` knows reviewed ones only."""

    q = django_filters.CharFilter(method="by_text")
    kind = Codes(field_name="kind", allowed=vocabulary.KINDS.codes)
    type = Codes(method="by_type", allowed=(*vocabulary.CLAIM_TYPES.codes, *vocabulary.MECHANISMS.codes, "none"))
    status = Codes(method="by_status", allowed=vocabulary.STATUSES.codes)
    work = Codes(field_name="work", allowed=vocabulary.WORK.codes)
    public = Codes(field_name="public", allowed=vocabulary.PUBLIC.codes)
    verdict = Codes(method="by_verdict", allowed=(*vocabulary.VERDICTS.codes, "none"))
    progress = Codes(method="by_progress", allowed=vocabulary.PROGRESS.codes)
    mechanism = Codes(field_name="mechanism", allowed=vocabulary.MECHANISMS.codes)
    checkworthiness = Codes(method="by_worth", allowed=(*vocabulary.CHECKWORTHINESS.codes, "none"))
    wording = Codes(field_name="wording", allowed=vocabulary.WORDINGS.codes)
    tag = Ids(method="by_tag")
    document = Ids(method="by_document")
    agent = Ids(method="by_agent")
    assignee = Codes(method="by_assignee")
    creator = Ids(field_name="created_by_id")
    fit = Codes(method="by_fit", allowed=(*vocabulary.FITS.codes, "none"))
    passages = Codes(method="by_passages", allowed=PASSAGES)
    due = Codes(method="by_due", allowed=DUE)
    due_before = django_filters.DateFilter(field_name="due", lookup_expr="lte")
    due_after = django_filters.DateFilter(field_name="due", lookup_expr="gte")
    created_after = django_filters.DateFilter(field_name="created_at", lookup_expr="date__gte")
    created_before = django_filters.DateFilter(field_name="created_at", lookup_expr="date__lte")
    updated_after = django_filters.DateFilter(field_name="updated_at", lookup_expr="date__gte")
    updated_before = django_filters.DateFilter(field_name="updated_at", lookup_expr="date__lte")
    about = django_filters.CharFilter(field_name="about_date", lookup_expr="startswith")
    id = Ids(field_name="id")

    class Meta:
        model = Statement
        fields: list[str] = []

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def by_text(self, rows: QuerySet[Statement], name: str, value: str) -> QuerySet[Statement]:
        """Numbers (C-2 P-1), or words that all stand in the text, in either script, or in its English gloss."""
        words = value.split()
        numbers = [links.number_of(word) for word in words]
        if words and all(numbers):
            where = Q(pk__in=[])
            for kind, number in filter(None, numbers):
                where |= Q(kind=kind, number=number)
            return rows.filter(where)
        for word in words:
            rows = rows.filter(Q(fold__contains=fold_text(word)) | Q(gloss_en__icontains=word))
        return rows

    def by_type(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        where = Q(type__in=value) | Q(mechanism__in=value)
        return rows.filter(where | Q(type="", mechanism="") if "none" in value else where)

    def by_status(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        """By the one shown word (UX.md 4.5)."""
        public = [code for code in value if code in vocabulary.PUBLIC]
        work = [code for code in value if code in vocabulary.WORK]
        return rows.filter(Q(public__in=public) | Q(work__in=work, public="none"))

    def by_verdict(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        wanted = ["" if code == "none" else code for code in value]
        where = Q(kind="claim", verdict__in=wanted)
        progress = self.data.get("progress")
        return rows.filter(where | Q(kind="proposal", progress__in=progress.split(",")) if progress else where)

    def by_progress(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        """Asked together with verdicts, either is enough: no statement has both."""
        return rows if self.data.get("verdict") else rows.filter(kind="proposal", progress__in=value)

    def by_worth(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        return rows.filter(checkworthiness__in=["" if code == "none" else code for code in value])

    def by_tag(self, rows: QuerySet[Statement], name: str, value: list[int]) -> QuerySet[Statement]:
        asked = following.widened(self.member.corpus_id, value)
        own = StatementTag.objects.filter(tag_id__in=asked)
        tagged = AnnotationTag.objects.filter(corpus_id=self.member.corpus_id, tag_id__in=asked)
        passages = links.links_by_id(self.member).filter(annotation_id__in=tagged.values("annotation_id"))
        return rows.filter(Q(pk__in=own.values("statement_id")) | Q(pk__in=passages.values("statement_id")))

    def by_document(self, rows: QuerySet[Statement], name: str, value: list[int]) -> QuerySet[Statement]:
        return rows.filter(pk__in=self.links().filter(annotation__document_id__in=value).values("statement_id"))

    def by_agent(self, rows: QuerySet[Statement], name: str, value: list[int]) -> QuerySet[Statement]:
        said = self.links().filter(attributed_to_id__in=value)
        roles = StatementAgent.objects.filter(agent_id__in=value)
        return rows.filter(Q(pk__in=said.values("statement_id")) | Q(pk__in=roles.values("statement_id")))

    def by_assignee(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        where = Q(pk__in=[])
        for one in value:
            if one == "none":
                where |= Q(assignee=None)
            elif one == "me":
                where |= Q(assignee=self.member)
            elif one.isdecimal():
                where |= Q(assignee_id=int(one))
            else:
                raise Invalid("assignee_unknown", noop("“assignee” is me, none or a member's id."), field="assignee")
        return rows.filter(where)

    def by_fit(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        fitting = self.links().filter(corpus_id=self.member.corpus_id, fit__in=value)
        where = Q(pk__in=fitting.values("statement_id"))
        return rows.filter(where | ~Exists(self.here()) if "none" in value else where)

    def by_passages(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        """How many passages it has, or what is the matter with them (check: other words stand there now)."""
        where = Q(pk__in=[])
        all_of = self.links().filter(corpus_id=self.member.corpus_id).order_by()
        several = all_of.values("statement_id").annotate(n=Count("annotation_id", distinct=True)).filter(n__gt=1)
        more = Q(pk__in=several.values("statement_id"))
        asked = {
            "none": ~Exists(self.here()),
            "one": Exists(self.here()) & ~more,
            "several": more,
            "variant": Q(pk__in=all_of.filter(fit="variant").values("statement_id")),
            "check": Q(pk__in=links.displaced(self.member).values("statement_id")),
        }
        for one in value:
            where |= Q(asked[one])
        return rows.filter(where)

    def by_due(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        """now: due today or before; week: within seven days; finished work is never due."""
        today = timezone.localdate()
        where = Q(pk__in=[])
        asked = {
            "now": links.unfinished() & Q(due__lte=today),
            "week": links.unfinished() & Q(due__lte=today + timedelta(days=7)),
            "later": links.unfinished() & Q(due__gt=today + timedelta(days=7)),
            "none": Q(due=None),
        }
        for one in value:
            where |= asked[one]
        return rows.filter(where)

    def links(self) -> QuerySet[Occurrence]:
        return links.links(self.member)

    def here(self) -> QuerySet[Occurrence]:
        return self.links().filter(statement_id=OuterRef("pk"))


def statements(member: Member, query: Query) -> QuerySet[Statement]:
    """The statements that this member may see and this query names; Invalid with the field when it makes no sense."""
    rows = Statement.objects.visible_to(member).filter(redirect_to=None)
    return run(StatementFilter, rows, query, member=member)
