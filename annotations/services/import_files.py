"""Files on this machine, found, told apart by their hash and made ready for bulk_load; a bad one becomes a sentence."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotations import readers, sandbox
from annotations.rules.errors import Invalid, Problem, noop
from annotations.services import bulk_files, bulk_load, documents, limits
from annotations.services.bulk_load import Mark, Ready

EXTENSIONS = frozenset(extension for reader in readers.READERS for extension in reader.extensions)


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that could not be taken, and why: a sentence that says what to do where anything can be done."""

    path: str
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Found:
    """Files to load in order of their path, and those in folders that no reader is for."""

    files: list[Path]
    left_out: list[Path]


def find(paths: Iterable[Path]) -> Found:
    """Named files as they are, folders searched for what the readers read; hidden files and folders are passed over.

    Raises Invalid for a path that does not exist.
    """
    found = Found([], [])
    for path in paths:
        if not path.exists():
            raise Invalid("path_missing", noop("There is no file or folder “%(path)s”."), field="path", path=path)
        if not path.is_dir():
            found.files.append(path)
            continue
        for file in _inside(path):
            known = readers.extension_of(file.name) in EXTENSIONS
            (found.files if known else found.left_out).append(file)
    return Found(list(dict.fromkeys(found.files)), found.left_out)


def _inside(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place) / name for name in sorted(names) if not name.startswith("."))


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, "" when it cannot be read (preparing it will say why)."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def no_marks(path: str) -> Sequence[Mark]:
    """Files on a disk bring no annotations."""
    return ()


def prepare(
    paths: Sequence[str], root: str, marks_of: Callable[[str], Sequence[Mark]] = no_marks
) -> list[Ready | Failed]:
    """Read these files, put them into the store below `root` and make their documents ready, in the same order.

    `marks_of` gives the annotations that a file brings with it.
    """
    found: list[Ready | Failed] = []
    kept: dict[str, bytes] = {}
    for path in paths:
        item, data = _prepare_one(path, marks_of)
        if isinstance(item, Ready):
            kept[item.file_sha256] = data
        found.append(item)
    bulk_files.keep_many(Path(root), kept)
    return found


def _prepare_one(path: str, marks_of: Callable[[str], Sequence[Mark]]) -> tuple[Ready | Failed, bytes]:
    name = os.path.basename(path)
    try:
        limits.check("upload_bytes", os.path.getsize(path), "file")
        data = Path(path).read_bytes()
        return _ready(data, name, marks_of(path)), data
    except Problem as problem:
        return Failed(path, problem.code, str(problem)), b""
    except OSError as error:
        sentence = f"It cannot be opened: {error.strerror or error}. Let this user read it."
        return Failed(path, "unreadable", sentence), b""
    except Exception as error:  # a fault of ours must not cost the other files
        logging.getLogger(__name__).exception("Preparing %s failed", path)
        sentence = (
            f"A fault of the program stopped it ({type(error).__name__}: {error}). Please report it with this file."
        )
        return Failed(path, "fault", sentence), b""


def _ready(data: bytes, name: str, marks: Sequence[Mark]) -> Ready:
    plain = sandbox.is_plain(data, name)
    source = sandbox.read_plain(data, name) if plain else sandbox.read_upload(data, name, limits.of_sandbox())
    return bulk_load.ready(documents.prepare(source), name, hashlib.sha256(data).hexdigest(), len(data), marks)
