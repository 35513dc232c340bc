"""One run of an import: files prepared here and in helper processes, stored in batches short enough for everybody else.

What is in stays in: a run that was stopped is started again by the same command and passes over what it did.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import DataError, IntegrityError

from aigov import garbage
from annotations.models import Batch, Document, Member, Version
from annotations.rules import roles
from annotations.rules.errors import Problem
from annotations.services import bulk_load, documents, import_files, import_helpers, new_versions
from annotations.services.bulk_load import Ready
from annotations.services.import_files import Failed
from annotations.services.import_helpers import Prepare
from annotations.services.op import Op, writing
from annotations.services.pace import Pace

CHUNK_FILES, CHUNK_BYTES = 32, 4_000_000
SMALLEST, LARGEST = 1_000, 1_000_000  # what a batch weighs; see `weight`


@dataclass(slots=True)
class Outcome:
    """What became of the files. `present`: path and title of the document that has this file or text already."""

    loaded: int = 0
    present: list[tuple[str, str]] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    versions: list[tuple[str, str, int]] = field(default_factory=list)  # path, title, number of the new version
    named: list[tuple[str, str]] = field(default_factory=list)  # path, title of the document of the same name
    holds: list[float] = field(default_factory=list)  # seconds for which each batch had the write lock


def nobody(done: int) -> None:
    """Hears how the work goes on, and says nothing."""


class Run:
    """An import by one member into one upload batch. `tell` hears after every batch how many files are done with."""

    def __init__(
        self,
        member: Member,
        label: str,
        *,
        again: bool = False,
        names: str = "apart",
        jobs: int = 1,
        tell: Callable[[int], object] = nobody,
        prepare: Prepare = import_files.prepare,
    ) -> None:
        roles.check(member.role, "add_document")
        if names == "add":
            roles.check(member.role, "add_version")
        self.member, self.label, self.again = member, label[:120], again
        self.jobs, self.tell, self.prepare = jobs, tell, prepare
        self.outcome = Outcome()
        self.names, self._named = names, known_names(member)
        self._later: list[tuple[Path, Namesake]] = []
        self._known: dict[str, str] = {} if again else _known_files(member)
        self._pace = Pace(20_000, SMALLEST, LARGEST)
        self._batch: Batch | None = None

    def load(self, files: Iterable[Path]) -> Outcome:
        """Take them all; a bad one is named in the outcome and never stops the rest."""
        garbage.settle()
        files = list(files)
        self._namesakes = self._named_alike(files)
        waiting: list[tuple[str, Ready]] = []
        load = 0
        for path, item in import_helpers.prepare_all(self._chunks(files), self.prepare, self.jobs - 1):
            if isinstance(item, Failed):
                self.outcome.failed.append(item)
                self.tell(1)
                continue
            if waiting and load + weight(item) > self._pace.size:
                self._store(waiting)
                waiting, load = [], 0
            waiting.append((path, item))
            load += weight(item)
        self._store(waiting)
        for file, namesake in self._later:
            self._add_version(file, namesake)
        return self.outcome

    def _named_alike(self, files: Sequence[Path]) -> dict[Path, Namesake]:
        """Files, each the only one of its name here, with the one document that came from a file of that name."""
        count = Counter(path.name for path in files)
        found = {path: self._named.get(path.name) for path in files if count[path.name] == 1}
        return {path: namesake for path, namesake in found.items() if namesake is not None}

    def _add_version(self, path: Path, namesake: Namesake) -> None:
        """A new version of the document; the text that it has already is none."""
        try:
            document = Document.objects.select_related("current").get(pk=namesake.pk)
            document.corpus = self.member.corpus
            made = new_versions.from_file(self.member, document, path)
        except (Problem, OSError) as error:
            if getattr(error, "code", "") == "version_same":
                self.outcome.present.append((str(path), namesake.title))
            else:
                self.outcome.failed.append(Failed(str(path), getattr(error, "code", "unreadable"), str(error)))
        else:
            self.outcome.versions.append((str(path), namesake.title, made.number))
        self.tell(1)

    def _chunks(self, files: Iterable[Path]) -> Iterator[list[str]]:
        """Files that are not here yet, some at a time."""
        chunk: list[str] = []
        size = 0
        for path in files:
            title = None if self.again else self._known.get(import_files.fingerprint(path))
            if title is not None:
                self.outcome.present.append((str(path), title))
                self.tell(1)
                continue
            namesake = self._namesakes.get(path)
            if namesake is not None and self.names == "add":
                self._later.append((path, namesake))
                continue
            if namesake is not None:
                self.outcome.named.append((str(path), namesake.title))
            if namesake is not None and self.names == "skip":
                self.tell(1)
                continue
            chunk.append(str(path))
            size += path.stat().st_size if path.exists() else 0
            if len(chunk) == CHUNK_FILES or size >= CHUNK_BYTES:
                yield chunk
                chunk, size = [], 0
        if chunk:
            yield chunk

    def _store(self, found: Sequence[tuple[str, Ready]]) -> None:
        """Write a batch; when the database refuses it, one by one, to name the file that it will not have."""
        try:
            self._write(found)
        except (Problem, IntegrityError, DataError) as error:
            if len(found) > 1:
                for one in found:
                    self._store([one])
                return
            sentence = str(error).splitlines()[0]
            self.outcome.failed.append(Failed(found[0][0], getattr(error, "code", "refused"), sentence))
        self.tell(len(found))

    def _write(self, found: Sequence[tuple[str, Ready]]) -> None:
        if not found:
            return
        with writing(by=self.member) as op:
            start, begun = time.perf_counter(), time.thread_time()
            batch = self._batch or self._open_batch(op)
            stored = bulk_load.store(op, [item for _, item in found], batch, again=self.again)
        held, worked = time.perf_counter() - start, time.thread_time() - begun
        paths = {id(item): path for path, item in found}
        self.outcome.loaded += stored.made
        self.outcome.present += [(paths[id(item)], title) for item, title in stored.present]
        self.outcome.holds.append(held)
        self._batch = batch
        self._pace.took(held, worked, sum(weight(item) for _, item in found))

    def _open_batch(self, op: Op) -> Batch:
        """The upload batch of this label: an import that goes on fills the one it began."""
        found = Batch.objects.filter(corpus=op.corpus, label=self.label, created_by=op.by).last()
        return found or documents.new_batch(op, self.label)


def weight(item: Ready) -> int:
    """About how long a document takes to write, in characters of text."""
    return 500 + len(str(item.text["raw"])) + 50 * len(item.marks)


@dataclass(frozen=True, slots=True)
class Namesake:
    """A document that is here and came from a file of the same name."""

    pk: int
    title: str


def known_names(member: Member) -> dict[str, Namesake | None]:
    """Names of files of live documents; None for a name that several documents have."""
    live = Version.objects.filter(corpus_id=member.corpus_id, document__removed_at=None).exclude(file_name="")
    found: dict[str, Namesake | None] = {}
    for name, pk, title in live.values_list("file_name", "document_id", "document__title").distinct():
        found[name] = None if name in found else Namesake(pk, title)
    return found


def _known_files(member: Member) -> dict[str, str]:
    """Hashes of the files of live documents, with their titles."""
    live = Version.objects.filter(corpus_id=member.corpus_id, document__removed_at=None).exclude(file=None)
    return dict(live.values_list("file__sha256", "document__title"))
