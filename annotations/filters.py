"""The filters of lists, pages, API and export alike (django-filter). Unknown names and values are refused, not ignored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from annotations.models import AnnotationTag, Document, Member, Occurrence, Statement, StatementAgent, StatementTag
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, noop
from annotations.text.folding import fold_text

#: Query names that are not filters: paging, order, the shape of the page, the format of an export.
NOT_FILTERS = frozenset({"page", "page_size", "ordering", "view", "columns", "group", "script", "include", "similar_to", "format"})


class Codes(django_filters.BaseInFilter, django_filters.CharFilter):
    """One or several codes, comma-separated."""


class Ids(django_filters.BaseInFilter, django_filters.NumberFilter):
    """One or several ids, comma-separated."""


class StatementFilter(django_filters.FilterSet):
    """Filters of statements. `tag` matches tags of the statement and of its passages (UX.md 4.9)."""

    q = django_filters.CharFilter(method="by_text")
    kind = Codes(field_name="kind")
    type = Codes(method="by_type")
    status = Codes(method="by_status")
    work = Codes(field_name="work")
    public = Codes(field_name="public")
    verdict = Codes(method="by_verdict")
    progress = Codes(field_name="progress")
    mechanism = Codes(field_name="mechanism")
    checkworthiness = Codes(field_name="checkworthiness")
    wording = Codes(field_name="wording")
    tag = Ids(method="by_tag")
    document = Ids(method="by_document")
    agent = Ids(method="by_agent")
    assignee = Codes(method="by_assignee")
    creator = Ids(field_name="created_by_id")
    fit = Codes(method="by_fit")
    due_before = django_filters.DateFilter(field_name="due", lookup_expr="lte")
    due_after = django_filters.DateFilter(field_name="due", lookup_expr="gte")
    created_after = django_filters.DateFilter(field_name="created_at", lookup_expr="date__gte")
    created_before = django_filters.DateFilter(field_name="created_at", lookup_expr="date__lte")
    updated_after = django_filters.DateFilter(field_name="updated_at", lookup_expr="date__gte")
    about = django_filters.CharFilter(field_name="about_date", lookup_expr="startswith")
    id = Ids(field_name="id")

    class Meta:
        model = Statement
        fields: list[str] = []

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def by_text(self, rows: QuerySet[Statement], name: str, value: str) -> QuerySet[Statement]:
        number = value.strip().upper()
        if number[:2] in ("C-", "P-") and number[2:].isdecimal():
            kind = "claim" if number[0] == "C" else "proposal"
            return rows.filter(kind=kind, number=int(number[2:]))
        for word in value.split():
            rows = rows.filter(Q(fold__contains=fold_text(word)) | Q(gloss_en__icontains=word))
        return rows

    def by_type(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        return rows.filter(Q(type__in=value) | Q(mechanism__in=value))

    def by_status(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        public = [code for code in value if code in vocabulary.PUBLIC]
        work = [code for code in value if code in vocabulary.WORK]
        return rows.filter(Q(public__in=public) | Q(work__in=work, public="none"))

    def by_verdict(self, rows: QuerySet[Statement], name: str, value: list[str]) -> QuerySet[Statement]:
        wanted = ["" if code == "none" else code for code in value]
        return rows.filter(verdict__in=wanted, kind="claim")

    def by_tag(self, rows: QuerySet[Statement], name: str, value: list[int]) -> QuerySet[Statement]:
        own = StatementTag.objects.filter(statement=OuterRef("pk"), tag_id__in=value)
        passages = Occurrence.objects.filter(
            statement=OuterRef("pk"), removed_at=None, annotation__removed_at=None, annotation__tag_rows__tag_id__in=value
        )
        return rows.filter(Exists(own) | Exists(passages))

    def by_document(self, rows: QuerySet[Statement], name: str, value: list[int]) -> QuerySet[Statement]:
        return rows.filter(Exists(_live().filter(annotation__document_id__in=value)))

    def by_agent(self, rows: QuerySet[Statement], name: str, value: list[int]) -> QuerySet[Statement]:
        roles = StatementAgent.objects.filter(statement=OuterRef("pk"), agent_id__in=value)
        return rows.filter(Exists(_live().filter(attributed_to_id__in=value)) | Exists(roles))

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
        if "none" in value:
            return rows.filter(~Exists(_live()))
        return rows.filter(Exists(_live().filter(fit__in=value)))


def _live() -> QuerySet[Occurrence]:
    return Occurrence.objects.filter(statement=OuterRef("pk"), removed_at=None, annotation__removed_at=None)


class DocumentFilter(django_filters.FilterSet):
    """Filters of documents. `reading` is one's own state, `unread_by_all` the documents nobody has read."""

    q = django_filters.CharFilter(method="by_text")
    language = Codes(field_name="language")
    genre = Codes(field_name="genre")
    batch = Ids(field_name="batch_id")
    tag = Ids(method="by_tag")
    reading = Codes(method="by_reading")
    unread_by_all = django_filters.BooleanFilter(method="by_nobody")
    published_after = django_filters.CharFilter(field_name="published_date", lookup_expr="gte")
    published_before = django_filters.CharFilter(field_name="published_date", lookup_expr="lte")
    id = Ids(field_name="id")

    class Meta:
        model = Document
        fields: list[str] = []

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member

    def by_text(self, rows: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        for word in value.split():
            rows = rows.filter(Q(title__icontains=word) | Q(publisher__icontains=word) | Q(source_note__icontains=word))
        return rows

    def by_tag(self, rows: QuerySet[Document], name: str, value: list[int]) -> QuerySet[Document]:
        carrying = AnnotationTag.objects.filter(
            document=OuterRef("pk"), tag_id__in=value, annotation__removed_at=None
        )
        return rows.filter(Exists(carrying))

    def by_reading(self, rows: QuerySet[Document], name: str, value: list[str]) -> QuerySet[Document]:
        where = Q(reading__member=self.member, reading__state__in=value)
        found = rows.filter(where)
        if "unread" in value:
            started = self.member.reading.exclude(state="unread").values("document_id")  # type: ignore[attr-defined]
            found = rows.filter(~Q(pk__in=started) | Q(pk__in=found.values("pk")))
        return found

    def by_nobody(self, rows: QuerySet[Document], name: str, value: bool) -> QuerySet[Document]:
        read = Q(reading__state__in=("read", "nothing"))
        return rows.exclude(read) if value else rows.filter(read).distinct()


def check_names(query: Mapping[str, object] | QueryDict, known: Iterable[str]) -> None:
    """Refuse filters that do not exist: a misspelt one must not silently show everything."""
    for name in query:
        if name not in known and name not in NOT_FILTERS:
            raise Invalid("filter_unknown", noop("There is no filter “%(name)s”."), field=name, name=name)


def statements(member: Member, query: Mapping[str, object] | QueryDict) -> QuerySet[Statement]:
    """The statements that this member may see and this query names; Invalid with the field when it makes no sense."""
    check_names(query, StatementFilter.base_filters)
    rows = Statement.objects.visible_to(member).filter(redirect_to=None)
    return _run(StatementFilter(query, queryset=rows, member=member))


def documents(member: Member, query: Mapping[str, object] | QueryDict) -> QuerySet[Document]:
    check_names(query, DocumentFilter.base_filters)
    rows = Document.objects.filter(corpus_id=member.corpus_id, removed_at=None)
    return _run(DocumentFilter(query, queryset=rows, member=member))


def _run(found: django_filters.FilterSet) -> Any:
    if not found.is_valid():
        name, errors = next(iter(found.errors.items()))
        raise Invalid("filter_value", noop("The filter “%(name)s” cannot be read: %(reason)s"), field=name, name=name, reason=str(errors[0]))
    return found.qs


ORDERS: Mapping[str, tuple[str, ...]] = {
    "number": ("kind", "number"), "-number": ("-kind", "-number"), "updated": ("updated_at", "id"),
    "-updated": ("-updated_at", "-id"), "created": ("created_at", "id"), "-created": ("-created_at", "-id"),
    "text": ("fold", "id"), "-text": ("-fold", "-id"), "status": ("public", "work", "kind", "number"),
    "-status": ("-public", "-work", "-kind", "-number"), "due": ("due", "id"), "-due": ("-due", "-id"),
    "type": ("type", "mechanism", "id"), "-type": ("-type", "-mechanism", "-id"),
    "checkworthiness": ("checkworthiness", "id"), "-checkworthiness": ("-checkworthiness", "-id"),
    "verdict": ("verdict", "progress", "id"), "-verdict": ("-verdict", "-progress", "-id"),
    "assignee": ("assignee__name", "id"), "-assignee": ("-assignee__name", "-id"),
}  # fmt: skip


def ordered(rows: QuerySet[Statement], asked: str) -> QuerySet[Statement]:
    """The rows in one of ORDERS; Invalid naming them otherwise."""
    order = asked or "number"
    if order not in ORDERS:
        raise Invalid("order_unknown", noop("Order by one of: %(names)s."), field="ordering", names=", ".join(ORDERS))
    return rows.order_by(*ORDERS[order])
