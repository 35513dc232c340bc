"""What a backup says about itself, and the hash of a file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from annotations.rules.errors import Invalid, noop

FORMAT = "aigov-backup-1"
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Head:
    """Where the history of one corpus ends."""

    corpus: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`kind`: sqlite or postgresql. `migrations`: the last one of each app. `counts`: rows by table."""

    kind: str
    created_at: str
    database: str
    sha256: str
    migrations: Mapping[str, str]
    counts: Mapping[str, int]
    heads: tuple[Head, ...]
    files: int
    file_bytes: int
    files_sha256: str  # of the sorted names, which are the hashes of the files
    damaged: tuple[str, ...] = ()  # uploads that could not be saved whole, each with what is wrong
    format: str = field(default=FORMAT)


def write(folder: Path, manifest: Manifest) -> None:
    (folder / NAME).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a backup; raises Invalid when the folder is none, or is one this program cannot read."""
    path = folder / NAME
    if not path.is_file():
        raise Invalid("backup_missing", noop("%(folder)s holds no backup: there is no manifest.json."), folder=folder)
    try:
        found = json.loads(path.read_text("utf-8"))
        if found["format"] != FORMAT:
            message = noop("This backup has the format %(format)s; this version of the program reads %(known)s.")
            raise Invalid("backup_format", message, format=found["format"], known=FORMAT)
        heads = tuple(Head(**head) for head in found.pop("heads"))
        return Manifest(heads=heads, damaged=tuple(found.pop("damaged")), **found)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        message = noop("The manifest of this backup is damaged: %(reason)s.")
        raise Invalid("backup_damaged", message, reason=str(error)) from error


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
