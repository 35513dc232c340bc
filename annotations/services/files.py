"""The file store: uploads kept whole under their hash, so that the same bytes are kept once and never change."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from annotations.models import Corpus, StoredFile
from annotations.services.op import Op


def path_of(sha256: str) -> Path:
    return path_in(Path(settings.DATA_DIR), sha256)


def path_in(root: Path, sha256: str) -> Path:
    """Where a file stands below a data folder."""
    return root / "files" / sha256[:2] / sha256


def keep_bytes(data: bytes) -> str:
    """Write the bytes durably (file and folder synced) and return their SHA-256. Done before the row commits."""
    sha256 = hashlib.sha256(data).hexdigest()
    target = path_of(sha256)
    if target.exists():
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256


def record(op: Op, sha256: str, size: int) -> StoredFile:
    row, _ = StoredFile.objects.get_or_create(
        corpus=op.corpus, sha256=sha256, defaults={"size": size, "created_at": op.at}
    )
    return row


def read(corpus: Corpus, sha256: str) -> bytes:
    """The bytes of an upload of this corpus; raises StoredFile.DoesNotExist."""
    StoredFile.objects.get(corpus=corpus, sha256=sha256)
    return path_of(sha256).read_bytes()
