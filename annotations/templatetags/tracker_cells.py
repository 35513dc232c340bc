"""What stands in each cell of the Tracker. Functions, not an included template each: a page has six hundred of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.template.defaultfilters import date as format_date
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from annotations.rules.status import being_rechecked
from annotations.services.tracker.columns import Column
from annotations.services.tracker.links import is_pressing
from annotations.services.tracker.rows import Row
from annotations.services.tracker.script import shown as in_script
from annotations.services.tracker.table import Look
from annotations.services.workflow import shown
from annotations.templatetags.tracker_chips import EMPTY, chips, once, own_tags
from annotations.templatetags.ui import ago, badge, bcp47, number, status
from annotations.templatetags.words import word_of

Cell = Callable[[Row, Look, Column], SafeString]


def _number(row: Row, look: Look, column: Column) -> SafeString:
    label = row.statement.label
    return number(label, row.statement.kind, once(look, _page, look.slug).replace("C-0", label))


def _page(slug: str) -> str:
    return reverse("statement_detail", args=[slug, "C-0"])


def _text(row: Row, look: Look, column: Column) -> SafeString:
    words, language = in_script(row.statement.text, row.statement.language, look.script)
    return format_html(
        '<a class="words clamp-2" data-open href="{}{}" lang="{}">{}</a>{}', look.opens, row.statement.label,
        bcp47(language), words, _unusual(row),
    )  # fmt: skip


def _unusual(row: Row) -> SafeString:
    """Badges, only for what is not normal."""
    found = []
    if not row.passages:
        found.append(badge(gettext("no passage")))
    if row.astray:
        found.append(badge(gettext("changed passage")))
    if row.variants:
        found.append(badge(ngettext("%(n)s variant", "%(n)s variants", row.variants) % {"n": row.variants}, "calm"))
    if being_rechecked(row.statement.work, row.statement.public):
        found.append(badge(gettext("being re-checked")))
    return format_html('<span class="badges">{}</span>', mark_safe(" ".join(found))) if found else EMPTY


def _type(row: Row, look: Look, column: Column) -> SafeString:
    one = row.statement
    code, words = (one.type, "CLAIM_TYPES") if one.kind == "claim" else (one.mechanism, "MECHANISMS")
    return format_html("{}", once(look, word_of, code, words) if code else "")


def _status(row: Row, look: Look, column: Column) -> SafeString:
    return once(look, status, shown(row.statement), row.statement.kind)


def _verdict(row: Row, look: Look, column: Column) -> SafeString:
    """The verdict of the latest approved check, or the progress of a proposal; never an unreviewed one."""
    one = row.statement
    code, when = (one.verdict, one.verdict_as_of) if one.kind == "claim" else (one.progress, one.progress_date)
    if not code or code == "not_yet_rated":
        return EMPTY if one.work == "set_aside" else once(look, _not_yet)
    return once(look, _outcome, code, when, one.kind)


def _not_yet() -> SafeString:
    return format_html('<span class="faint">{}</span>', gettext("not yet"))


def _outcome(code: str, when: str, kind: str) -> SafeString:
    said = gettext("as of %(date)s") % {"date": when} if kind == "claim" and when else when
    return format_html('{}<span class="as-of">{}</span>', status(code), said) if said else status(code)


def _speaker(row: Row, look: Look, column: Column) -> SafeString:
    return _names(row.said_by)


def _role(row: Row, look: Look, column: Column) -> SafeString:
    return _names(row.agents.get(column.code, []))


def _names(names: Sequence[str]) -> SafeString:
    if not names:
        return EMPTY
    joined = gettext(", ").join(names)
    return format_html('<span class="clamp-2" title="{}">{}</span>', joined, joined)


def _passages(row: Row, look: Look, column: Column) -> SafeString:
    n, m = len(row.passages), len(row.documents)
    if not n:
        return format_html('<span class="faint">{}</span>', gettext("none"))
    whole, short = once(look, _so_many, n, m)
    return format_html(
        '<a class="quiet-link" data-open href="{}{}" title="{}" aria-label="{}">{}</a>',
        look.opens, row.statement.label, whole, whole, short,
    )  # fmt: skip


def _so_many(n: int, m: int) -> tuple[str, str]:
    """In words with their units, and short."""
    passages = ngettext("%(n)s passage", "%(n)s passages", n) % {"n": n}
    documents = ngettext("%(n)s document", "%(n)s documents", m) % {"n": m}
    whole = gettext("%(passages)s in %(documents)s") % {"passages": passages, "documents": documents}
    return whole, gettext("%(n)s in %(m)s") % {"n": n, "m": m}


def _tags(row: Row, look: Look, column: Column) -> SafeString:
    order = once(look, _places, tuple(look.tags))
    ids = sorted((pk for pk in row.tags if pk in order), key=lambda pk: (-row.tags[pk], order[pk]))
    return chips(look, [look.tags[pk] for pk in ids])


def _places(ids: tuple[int, ...]) -> dict[int, int]:
    return {pk: place for place, pk in enumerate(ids)}


def _own_cell(row: Row, look: Look, column: Column) -> SafeString:
    return chips(look, [look.tags[pk] for pk in own_tags(row, look, column)])


def _owner(row: Row, look: Look, column: Column) -> SafeString:
    return format_html("{}", row.statement.assignee or "")


def _due(row: Row, look: Look, column: Column) -> SafeString:
    due = row.statement.due
    if due is None:
        return EMPTY
    said = format_html('<time datetime="{}">{}</time>', due.isoformat(), day(due, look.today))
    return (
        format_html("{} {}", said, badge(gettext("overdue")))
        if due < look.today and is_pressing(row.statement)
        else said
    )


def day(when: date, today: date) -> str:
    return format_date(
        when, pgettext("date format", "j M") if when.year == today.year else pgettext("date format", "j M Y")
    )


def _updated(row: Row, look: Look, column: Column) -> SafeString:
    return once(look, ago, row.statement.updated_at.replace(second=0, microsecond=0))


def _gloss(row: Row, look: Look, column: Column) -> SafeString:
    return _lines(row.statement.gloss_en, "en")


def _note(row: Row, look: Look, column: Column) -> SafeString:
    return _lines(row.statement.note)


def _lines(words: str, language: str = "") -> SafeString:
    if not words:
        return EMPTY
    lang = format_html(' lang="{}"', language) if language else EMPTY
    return format_html('<span class="clamp-2"{} title="{}">{}</span>', lang, words, words)


def _worth(row: Row, look: Look, column: Column) -> SafeString:
    return format_html(
        "{}", word_of(row.statement.checkworthiness, "CHECKWORTHINESS") if row.statement.checkworthiness else ""
    )


def _flags(row: Row, look: Look, column: Column) -> SafeString:
    if row.check is None or not row.check.flags:
        return EMPTY
    words = gettext(", ").join(word_of(flag, "FLAGS") for flag in row.check.flags)
    if row.check.approved:
        return format_html("{}", words)
    return format_html(
        '<span class="faint" title="{}">{}</span>',
        gettext("Not reviewed yet; only you and your co-authors see it."),
        words,
    )


def _sources(row: Row, look: Look, column: Column) -> SafeString:
    return format_html("{}", row.sources or "")


def _first_seen(row: Row, look: Look, column: Column) -> SafeString:
    when, bound = row.first_seen
    return format_html("{}", gettext("not before %(date)s") % {"date": when} if when and bound else when)


def _strength(row: Row, look: Look, column: Column) -> SafeString:
    return format_html("{}", word_of(row.statement.modality, "MODALITIES") if row.statement.modality else "")


def _deadline(row: Row, look: Look, column: Column) -> SafeString:
    return format_html("{}", row.statement.deadline)


def _checker(row: Row, look: Look, column: Column) -> SafeString:
    return format_html("{}", row.check.checker if row.check else "")


def _reviewer(row: Row, look: Look, column: Column) -> SafeString:
    return _names(row.check.reviewers if row.check else ())


CELLS: Mapping[str, Cell] = {
    "number": _number, "text": _text, "type": _type, "status": _status, "verdict": _verdict, "speaker": _speaker,
    "passages": _passages, "tags": _tags, "owner": _owner, "due": _due, "updated": _updated, "gloss": _gloss,
    "checkworthiness": _worth, "flags": _flags, "sources": _sources, "first_seen": _first_seen, "actor": _role,
    "addressee": _role, "strength": _strength, "deadline": _deadline, "checker": _checker, "reviewer": _reviewer,
    "note": _note, "own": _own_cell,
}  # fmt: skip
