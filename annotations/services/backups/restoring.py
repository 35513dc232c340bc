"""Restoring a backup: everything is checked before anything is replaced, and what is replaced is set aside."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from annotations.models import Corpus
from annotations.rules.errors import Invalid, Problem, Refused, noop
from annotations.services import history, texts
from annotations.services.backups import manifest, postgresql, sqlite, uploads
from annotations.services.backups.manifest import Manifest
from annotations.services.history import Broken


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and the folder in which the former database lies now (SQLite, with `force`)."""

    manifest: Manifest
    set_aside: Path | None = None


def restore(folder: Path, *, force: bool = False) -> Restored:
    """Bring database and uploads back. Raises Problem, before anything is replaced, when a check fails.

    Without `force` the installation must be empty. Nobody else may use the database meanwhile.
    """
    found = manifest.read(folder)
    database = folder / Path(found.database).name
    _check_kind(found)
    _check_database(found, database)
    if not force and not _is_empty():
        message = noop(
            "There is something here already. Restore into a new data folder (AIGOV_DATA), or replace what is here "
            "by --force."
        )
        raise Refused("not_empty", message)
    _uploads(found, folder)
    if connection.vendor == "postgresql":
        aside = None
        postgresql.load(database)
    else:
        aside = _replace(database)
    connection.close()
    texts.forget()
    call_command("migrate", verbosity=0)
    _check_restored(found)
    return Restored(found, aside)


def _check_kind(found: Manifest) -> None:
    if found.kind != connection.vendor:
        message = noop(
            "This is a backup of %(kind)s, and the database here is %(here)s. To move between them, export as json "
            "and import that."
        )
        raise Refused("other_database", message, kind=found.kind, here=connection.vendor)
    known = set(MigrationLoader(None).disk_migrations or ())
    apps = {app for app, _ in known}
    newer = [f"{app} {name}" for app, name in found.migrations.items() if app in apps and (app, name) not in known]
    if newer:
        message = noop(
            "This backup was made by a newer version of the program (%(names)s). Install that version first."
        )
        raise Refused("backup_newer", message, names=", ".join(newer))


def _check_database(found: Manifest, path: Path) -> None:
    """The file as it was saved, its structure in order, every history unbroken."""
    if not path.is_file() or manifest.sha256_of(path) != found.sha256:
        message = noop("%(name)s of this backup is missing or was changed since. Take another backup.")
        raise Invalid("backup_damaged", message, name=found.database)
    if found.kind != "sqlite":
        return
    if not sqlite.is_whole(path):
        raise Invalid("backup_damaged", noop("The database of this backup is damaged. Take another backup."))
    _refuse_broken(sqlite.broken(path))


def _refuse_broken(broken: Sequence[tuple[str, Broken]]) -> None:
    for corpus, wrong in broken:
        raise Invalid(
            "history_broken", noop("The history of “%(corpus)s” is broken at line %(seq)s: %(reason)s."),
            corpus=corpus, seq=wrong.seq, reason=wrong.reason,
        )  # fmt: skip


def _is_empty() -> bool:
    """Nothing that a restore could overwrite or mix with."""
    if any(uploads.names(Path(settings.DATA_DIR))):
        return False
    if connection.vendor == "postgresql":
        return postgresql.is_empty()
    return sqlite.is_empty(Path(connection.settings_dict["NAME"]))


def _uploads(found: Manifest, folder: Path) -> None:
    """Copy the uploads. They lie under their hashes: what is here already is the same, and more does no harm."""
    copied = uploads.copy(folder, Path(settings.DATA_DIR))
    if copied.damaged:
        raise Invalid("backup_damaged", noop("Upload %(name)s of this backup was changed."), name=copied.damaged[0])
    if copied.sha256 != found.files_sha256:
        message = noop("This backup holds %(here)s uploads and should hold %(saved)s, or others. Take another backup.")
        raise Invalid("backup_damaged", message, here=len(copied.names), saved=found.files)


def _replace(copied: Path) -> Path | None:
    """Put the database of the backup in the place of the one here, which is moved into a folder of its own."""
    database = Path(connection.settings_dict["NAME"])
    connection.close_for_good()  # type: ignore[attr-defined]  # our backend: also what it keeps open beside connections
    if database.exists():
        sqlite.check_alone(database)
    draft = database.with_name(f".{database.name}-restored")
    shutil.copyfile(copied, draft)
    draft.chmod(0o600)
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    aside = None
    if database.exists():
        aside = database.parent / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        aside.mkdir(mode=0o700)
        os.replace(database, aside / database.name)
    sqlite.put_in_place(draft, database)
    return aside


def _check_restored(found: Manifest) -> None:
    """The corpora of the manifest are here; a PostgreSQL dump could not be read before, so its histories prove now."""
    present = {corpus.slug: corpus for corpus in Corpus.objects.select_related("head")}
    for head in found.heads:
        corpus = present.get(head.corpus)
        if corpus is None or (corpus.head.seq, corpus.head.hash) != (head.seq, head.hash):
            message = noop("“%(corpus)s” is not as the manifest says. Take another backup.")
            raise Problem("restored_differs", message, corpus=head.corpus)
    if found.kind == "postgresql":
        wrong = [(slug, broken) for slug, corpus in present.items() if (broken := history.verify(corpus))]
        _refuse_broken(wrong)
