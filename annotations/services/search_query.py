"""What a query asks for: its tree, or a sentence about what is wrong with it; the words behind its parts of words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

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
MOST_WORDS, MOST_TOGETHER = 500, 1000  # behind one part of a word, behind all parts of a query
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

    def without(self, text: str, one: Filter) -> str:
        """The query as typed, without one of its filters."""
        return " ".join(f"{text[: one.start]} {text[one.end :]}".split())

    @property
    def words(self) -> query.Node | None:
        return self.tree.words

    def values(self, name: str) -> list[str]:
        """What a filter asks for."""
        return [one.value for one in self.tree.filters if one.name == name and not one.negative]

    def kinds(self) -> tuple[str, ...]:
        """The kinds that are asked for; all when the query names none."""
        wanted = {KIND_NAMES[fold_text(value)] for value in self.values("kind")}
        taken = [one.value for one in self.tree.filters if one.name == "kind" and one.negative]
        without = {fold_text(value).removesuffix("s") for value in taken}
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
    known: dict[Words, list[str]] = {}
    for one in query.words_of(tree.words):
        if query_terms.needs_words(one):
            known[one] = _words_with(one)
            if sum(map(len, known.values())) > MOST_TOGETHER:
                message = noop(
                    "The parts of words in this search stand for more than %(most)s words together: write more of their"
                    " letters."
                )
                raise Invalid("query_parts_many", message, field="q", most=MOST_TOGETHER)
    return Asked(tree, known)


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


def count(texts: Iterable[str], words: query.Node) -> int:
    """How many hits these folded texts have."""
    return sum(query_hits.count(text, words) for text in texts)
