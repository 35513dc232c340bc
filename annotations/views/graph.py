"""The relations of a corpus as a picture and, beside it, as a list: filters, one statement in the middle, print."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.urls import path
from django.utils.translation import get_language

from annotations.filters import statements as filtered
from annotations.models import Statement, Tag
from annotations.rules import vocabulary
from annotations.rules.vocabulary import Vocabulary
from annotations.services import lookup, relation_graph
from annotations.services.relation_graph import DEPTHS, SIZE, Asked
from annotations.views.door import PageRequest, page, show

MARGIN = 24
#: Shown unless others are asked for: what was turned down is no relation.
STATES = ("confirmed", "suggested")
#: How a box is divided: the number above, then the lines of words.
NUMBER, FIRST, LINE, INSIDE = 17, 35, 16, 10


@page("graph")
def relation_graph_page(request: PageRequest) -> HttpResponse:
    """?around=C-12&depth=2, type, kind, tag, state: the same filters for the picture and the list."""
    asked = asked_of(request)
    found = relation_graph.picture(request.member, asked)
    context = {
        "asked": asked, "picture": found, "box": SIZE,
        "view": f"{-MARGIN} {-MARGIN} {found.width + 2 * MARGIN:g} {found.height + 2 * MARGIN:g}",
        "size": (found.width + 2 * MARGIN, found.height + 2 * MARGIN),
        "nodes": [_drawn(one) for one in found.nodes],
        "groups": groups(found), "depths": DEPTHS, **choices(request, asked),
    }  # fmt: skip
    return show(request, "annotations/relation_graph.html", context)


def _drawn(node: relation_graph.Node) -> dict[str, Any]:
    """A box with the places of its words."""
    x, y = node.at
    lines = [(x + INSIDE, y + FIRST + number * LINE, words) for number, words in enumerate(node.lines)]
    return {"node": node, "statement": node.statement, "label": (x + INSIDE, y + NUMBER), "lines": lines}


def asked_of(request: PageRequest) -> Asked:
    """The filters of the address; nonsense asks for nothing."""
    query = request.GET
    around = lookup.by_label(request.member, query.get("around", ""))
    depth = query.get("depth", "")
    return Asked(
        types=known(query, "type", vocabulary.RELATIONS),
        states=known(query, "state", vocabulary.RELATION_STATES) or STATES,
        around=around,
        depth=int(depth) if depth in map(str, DEPTHS) else 2 if around else 1,
        among=among(request),
    )


def known(query: QueryDict, name: str, words: Vocabulary[Any]) -> tuple[str, ...]:
    asked = set(query.getlist(name))
    return tuple(code for code in words.codes if code in asked)


def among(request: PageRequest) -> frozenset[int] | None:
    """The statements of the kind and the tag that are asked for; None when neither is."""
    wanted = {name: request.GET.get(name, "") for name in ("kind", "tag")}
    wanted = {name: value for name, value in wanted.items() if value}
    if wanted.get("kind") not in (None, *vocabulary.KINDS.codes):
        del wanted["kind"]
    if not wanted.get("tag", "0").isdecimal():
        del wanted["tag"]
    return frozenset(filtered(request.member, wanted).values_list("pk", flat=True)) if wanted else None


def groups(found: relation_graph.Picture) -> list[tuple[Statement, list[relation_graph.Link]]]:
    """The list: every statement that something leads from, with what it is related to."""
    rows: dict[int, tuple[Statement, list[relation_graph.Link]]] = {}
    for link in found.links:
        rows.setdefault(link.source.pk, (link.source, []))[1].append(link)
    return sorted(rows.values(), key=lambda one: (one[0].kind, one[0].number))


def choices(request: PageRequest, asked: Asked) -> dict[str, Any]:
    """What the filters offer, and whether any is set."""
    tags = Tag.objects.filter(corpus=request.member.corpus, deprecated=False).exclude(tag_set__scope="document")
    language = get_language() or "en"
    return {
        "types": vocabulary.RELATIONS, "states": vocabulary.RELATION_STATES, "kinds": vocabulary.KINDS,
        "tags": sorted(((str(tag.pk), tag.label_in(language)) for tag in tags), key=lambda one: one[1]),
        "kind": request.GET.get("kind", ""), "tag": request.GET.get("tag", ""),
        "narrowed": bool(asked.types or asked.among is not None or asked.around or "state" in request.GET),
    }  # fmt: skip


urls: list[Any] = [path("graph/", relation_graph_page, name="relation_graph")]
