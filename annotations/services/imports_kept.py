"""A file between its preview and its import: kept in the data folder for a day, for the member who sent it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
from django.conf import settings

from annotations.models import Member
from annotations.rules.errors import Missing, noop
from annotations.services.access import not_found

DAY = 24 * 3600
VERSION = "version"


@dataclass(slots=True)
class Kept:
    """`kind`: table, web-annotation, json, or version (of a document, before it is stored). `state` is JSON: what was
    read and chosen so far."""

    uid: UUID
    kind: str
    name: str
    member: int
    state: dict[str, Any] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """The file as it was sent."""
        return (_folder() / f"{self.uid}.data").read_bytes()


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def keep(member: Member, kind: str, name: str, data: bytes) -> Kept:
    """Keep a file; those older than a day go."""
    _sweep()
    kept = Kept(uuid4(), kind, name[:200], member.pk)
    (_folder() / f"{kept.uid}.data").write_bytes(data)
    save(kept)
    return kept


def save(kept: Kept) -> None:
    """Store the state; readers see the old or the new one, never half of it."""
    target = _folder() / f"{kept.uid}.json"
    draft = target.with_suffix(f".{uuid4().hex}")
    described = {"kind": kept.kind, "name": kept.name, "member": kept.member, "state": kept.state}
    draft.write_bytes(orjson.dumps(described))
    draft.replace(target)


def load(member: Member, uid: UUID, kind: str = "") -> Kept:
    """One's own kept file; Missing when it is somebody else's or too old. A new version is no import."""
    try:
        found = orjson.loads((_folder() / f"{uid}.json").read_bytes())
    except FileNotFoundError:
        message = noop("This import is finished, or older than a day. Send the file again.")
        raise Missing("import_gone", message) from None
    if found["member"] != member.pk or (found["kind"] == VERSION) is not (kind == VERSION):
        raise not_found()
    return Kept(uid, found["kind"], found["name"], found["member"], found["state"])


def forget(kept: Kept) -> None:
    for path in _folder().glob(f"{kept.uid}.*"):
        path.unlink(missing_ok=True)


def _sweep() -> None:
    before = time.time() - DAY
    for path in _folder().iterdir():
        try:
            if path.stat().st_mtime < before:
                path.unlink()
        except FileNotFoundError:
            pass  # somebody else swept it
