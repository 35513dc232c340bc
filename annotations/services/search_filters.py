"""The filters of a search, for each kind of what is found: which rows they leave. Values are compared folded.

A filter that a kind has no use for leaves none of it: nothing of a source has a status.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override

from annotations.models import (
    AnnotationTag,
    Document,
    DocumentTag,
    Member,
    Occurrence,
    Source,
    StatementTag,
    Tag,
)
from annotations.rules import vocabulary
from annotations.services import following
from annotations.text.classes import fold_text
from annotations.text.query import Filter

#: What a filter leaves of the rows of a kind, for the values of which one holds.
Rule = Callable[[Member, Sequence[str]], Q]
#: These mean either of their values when they come twice; of the others each holds.
EITHER = ("kind", "by", "in", "status")
NONE = Q(pk__in=())
#: The titles of a corpus are looked through by the database: ten thousand are too many to be fetched.
TITLED = "SELECT id FROM annotations_document WHERE corpus_id = %s AND ({})"
HOLDS = {"sqlite": "instr(fold, %s) > 0", "postgresql": "strpos(fold, %s) > 0"}
folded = lru_cache(maxsize=1 << 15)(fold_text)


def condition(member: Member, kind: str, filters: Sequence[Filter], *, few: bool = False) -> Q | None:
    """What these filters leave of a kind; None when none of them says anything about it. `few`: it is asked about some
    rows whose ids are known, not about all."""
    found = Q()
    rules = RULES[kind] | (OF_FEW.get(kind, {}) if few else {})
    for name, negative, values in grouped(filters):
        rule = rules.get(name)
        if rule is None:
            if name != "kind" and not negative:
                return NONE
            continue
        found &= ~rule(member, values) if negative else rule(member, values)
    return found or None


def grouped(filters: Sequence[Filter]) -> list[tuple[str, bool, list[str]]]:
    """Name, whether it takes away, and the values of which one is enough."""
    either: dict[str, list[str]] = {}
    found: list[tuple[str, bool, list[str]]] = []
    for one in filters:
        if one.negative or one.name not in EITHER:
            found.append((one.name, one.negative, [one.value]))
        elif one.name in either:
            either[one.name].append(one.value)
        else:
            either[one.name] = [one.value]
            found.append((one.name, False, either[one.name]))
    return found


def holds(text: str, values: Iterable[str]) -> bool:
    """Whether one of these stands in a text."""
    return any(folded(value) in folded(text) for value in values)


def titled(member: Member, values: Sequence[str]) -> list[int]:
    """Documents whose title holds one of these."""
    wanted = [folded(value) for value in values]
    with connection.cursor() as cursor:
        either = " OR ".join([HOLDS[connection.vendor]] * len(wanted))
        cursor.execute(TITLED.format(either), [member.corpus_id, *wanted])
        return [pk for (pk,) in cursor.fetchall()]


def named(member: Member, values: Sequence[str]) -> list[int]:
    """Members who are called so."""
    rows = Member.objects.filter(corpus_id=member.corpus_id).values_list("pk", "name")
    return [pk for pk, name in rows if holds(name, values)]


def tags(member: Member, values: Sequence[str]) -> list[int]:
    """Tags that are called exactly this in any language, by label or code."""
    wanted = {folded(value) for value in values}
    rows = Tag.objects.filter(corpus_id=member.corpus_id)
    names = rows.values_list("pk", "code", "label", "label_zh_hans", "label_zh_hant")
    found = [pk for pk, *labels in names if wanted & {folded(label) for label in labels}]
    return following.widened(member.corpus_id, found)


@lru_cache(maxsize=1)
def status_words() -> dict[str, str]:
    """The code of a status by its code and its label in every language of the interface, folded."""
    found = {}
    for language in ["en", *(code for code, _ in settings.LANGUAGES)]:
        with override(language):
            for term in vocabulary.STATUSES.terms:
                found[folded(gettext(term.label))] = found[folded(term.code)] = term.code
    return found


def moment(value: str) -> datetime:
    """The first moment of a day, a month or a year; in no time zone one before or after all time."""
    year, month, day = [*map(int, value.split("-")), 1, 1][:3]
    return timezone.make_aware(datetime.combine(date(min(max(year, 2), 9998), month, day), time()))


def _document_authors(member: Member, values: Sequence[str]) -> Q:
    rows = Document.objects.filter(corpus_id=member.corpus_id).values_list("pk", "authors")
    return Q(pk__in=[pk for pk, authors in rows if any(holds(name, values) for name in authors)])


def _source_authors(member: Member, values: Sequence[str]) -> Q:
    rows = Source.objects.filter(corpus_id=member.corpus_id).values_list("pk", "authors", "publisher")
    return Q(pk__in=[pk for pk, authors, by in rows if any(holds(name, values) for name in (*authors, by))])


def _document_tags(member: Member, values: Sequence[str]) -> Q:
    rows = DocumentTag.objects.filter(tag__in=tags(member, values))
    return Q(pk__in=set(rows.values_list("document_id", flat=True)))


def _annotation_tags(member: Member, values: Sequence[str]) -> Q:
    return Q(pk__in=AnnotationTag.objects.filter(tag__in=tags(member, values)).values("annotation_id"))


def _has_tags(member: Member, values: Sequence[str]) -> Q:
    return Q(Exists(AnnotationTag.objects.filter(annotation=OuterRef("pk"), tag__in=tags(member, values))))


def _statement_has_tags(member: Member, values: Sequence[str]) -> Q:
    wanted = tags(member, values)
    own = StatementTag.objects.filter(statement=OuterRef("pk"), tag__in=wanted)
    return Q(Exists(own)) | Q(Exists(_linked().filter(annotation__tag_rows__tag__in=wanted)))


def _stands_in(member: Member, values: Sequence[str]) -> Q:
    return Q(Exists(_linked().filter(annotation__document__in=titled(member, values))))


def _linked() -> QuerySet[Occurrence]:
    """The live occurrences of a statement."""
    return Occurrence.objects.filter(statement=OuterRef("pk"), removed_at=None, annotation__removed_at=None)


def _statement_tags(member: Member, values: Sequence[str]) -> Q:
    """Its own tags and those of its passages, as in the tracker."""
    wanted = tags(member, values)
    own = StatementTag.objects.filter(tag__in=wanted).values_list("statement_id", flat=True)
    links = Occurrence.objects.filter(removed_at=None, annotation__removed_at=None)
    linked = links.filter(annotation__tag_rows__tag__in=wanted).values_list("statement_id", flat=True)
    return Q(pk__in={*own, *linked})


def _statement_documents(member: Member, values: Sequence[str]) -> Q:
    links = Occurrence.objects.filter(removed_at=None, annotation__removed_at=None)
    return Q(
        pk__in=set(links.filter(annotation__document__in=titled(member, values)).values_list("statement_id", flat=True))
    )


def _statement_kind(member: Member, values: Sequence[str]) -> Q:
    wanted = {folded(value).removesuffix("s") for value in values}
    return Q() if "statement" in wanted else Q(kind__in=wanted)


def _statement_status(member: Member, values: Sequence[str]) -> Q:
    """By the one shown word (UX.md 4.5)."""
    codes = {status_words().get(folded(value), "") for value in values}
    return Q(public__in=codes & set(vocabulary.PUBLIC.codes)) | Q(work__in=codes, public="none")


def _comment_status(member: Member, values: Sequence[str]) -> Q:
    wanted = {folded(value) for value in values}
    settled = Q(resolved_at__isnull=False) | Q(parent__resolved_at__isnull=False)
    return (settled if "resolved" in wanted else NONE) | (~settled if "open" in wanted else NONE)


def _by(member: Member, values: Sequence[str]) -> Q:
    return Q(created_by__in=named(member, values))


def _after(member: Member, values: Sequence[str]) -> Q:
    return Q(created_at__gte=moment(values[0]))


def _before(member: Member, values: Sequence[str]) -> Q:
    return Q(created_at__lt=moment(values[0]))


def _published_after(member: Member, values: Sequence[str]) -> Q:
    return Q(published_date__gte=values[0])


def _published_before(member: Member, values: Sequence[str]) -> Q:
    return Q(published_date__lt=values[0], published_date__gt="")


WRITTEN: dict[str, Rule] = {"by": _by, "after": _after, "before": _before}
PUBLISHED: dict[str, Rule] = {"after": _published_after, "before": _published_before}
RULES: dict[str, dict[str, Rule]] = {
    "passage": {
        **PUBLISHED, "in": lambda member, values: Q(pk__in=titled(member, values)), "by": _document_authors,
        "tag": _document_tags,
    },
    "annotation": {
        **WRITTEN, "in": lambda member, values: Q(document__in=titled(member, values)), "tag": _annotation_tags,
    },
    "statement": {
        **WRITTEN, "in": _statement_documents, "tag": _statement_tags, "kind": _statement_kind,
        "status": _statement_status,
    },
    "source": {**PUBLISHED, "by": _source_authors},
    "comment": {
        **WRITTEN, "in": lambda member, values: Q(annotation__document__in=titled(member, values)),
        "status": _comment_status,
    },
}  # fmt: skip

#: What is quicker for some rows than for all.
OF_FEW: dict[str, dict[str, Rule]] = {
    "annotation": {"tag": _has_tags},
    "statement": {"tag": _statement_has_tags, "in": _stands_in},
}


def documents(member: Member, filters: Sequence[Filter]) -> set[int] | None:
    """The live documents whose passages the filters leave; None when they leave all."""
    wanted = condition(member, "passage", filters)
    if wanted is None:
        return None
    rows = Document.objects.filter(wanted, corpus_id=member.corpus_id, removed_at=None)
    return set(rows.values_list("pk", flat=True))
