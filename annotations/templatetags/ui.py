"""Small pieces of pages: icons, status words, statement numbers, counts with units, times, charts, fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect
from django.forms.widgets import CheckboxSelectMultiple, MultiWidget
from django.template.defaultfilters import date as format_date
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext, ngettext_lazy, pgettext

from annotations.http import sanitize
from annotations.rules.event_fields import FIELDS
from annotations.rules.vocabulary import PROPOSAL_WORK
from annotations.templatetags.looks import look
from annotations.templatetags.words import meaning_of, script_words, word_of

register = template.Library()
register.filter("word", word_of)
register.filter("meaning", meaning_of)

UNITS: Mapping[str, Promise] = {
    "statement": ngettext_lazy("%(n)s statement", "%(n)s statements", "n"),
    "claim": ngettext_lazy("%(n)s claim", "%(n)s claims", "n"),
    "proposal": ngettext_lazy("%(n)s proposal", "%(n)s proposals", "n"),
    "passage": ngettext_lazy("%(n)s passage", "%(n)s passages", "n"),
    "variant": ngettext_lazy("%(n)s variant", "%(n)s variants", "n"),
    "document": ngettext_lazy("%(n)s document", "%(n)s documents", "n"),
    "paragraph": ngettext_lazy("%(n)s paragraph", "%(n)s paragraphs", "n"),
    "changed paragraph": ngettext_lazy("%(n)s paragraph changed", "%(n)s paragraphs changed", "n"),
    "unchanged paragraph": ngettext_lazy("%(n)s paragraph unchanged", "%(n)s paragraphs unchanged", "n"),
    "character": ngettext_lazy("%(n)s character", "%(n)s characters", "n"),
    "source": ngettext_lazy("%(n)s source", "%(n)s sources", "n"),
    "snapshot": ngettext_lazy("%(n)s snapshot", "%(n)s snapshots", "n"),
    "comment": ngettext_lazy("%(n)s comment", "%(n)s comments", "n"),
    "sentence": ngettext_lazy("%(n)s sentence", "%(n)s sentences", "n"),
    "hit": ngettext_lazy("%(n)s hit", "%(n)s hits", "n"),
    "member": ngettext_lazy("%(n)s member", "%(n)s members", "n"),
    "tag": ngettext_lazy("%(n)s tag", "%(n)s tags", "n"),
    "corpus": ngettext_lazy("%(n)s corpus", "%(n)s corpora", "n"),
    "change": ngettext_lazy("%(n)s change", "%(n)s changes", "n"),
    "repair": ngettext_lazy("%(n)s repair", "%(n)s repairs", "n"),
    "question": ngettext_lazy("%(n)s question", "%(n)s questions", "n"),
    "relation": ngettext_lazy("%(n)s relation", "%(n)s relations", "n"),
    "row": ngettext_lazy("%(n)s row", "%(n)s rows", "n"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawn icon of _icons.html. With a label it is an image of its own, else decoration beside a word."""
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="#i-{}"/></svg>', label, name)
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def status(code: str, kind: str = "", words: str = "") -> SafeString:
    """A state as icon and word; its meaning is the title. States of a proposal, of a
    capture and of a delivery have words of their own: give `kind`."""
    name = "PROPOSAL_WORK" if kind == "proposal" and code in PROPOSAL_WORK else ""
    name = {"capture": "CAPTURE_STATES", "delivery": "DELIVERY_STATES"}.get(kind, name)
    shape = look(code)
    return format_html(
        '<span class="status tone-{}" title="{}">{}<span>{}</span></span>',
        shape.tone,
        meaning_of(code, name),
        icon(shape.icon),
        words or word_of(code, name),
    )


@register.simple_tag
def badge(words: str, tone: str = "", icon_name: str = "") -> SafeString:
    """Something that is not normal (variant, overdue, changed passage). Tone: empty (caution), calm or stop."""
    return format_html('<span class="badge {}">{}{}</span>', tone, icon(icon_name) if icon_name else "", words)


@register.simple_tag
def number(label: str, kind: str, url: str = "") -> SafeString:
    """The number of a statement, underlined as its passages are: solid for a claim, double for a proposal."""
    mark = format_html('class="number-mark kind-{}"', kind)
    if url:
        return format_html('<a {} href="{}">{}</a>', mark, url, label)
    return format_html("<span {}>{}</span>", mark, label)


@register.simple_tag
def counted(n: int, unit: str) -> str:
    """A count with its unit, `{% counted 5 "claim" %}`: 5 claims. Units are the keys of UNITS; KeyError otherwise."""
    return str(UNITS[unit] % {"n": n})


@register.simple_tag
def ago(when: datetime | None) -> SafeString:
    """A moment as people say it, exact in the title: 5 min ago, 09:41, Fri 18:02, 28 Nov, 28 Nov 2025."""
    if when is None:
        return mark_safe("")
    local = timezone.localtime(when)
    full = format_date(local, pgettext("date format", "j F Y, H:i"))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), full, _said(local)
    )


def _said(local: datetime) -> str:
    now = timezone.localtime()
    passed = now - local
    if timedelta(0) <= passed < timedelta(minutes=1):
        return gettext("just now")
    if timedelta(0) <= passed < timedelta(hours=1):
        n = int(passed.total_seconds() // 60)
        return ngettext("%(n)s min ago", "%(n)s min ago", n) % {"n": n}
    if local.date() == now.date():
        return local.strftime("%H:%M")
    if timedelta(0) <= passed < timedelta(days=6):
        return format_date(local, pgettext("date format", "D H:i"))
    form = pgettext("date format", "j M") if local.year == now.year else pgettext("date format", "j M Y")
    return format_date(local, form)


@register.simple_tag
def bars(rows: Iterable[tuple[str, int, str, str]]) -> SafeString:
    """A bar chart that is also a list: rows of (words, number, code, address); bars are to the largest number."""
    rows = list(rows)
    most = max((row[1] for row in rows), default=0) or 1
    items = [_bar(words, n, code, url, round(100 * n / most, 2)) for words, n, code, url in rows]
    return format_html('<ul class="bars">{}</ul>', mark_safe("".join(items)))


def _bar(words: str, n: int, code: str, url: str, width: float) -> SafeString:
    label = format_html('<a href="{}">{}</a>', url, words) if url else format_html("<span>{}</span>", words)
    tone = look(code).tone
    drawn = format_html(
        '<svg class="tone-{}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{}" height="10" rx="0.6"/></svg>',
        tone,
        width if n else 0,
    )
    return format_html('<li>{}{}<span class="value">{}</span></li>', label, drawn, n)


@register.inclusion_tag("annotations/_field.html")
def field(field: BoundField, scope: str = "") -> dict[str, object]:
    """One form field. scope: internal or public, shown beside the label of free text; else what `scopes` of the form
    says. A form with `draft` may be saved half done: nothing in it is called optional."""
    widget = field.field.widget
    return {
        "field": field,
        "scope": scope or getattr(field.form, "scopes", {}).get(field.name, ""),
        "optional": not field.field.required and not getattr(field.form, "draft", False),
        "group": isinstance(widget, (RadioSelect, CheckboxSelectMultiple, MultiWidget)),
        "single": isinstance(widget, CheckboxInput),
        "many": isinstance(widget, CheckboxSelectMultiple),
    }


@register.simple_tag
def seen(form: BaseForm) -> SafeString:
    """What the fields of a form say now, to be sent back with it, for forms whose fields are drawn by hand
    (forms/meeting.py)."""
    return mark_safe("".join(form[name].as_hidden(only_initial=True) for name in form.fields))


@register.filter
def tag_definition(tag: object) -> str:
    """The definition of a tag in the language of the page."""
    find = getattr(tag, "definition_in", None)
    return str(find(get_language() or "en")) if find else ""


@register.filter
def rich(text: str) -> SafeString:
    """Markdown that somebody typed, sanitised (http/sanitize.py)."""
    return sanitize.rich(text or "")


@register.filter
def problem(found: object) -> str:
    """A domain error as a sentence in the language of the page."""
    sentence = getattr(found, "sentence", None)
    return str(sentence(gettext)) if sentence else str(found)


@register.simple_tag
def js_strings(section: str) -> SafeString:
    """The translated words of one section of static/annotations/js/strings.txt, as JSON #words-<section>."""
    return json_script({msgid: gettext(msgid) for msgid in script_words(section)}, f"words-{section}")


@register.filter
def display_name(person: object) -> str:
    """The name that is shown: full name of a user, name of a member."""
    return str(person)


@register.filter
def initial(person: object) -> str:
    """One character for the avatar: the family name in Chinese, the first letter elsewhere."""
    return str(person).strip()[:1].upper()


@register.filter
def bcp47(code: str) -> str:
    """The lang attribute of a Django language code: zh-hans becomes zh-Hans."""
    first, _, rest = code.partition("-")
    return f"{first}-{rest.title()}" if len(rest) == 4 else code


@register.filter
def percent(share: float) -> str:
    """A share of one, in hundredths."""
    return f"{share:.0%}"


@register.filter
def tag_label(tag: object) -> str:
    """A tag's label in the language of the page."""
    label_in = getattr(tag, "label_in", None)
    return str(label_in(get_language() or "en")) if label_in else str(tag)


@register.filter
def field_name(column: str) -> str:
    """What a column is called inside a sentence: "the definition"."""
    return gettext(FIELDS.get(column, column))


@register.filter
def file_name(path: str) -> str:
    """The last part of a path."""
    return Path(path).name
