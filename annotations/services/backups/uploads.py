"""The uploads of a backup: copied file by file, each checked against its name, which is its hash."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotations.services.files import path_in

HASH = re.compile(r"[0-9a-f]{64}")
PIECE = 1 << 20


@dataclass(slots=True)
class Copied:
    """How many files and bytes, the hash of their sorted names, and what was wrong with others."""

    names: list[str] = field(default_factory=list)
    size: int = 0
    damaged: list[str] = field(default_factory=list)

    @property
    def sha256(self) -> str:
        return hashlib.sha256("\n".join(sorted(self.names)).encode()).hexdigest()


def copy(source: Path, target: Path) -> Copied:
    """Copy every upload below `source`/files to `target`/files; those there already with their hash are left alone."""
    copied = Copied()
    for name in names(source):
        size = copy_one(path_in(source, name), path_in(target, name))
        if size is None:
            copied.damaged.append(f"{name}: its content is not what its name says")
            continue
        copied.names.append(name)
        copied.size += size
    return copied


def names(root: Path) -> Iterator[str]:
    """The hashes of the uploads below a data folder, in order; half-written ones have other names."""
    for folder in sorted((root / "files").glob("??")):
        yield from sorted(path.name for path in folder.iterdir() if HASH.fullmatch(path.name))


def copy_one(source: Path, target: Path) -> int | None:
    """The size of the file; None, and no copy, when its content does not have the hash that its name promises."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_name(f".{target.name}")
    found = hashlib.sha256()
    with source.open("rb") as reader, draft.open("wb") as writer:
        while piece := reader.read(PIECE):
            found.update(piece)
            writer.write(piece)
    draft.chmod(0o600)
    if found.hexdigest() != source.name:
        draft.unlink()
        return None
    shutil.copystat(source, draft)
    draft.chmod(0o600)
    os.replace(draft, target)
    return target.stat().st_size
