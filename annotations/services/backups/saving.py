"""Making a backup: the database as it is at one moment, then every upload, then the manifest that makes it one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from annotations.models import StoredFile
from annotations.rules.errors import Refused, noop
from annotations.services.backups import manifest, postgresql, sqlite, uploads
from annotations.services.backups.manifest import Head, Manifest
from annotations.services.bulk_files import flush


@dataclass(frozen=True, slots=True)
class Saved:
    """What the copy of the database holds; `uploads` are the hashes of the files that its rows speak of."""

    database: str
    migrations: Mapping[str, str]
    counts: Mapping[str, int]
    heads: tuple[Head, ...]
    uploads: frozenset[str]


def save(folder: Path) -> Manifest:
    """Back up database and uploads into a new or empty folder, while others go on working.

    Raises Refused when something is in the folder. The manifest names uploads that were missing or damaged.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("folder_not_empty", noop("%(folder)s is not empty. Name a folder that is new."), folder=folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    try:
        return _save(folder)
    except BaseException:
        _empty(folder)  # half a backup must not look like one
        raise


def _save(folder: Path) -> Manifest:
    saved = _postgresql(folder) if connection.vendor == "postgresql" else _sqlite(folder)
    copied = uploads.copy(Path(settings.DATA_DIR), folder)  # after the rows: uploads are stored before their rows
    bad = {name.partition(":")[0] for name in copied.damaged}
    missing = sorted(saved.uploads - set(copied.names) - bad)
    made = Manifest(
        kind=connection.vendor, created_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), database=saved.database,
        sha256=manifest.sha256_of(folder / saved.database), migrations=saved.migrations, counts=saved.counts,
        heads=saved.heads, files=len(copied.names), file_bytes=copied.size, files_sha256=copied.sha256,
        damaged=(*copied.damaged, *(f"{name}: it is missing" for name in missing)),
    )  # fmt: skip
    manifest.write(folder, made)
    flush([*folder.rglob("*"), folder])
    return made


def _sqlite(folder: Path) -> Saved:
    path = folder / sqlite.FILE
    sqlite.copy(Path(connection.settings_dict["NAME"]), path)
    heads = tuple(sqlite.heads(path).values())
    return Saved(sqlite.FILE, sqlite.migrations(path), sqlite.counts(path), heads, sqlite.upload_names(path))


def _postgresql(folder: Path) -> Saved:
    postgresql.program("pg_dump")
    with postgresql.snapshot() as moment:
        names = StoredFile.objects.filter(size__gt=0).values_list("sha256", flat=True)
        saved = Saved(
            postgresql.FILE, postgresql.migrations(), postgresql.counts(), postgresql.heads(), frozenset(names)
        )
        postgresql.dump(folder / postgresql.FILE, moment)
    return saved


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
