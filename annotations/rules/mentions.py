"""Who is meant by @name in what somebody typed: a member's name or user name, the longest that fits."""

from __future__ import annotations

from collections.abc import Iterable

SIGNS = "@＠"


def mentioned(text: str, names: Iterable[tuple[int, str]]) -> list[int]:
    """Ids in the order in which they are first named. `names`: pairs of id and name; a person may have several, and
    all who share a name are meant.

    An address such as a@b.example names nobody; a Chinese name ends where it ends, a Latin one at the end of a word.
    """
    holders: dict[str, list[int]] = {}
    for pk, name in names:
        holders.setdefault(name.strip().casefold(), []).append(pk)
    longest = sorted(filter(None, holders), key=len, reverse=True)
    folded = text.casefold()
    found: dict[int, None] = {}
    for at, sign in enumerate(folded):
        if sign in SIGNS and not (at and _latin(folded[at - 1])):
            name = next((one for one in longest if _stands(one, folded, at + 1)), "")
            found.update(dict.fromkeys(holders.get(name, ()) if name else ()))
    return list(found)


def _stands(name: str, text: str, at: int) -> bool:
    """Whether the name stands there whole."""
    end = at + len(name)
    return text.startswith(name, at) and not (_latin(name[-1]) and _latin(text[end : end + 1]))


def _latin(character: str) -> bool:
    """A letter or digit of a script that parts its words; "" is none."""
    return character.isalnum() and character < "\u2e80" or character == "_"
