"""Words behind codes (vocabulary, roles) and the words that scripts ask for, translated at the door."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.utils.translation import gettext

from annotations.rules import vocabulary
from annotations.rules.vocabulary import Term, Vocabulary

STRINGS = Path(__file__).resolve().parent.parent / "static" / "annotations" / "js" / "strings.txt"

#: Where a bare code is looked up, in this order; a code that means two things is asked for by the vocabulary's name.
SEARCHED = (
    "STATUSES", "VERDICTS", "PROGRESS", "PUBLIC", "ANCHOR_STATES", "READING_STATES", "ASSIGNMENT_STATES",
    "MILESTONE_STATES", "EVIDENCE_STANCES", "QUOTATION_KINDS", "KINDS", "FITS", "DIFFERENCES", "ROLES", "REWORDINGS",
    "PASSAGE_STATES",
)  # fmt: skip


def term_of(code: str, name: str = "") -> Term | None:
    """The term of a code in the vocabulary of that name (VERDICTS ...), or in the usual ones; None if unknown."""
    for each in (name,) if name else SEARCHED:
        words: Vocabulary[Term] = getattr(vocabulary, each)
        if code in words:
            return words[code]
    return None


def word_of(code: str, name: str = "") -> str:
    """The translated label of a code, `{{ occurrence.voice|word:"VOICES" }}`; an unknown code itself."""
    term = term_of(code, name)
    return gettext(term.label) if term else code


def meaning_of(code: str, name: str = "") -> str:
    """The translated definition of a code, for a title or a help line; empty when there is none."""
    term = term_of(code, name)
    return gettext(term.definition) if term and term.definition else ""


@cache
def all_script_words() -> dict[str, tuple[str, ...]]:
    """Section -> msgids of strings.txt: `[section]` lines, then one msgid a line; # begins a comment line."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in STRINGS.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.rstrip().endswith("]"):
            current = sections.setdefault(line.strip()[1:-1], [])
        elif line.strip() and not line.startswith("#"):
            current.append(line.strip())
    return {name: tuple(words) for name, words in sections.items()}


def script_words(section: str) -> tuple[str, ...]:
    """The msgids of one section; none for an unknown one (`messages --check` finds pages that ask for such)."""
    return all_script_words().get(section, ())
