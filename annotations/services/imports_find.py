"""Finding what foreign files point to: the document by any of its names, the passage in its current text."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from annotations.models import Corpus, Document, Member, Version
from annotations.services import search, texts
from annotations.services.imports import Place
from annotations.services.sources import url_key
from annotations.text import selectors
from annotations.text.cleaning import Cleaned
from annotations.text.folding import fold_text
from annotations.text.query import plain
from annotations.text.quotes import Source
from annotations.text.selectors import Found

_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_READER = re.compile(r"/c/([^/]+)/documents/([0-9]{1,18})/?(?:[?#].*)?$")
#: Sources kept ready for searching, documents looked into when a file names none.
KEPT, MOST = 8, 20
_PIECE = 32
_SENTENCE = re.compile(r"[\n。！？；.!?;]")


class Library:
    """The live documents of a corpus by everything that a file may call them."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.titles: dict[int, str] = {}
        self.uids: dict[int, str] = {}
        self.current: dict[int, int] = {}
        self._by_key: dict[str, list[int]] = {}
        rows = Document.objects.filter(corpus=corpus, removed_at=None).exclude(current=None).order_by("pk")
        for pk, uid, title, url, current in rows.values_list("pk", "uid", "title", "url", "current_id"):
            self.titles[pk], self.uids[pk], self.current[pk] = title, str(uid), current
            self._add(pk, str(uid), _name(title), _address(url))
        for pk, name in Version.objects.filter(corpus=corpus).values_list("document_id", "file_name"):
            if pk in self.titles and name:
                self._add(pk, _name(name), _name(PurePosixPath(name).stem))

    def _add(self, pk: int, *keys: str) -> None:
        for key in keys:
            found = self._by_key.setdefault(key, [])
            if key and pk not in found:
                found.append(pk)

    def called(self, *names: str) -> list[int]:
        """The documents that the first of these names fits that fits any: uid, our address, address, title, file."""
        for name in filter(None, (name.strip() for name in names)):
            for key in self._keys(name):
                if found := self._by_key.get(key):
                    return found
            if found := self._ours(name):
                return found
        return []

    def _keys(self, name: str) -> Iterable[str]:
        yield from _UID.findall(name.lower())[:2]
        yield _address(name)
        yield _name(name)
        yield _name(PurePosixPath(name).name)
        yield _name(PurePosixPath(name).stem)

    def _ours(self, name: str) -> list[int]:
        """The address of a reader page of this corpus."""
        match = _READER.search(name)
        if match and match[1] == self.corpus.slug and int(match[2]) in self.titles:
            return [int(match[2])]
        return []


def _name(text: str) -> str:
    return "name " + fold_text(" ".join(text.split())) if text.strip() else ""


def _address(text: str) -> str:
    return "url " + url_key(text) if text.startswith(("http://", "https://")) else ""


@dataclass(frozen=True, slots=True)
class Sought:
    """`state`: anchored, changed (with `place`), several (with `places`), missing."""

    state: str
    place: Place | None = None
    places: tuple[Place, ...] = ()


class Finder:
    """Finds passages in current texts; keeps the last few texts folded."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.library = Library(member.corpus)
        self._sources: OrderedDict[int, Source] = OrderedDict()

    def seek(self, wanted: Sequence[Mapping[str, object]], documents: Sequence[int]) -> Sought:
        """The one place that the selectors mean in these documents, or the several ones."""
        exact: list[Place] = []
        similar: list[Place] = []
        for pk in documents:
            for place in self._places(pk, wanted):
                (exact if place.state == "ok" else similar).append(place)
        places = exact or similar
        if len(places) == 1:
            return Sought("anchored" if exact else "changed", places[0])
        return Sought("several", places=tuple(places[:MOST])) if places else Sought("missing")

    def _places(self, pk: int, wanted: Sequence[Mapping[str, object]]) -> list[Place]:
        """Every place in a document; a place in a repeated body is the one in its first copy."""
        text = self.text(pk)
        found = selectors.search(self._source(pk, text), wanted, 0)
        if found.state == "orphaned":
            return []
        spans = found.candidates if found.start is None else ((found.start, found.end or 0),)
        homes = dict.fromkeys(text.home(start, end) for start, end in spans)
        return [_place(pk, text.version_id, start, end, found) for start, end in homes]

    def text(self, pk: int) -> texts.Text:
        return texts.get(self.library.current[pk])

    def _source(self, pk: int, text: texts.Text) -> Source:
        if pk not in self._sources:
            self._sources[pk] = Source(text.raw, Cleaned(text.clean, text.map, (), ""))
            if len(self._sources) > KEPT:
                self._sources.popitem(last=False)
        return self._sources[pk]

    def holding(self, quote: str) -> list[int]:
        """Documents whose index holds the beginning of a quote, for files that do not say where it is from."""
        words = plain(_piece_of(quote))
        if words is None:
            return []
        rows = search.where_of(self.member.corpus_id, words, {}).page(0, MOST * 5)
        return [pk for pk in dict.fromkeys(row[0] for row in rows) if pk in self.library.titles][:MOST]


def _piece_of(quote: str) -> str:
    """Some words of a quote that stand together: from its longest sentence, without half a word at the end."""
    whole = max((part.strip() for part in _SENTENCE.split(quote)), key=len)
    piece = whole[:_PIECE]
    return piece.rsplit(" ", 1)[0] if len(whole) > _PIECE and " " in piece else piece


def _place(pk: int, version: int, start: int, end: int, found: Found) -> Place:
    state = "changed" if found.state == "changed" or found.similarity < 1 else "ok"
    return Place(pk, version, start, end, state, found.method, found.similarity)
