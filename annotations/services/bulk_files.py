"""Many uploads into the file store at once: as safe as files.keep_bytes, with two flushes in all, not two a file."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from annotations.services.files import path_in


def keep_many(root: Path, contents: Mapping[str, bytes]) -> None:
    """Store bytes by their SHA-256 below `root` (settings.DATA_DIR of the process that stores the rows), durably.

    A file gets its name only when its bytes are on the disk: whoever finds the name finds them whole.
    """
    waiting: dict[Path, Path] = {}
    for sha256, data in contents.items():
        target = path_in(root, sha256)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=target.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            waiting[target] = Path(name)
    if waiting:
        flush(waiting.values())
        for target, path in waiting.items():
            os.replace(path, target)
        flush({target.parent for target in waiting})


def flush(paths: Iterable[Path]) -> None:
    """On the disk when this returns. Linux waits in sync(); elsewhere it may not, so every file is asked for."""
    if sys.platform == "linux":
        os.sync()
        return
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
