"""Who is here: which members have which document or statement open now. In memory only; may be lost, blocks nothing."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from annotations.models import Member
from annotations.services import wake

SECONDS = 45.0  # without a sign of life a page counts as left; pages give one each 20 s
MOST = 2000  # places of one corpus; the oldest go first


@dataclass(frozen=True, slots=True)
class Place:
    """One page of one member: the tab it is in, and what it shows."""

    member: int
    name: str
    tab: str
    document: int | None = None
    paragraph: int | None = None  # from 1; where they read
    statement: int | None = None
    label: str = ""  # C-12


_places: dict[int, dict[tuple[int, str], tuple[float, Place]]] = {}
_lock = Lock()


def note(member: Member, tab: str, **what: Any) -> None:
    """This member is here now; `what` are fields of Place."""
    place = Place(member.pk, member.name, tab, **what)
    wake.tell({"corpus": member.corpus_id, "place": _plain(place)})


def leave(member: Member, tab: str) -> None:
    """The page was closed."""
    wake.tell({"corpus": member.corpus_id, "left": [member.pk, tab]})


def hear(message: Mapping[str, Any]) -> bool:
    """Take in what some process told; whether it was about presence and changed anything to be shown."""
    corpus = int(message["corpus"])
    with _lock:
        here = _places.setdefault(corpus, {})
        if "place" in message:
            place = Place(**message["place"])
            before = here.pop((place.member, place.tab), None)
            here[place.member, place.tab] = (time.monotonic(), place)
            while len(here) > MOST:
                here.pop(next(iter(here)))
            return before is None or before[1] != place
        if "left" in message:
            member, tab = message["left"]
            return here.pop((int(member), str(tab)), None) is not None
    return False


def people(corpus_id: int) -> list[dict[str, Any]]:
    """Who is in the corpus, by name, each with the places of their pages."""
    now = time.monotonic()
    with _lock:
        here = _places.get(corpus_id, {})
        for key in [key for key, (at, _) in here.items() if now - at > SECONDS]:
            del here[key]
        places = [place for _, place in here.values()]
    found: dict[int, dict[str, Any]] = {}
    for place in places:
        person = found.setdefault(place.member, {"id": place.member, "name": place.name, "places": []})
        person["places"].append({name: value for name, value in _plain(place).items() if name in SHOWN and value})
    return sorted(found.values(), key=lambda person: (person["name"], person["id"]))


SHOWN = frozenset({"document", "paragraph", "statement", "label"})


def _plain(place: Place) -> dict[str, Any]:
    return {name: getattr(place, name) for name in Place.__slots__}
