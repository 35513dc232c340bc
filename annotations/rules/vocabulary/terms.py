"""Term and Vocabulary: an ordered list of codes, each with an English label (a msgid) and a definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from annotations.rules.errors import Invalid, Msgid, noop


@dataclass(frozen=True, slots=True)
class Term:
    """`code` is stored and exported and never changes; `label` and `definition` are msgids for the screen."""

    code: str
    label: str
    definition: str = ""


T = TypeVar("T", bound=Term)


class Vocabulary(Generic[T]):
    """Terms in their order. `name` is a msgid that says what one of them is ("claim type")."""

    def __init__(self, name: str, terms: tuple[T, ...]) -> None:
        self.name = name
        self.terms = terms
        self._by_code = {term.code: term for term in terms}
        if len(self._by_code) != len(terms):
            raise ValueError(f"a code stands twice in the vocabulary {name!r}")

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._by_code)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """(code, label) pairs, for model fields and forms."""
        return [(term.code, term.label) for term in self.terms]

    def __iter__(self) -> Iterator[T]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> T:
        return self._by_code[code]

    def __repr__(self) -> str:
        return f"Vocabulary({self.name!r}, {', '.join(self.codes)})"

    def label(self, code: str) -> str:
        """English msgid of a code; "" for "" (nothing chosen). KeyError for a code that is not one of these."""
        return self._by_code[code].label if code else ""

    def check(self, code: object, field: str, *, blank: bool = False) -> str:
        """The code, when it is one of these (or "" and `blank`); Invalid naming the allowed ones otherwise."""
        if isinstance(code, str) and (code in self._by_code or (blank and not code)):
            return code
        template = noop("“%(value)s” is not allowed here (%(vocabulary)s). Allowed: %(allowed)s.")
        raise Invalid("not_allowed", template, field=field, value=code, vocabulary=Msgid(self.name), allowed=self.codes)

    def only(self, name: str, *codes: str) -> Vocabulary[T]:
        """The named terms of this vocabulary, in the order given, as a vocabulary of its own."""
        return Vocabulary(name, tuple(self._by_code[code] for code in codes))
