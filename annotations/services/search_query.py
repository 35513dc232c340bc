"""What a query asks of the database: its tree or a sentence about what is wrong, the words behind parts of words, and
the ids that its filters leave."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Q

from annotations.models import Document, DocumentTag, Member, Tag
from annotations.rules import dates
from annotations.rules.errors import Invalid, noop
from annotations.services import limits
from annotations.text import query, query_hits, query_terms
from annotations.text.classes import fold_text
from annotations.text.query import Filter, Query, Words
from annotations.text.query_tokens import Fault

#: Kinds of what is found, in the order of the page. `passages` are sentences of the texts.
KINDS = ("passage", "annotation", "statement", "source", "comment")
#: Values of kind: and what they mean; claim and proposal narrow statements.
KIND_NAMES = {name + ending: name for name in KINDS for ending in ("", "s")}
KIND_NAMES |= dict.fromkeys(("claim", "claims", "proposal", "proposals"), "statement")
MOST_WORDS = 500
FAULTS = {
    "bracket_open": noop("A bracket is not closed: add “)”, or put the words in quotation marks."),
    "bracket_empty": noop("There is nothing between the brackets: write words there, or leave the brackets out."),
    "quote_open": noop("A quotation mark is not closed: add one at the end, or leave it out."),
    "operator_alone": noop(
        "%(word)s needs words on both sides: add them, or write it in small letters or in quotation marks to search for"
        " the word itself."
    ),
    "only_without": noop(
        "Say also what to look for: what is taken away (-word, NOT) stands beside other words, not alone and not beside"
        " OR."
    ),
    "filter_inside": noop("“%(word)s” holds for the whole search: write it outside brackets and not beside OR."),
    "filter_empty": noop(
        "%(word)s: needs a value right after the colon; to search for the word itself, put it in quotation marks."
    ),
    "star_inside": noop(
        "A star stands at the beginning or at the end of a word: write the part you know, as in *govern* or govern*,"
        " instead of “%(word)s”."
    ),
    "part_short": noop("Write at least two letters of the word you look for: “%(word)s” is found nearly everywhere."),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was understood, with the words of this installation behind its parts of words."""

    tree: Query
    known: dict[Words, list[str]]

    @property
    def words(self) -> query.Node | None:
        return self.tree.words

    def values(self, name: str) -> list[str]:
        """What a filter asks for."""
        return [one.value for one in self.tree.filters if one.name == name and not one.negative]

    def kinds(self) -> tuple[str, ...]:
        """The kinds that are asked for; all when the query names none."""
        wanted = {KIND_NAMES[fold_text(value)] for value in self.values("kind")}
        without = {KIND_NAMES[fold_text(one.value)] for one in self.tree.filters if one.name == "kind" and one.negative}
        return tuple(kind for kind in KINDS if (not wanted or kind in wanted) and kind not in without)


def understand(text: str) -> Asked:
    """The query; Invalid with a sentence that names the remedy when it cannot be understood or asks for nothing."""
    limits.check("query", len(text), "q")
    try:
        tree = query.parse(text)
    except Fault as fault:
        raise Invalid(f"query_{fault.code}", FAULTS[fault.code], field="q", word=fault.word) from None
    if not tree:
        raise Invalid("query_empty", noop("Type at least one letter or character to search for."), field="q")
    _check_filters(tree.filters)
    return Asked(tree, {one: _words_with(one) for one in query.words_of(tree.words) if query_terms.needs_words(one)})


def _check_filters(filters: Iterable[Filter]) -> None:
    for one in filters:
        if one.name == "kind" and fold_text(one.value) not in KIND_NAMES:
            message = noop("kind: takes one of %(allowed)s.")
            raise Invalid("query_kind", message, field="q", allowed=(*KINDS, "claim", "proposal"))
        if one.name in ("after", "before"):
            dates.check_date(one.value, "q", blank=False)


def _words_with(words: Words) -> list[str]:
    """The words of the installation that hold this part of a word: all of them, or a refusal."""
    unit = words.phrase[0] if words.opens else words.phrase[-1]
    goes_on = words.goes_on and len(words.phrase) == 1 or not words.opens
    like = f"{'%' if words.opens else ''}{unit.text}{'%' if goes_on else ''}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT text FROM annotations_word WHERE text LIKE %s LIMIT %s", [like, MOST_WORDS + 1])
        found = sorted(text for (text,) in cursor.fetchall())
    if len(found) > MOST_WORDS:
        message = noop("More than %(most)s different words hold “%(word)s”: write more of its letters.")
        raise Invalid("query_part_many", message, field="q", most=MOST_WORDS, word=unit.text)
    return found


def documents_of(member: Member, asked: Asked) -> set[int] | None:
    """The live documents that the filters of a query leave; None when no filter speaks of documents."""
    found: set[int] | None = None
    for name, negative, values in grouped(asked.tree.filters):
        if name not in DOCUMENT_FILTERS:
            continue
        rows = set(DOCUMENT_FILTERS[name](member, values))
        if found is None:
            found = set(
                Document.objects.filter(corpus_id=member.corpus_id, removed_at=None).values_list("pk", flat=True)
            )
        found = found - rows if negative else found & rows
    return found


def grouped(filters: Sequence[Filter]) -> list[tuple[str, bool, list[str]]]:
    """Filters by name: several of kind:, by:, in: and status: mean either of them, all others each."""
    either: dict[tuple[str, bool], list[str]] = {}
    found: list[tuple[str, bool, list[str]]] = []
    for one in filters:
        if one.negative or one.name not in ("kind", "by", "in", "status"):
            found.append((one.name, one.negative, [one.value]))
        elif (one.name, False) in either:
            either[one.name, False].append(one.value)
        else:
            found.append((one.name, False, either.setdefault((one.name, False), [one.value])))
    return found


folded = lru_cache(maxsize=1 << 15)(fold_text)


def holds(text: str, values: Iterable[str]) -> bool:
    """Whether one of these stands in a text, folded."""
    return any(folded(value) in folded(text) for value in values)


def _in(member: Member, values: Sequence[str]) -> list[int]:
    rows = Document.objects.filter(corpus_id=member.corpus_id).values_list("pk", "title")
    return [pk for pk, title in rows if holds(title, values)]


def _by(member: Member, values: Sequence[str]) -> list[int]:
    rows = Document.objects.filter(corpus_id=member.corpus_id).values_list("pk", "authors")
    return [pk for pk, authors in rows if any(holds(name, values) for name in authors)]


def _tagged(member: Member, values: Sequence[str]) -> list[int]:
    return list(DocumentTag.objects.filter(tag__in=tags_named(member, values)).values_list("document_id", flat=True))


def tags_named(member: Member, values: Sequence[str]) -> list[int]:
    """The tags that are called this in any language, by label or code."""
    wanted = {folded(value) for value in values}
    rows = Tag.objects.filter(corpus_id=member.corpus_id)
    names = rows.values_list("pk", "code", "label", "label_zh_hans", "label_zh_hant")
    return [pk for pk, *labels in names if wanted & {folded(label) for label in labels}]


def _after(member: Member, values: Sequence[str]) -> list[int]:
    return _dated(member, Q(published_date__gte=values[0]))


def _before(member: Member, values: Sequence[str]) -> list[int]:
    return _dated(member, Q(published_date__lt=values[0], published_date__gt=""))


def _dated(member: Member, condition: Q) -> list[int]:
    return list(Document.objects.filter(condition, corpus_id=member.corpus_id).values_list("pk", flat=True))


#: Filters that speak of documents, for passages: in: their title, by: their authors, tag: their tags, their dates.
DOCUMENT_FILTERS: dict[str, Callable[[Member, Sequence[str]], list[int]]] = {
    "in": _in, "by": _by, "tag": _tagged, "after": _after, "before": _before,
}  # fmt: skip


def count(texts: Iterable[str], words: query.Node) -> int:
    """How many hits these folded texts have."""
    return sum(query_hits.count(text, words) for text in texts)
