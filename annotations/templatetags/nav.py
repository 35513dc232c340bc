"""What the corpus bar links to: sections, quieter pages, other corpora. A page that has no address is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.models import Corpus
from annotations.services import visits

register = template.Library()


@dataclass(frozen=True, slots=True)
class Place:
    """`code` is what a view names as its `section`; `key` follows g; `verb` is what one must be able to do, if any."""

    code: str
    url_name: str
    label: str | Promise
    icon: str = ""
    key: str = ""
    verb: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place with its address in one corpus; `count` things wait there."""

    code: str
    url: str
    label: str | Promise
    icon: str
    key: str
    count: int


SECTIONS = (
    Place("home", "corpus_home", _("Home"), "home", "h"),
    Place("documents", "document_list", _("Documents"), "document", "d"),
    Place("tracker", "tracker", _("Tracker"), "tracker", "t"),
    Place("sources", "source_list", _("Sources"), "source", "s"),
    Place("review", "review_queue", _("Review"), "review", "r"),
)
PAGES = (
    Place("last", "document_last", _("Last read document"), "document", "l"),
    Place("triage", "triage", _("Triage"), "ring-dashed", verb="triage"),
    Place("graph", "relation_graph", _("Relations"), "graph"),
    Place("contradictions", "contradictions", _("Contradictions"), "contradict"),
    Place("duplicates", "duplicates", _("Possible duplicates"), "merge"),
    Place("codebook", "codebook", _("Codebook"), "codebook", "c"),
    Place("rounds", "round_list", _("Coding rounds"), "rounds"),
    Place("suggestions", "suggestion_report", _("Suggestions"), "ring-question"),
    Place("watches", "watch_list", _("Watches"), "eye", verb="watch"),
    Place("members", "member_list", _("Members"), "members"),
    Place("settings", "corpus_settings", _("Settings"), "sliders", verb="set_publisher"),
    Place("export", "export_page", _("Export"), "download", verb="export"),
    Place("import", "import_page", _("Import"), "upload", verb="import_annotations"),
    Place("history", "history", _("Activity"), "history", verb="view_history"),
)


def address(name: str, *args: object) -> str:
    """The address of a named page, empty when there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def links(places: Iterable[Place], context: Context) -> list[Link]:
    """The places of the corpus in the context; one that the member may not use is left out."""
    corpus = context.get("corpus")
    can: Mapping[str, bool] = context.get("can") or {}
    counts: Mapping[str, int] = context.get("nav_counts") or {}
    found = []
    for place in places:
        url = address(place.url_name, corpus.slug) if corpus else ""
        if url and can.get(place.verb, True):
            found.append(Link(place.code, url, place.label, place.icon, place.key, counts.get(place.code, 0)))
    return found


@register.simple_tag(takes_context=True)
def nav_sections(context: Context) -> list[Link]:
    """The five sections of the bar."""
    return links(SECTIONS, context)


@register.simple_tag(takes_context=True)
def nav_pages(context: Context) -> list[Link]:
    """The pages behind the corpus name."""
    return links(PAGES, context)


@register.simple_tag(takes_context=True)
def nav_corpora(context: Context) -> list[tuple[Corpus, int]]:
    """The person's other corpora, at most twelve, each with how much is new there; the rest stand on the page of all
    corpora."""
    user, corpus = getattr(context.get("request"), "user", None), context.get("corpus")
    if not (user and user.is_authenticated):
        return []
    others = Corpus.objects.of(user).order_by("name")
    found = list((others.exclude(pk=corpus.pk) if corpus else others)[:12])
    news = visits.unread_of(user) if found else {}
    return [(one, news.get(one.pk, 0)) for one in found]


@register.simple_tag(takes_context=True)
def nav_address(context: Context, name: str) -> str:
    """The address of a page of this corpus, empty when there is none."""
    corpus = context.get("corpus")
    return address(name, corpus.slug) if corpus else address(name)
