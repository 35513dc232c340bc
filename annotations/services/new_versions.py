"""A new version of a document on its way in: kept for a day while its person looks at what it would change, then
stored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction

from annotations.models import Document, Member, Version
from annotations.rules import roles
from annotations.rules.errors import Invalid, Missing, Refused, noop
from annotations.services import documents, files, imports_kept, limits, loading, versions
from annotations.services.imports_kept import VERSION, Kept
from annotations.services.loading import Incoming
from annotations.services.op import Op, writing
from annotations.services.versions import Plan


@dataclass(frozen=True, slots=True)
class Draft:
    """A text that is not stored yet, and where the passages would stand in it."""

    kept: Kept
    incoming: Incoming
    plan: Plan


def begin(member: Member, document: Document, *, data: bytes = b"", name: str = "", text: str = "") -> Draft:
    """Keep a file or a pasted text and work out what it would change; raises a Problem, and keeps nothing, when it
    cannot be read or is the current text."""
    roles.check(member.role, "add_version")
    if not data and not text.strip():
        raise Invalid("file_missing", noop("Choose a file, or paste the text."), field="file")
    sent = data or text.encode()
    limits.check("upload_bytes", len(sent), "file")
    incoming = _read(sent, name)
    check_other(document, incoming)
    kept = imports_kept.keep(member, VERSION, name, sent)
    kept.state = {"document": document.pk}
    imports_kept.save(kept)
    return Draft(kept, incoming, versions.plan(document, incoming.prepared))


def resume(member: Member, document: Document, uid: UUID) -> Draft:
    """The same again; Missing when it is stored or too old. It is read anew: nothing of it lies about half done."""
    roles.check(member.role, "add_version")
    gone = Missing("draft_gone", noop("This version is stored already, or older than a day. Send it again."))
    try:
        kept = imports_kept.load(member, uid, VERSION)
    except Missing:
        raise gone from None
    if kept.state["document"] != document.pk:
        raise gone
    incoming = _read(kept.data, kept.name)
    return Draft(kept, incoming, versions.plan(document, incoming.prepared))


def _read(data: bytes, name: str) -> Incoming:
    """Without a name it was pasted."""
    if not name:
        return loading.from_text(data.decode())
    return Incoming(documents.prepare(loading.read(data, name)), name)


def check_other(document: Document, incoming: Incoming) -> None:
    """Refuse the text that is the current one already."""
    current = document.current
    if current is not None and current.sha256 == incoming.prepared.sha256:
        raise Refused(
            "version_same", noop("This is word for word the text of version %(number)s, which is the current one."),
            number=current.number,
        )  # fmt: skip


def store(op: Op, document: Document, incoming: Incoming, plan: Plan) -> Version:
    """The new current version, with the file it came in."""
    file = files.record(op, incoming.file_sha256, incoming.file_size) if incoming.file_sha256 else None
    return versions.add_version(
        op, document, incoming.prepared, file=file, file_name=incoming.file_name, planned=plan
    )  # fmt: skip


def from_file(member: Member, document: Document, path: Path) -> Version:
    """A file on this machine as the new current version; Refused (version_same) when it is that already."""
    data = path.read_bytes()
    limits.check("upload_bytes", len(data), "file")
    draft = _read(data, path.name)
    check_other(document, draft)
    plan = versions.plan(document, draft.prepared)
    with writing(by=member) as op:
        return store(op, document, Incoming(draft.prepared, path.name, files.keep_bytes(data), len(data)), plan)


def finish(op: Op, document: Document, draft: Draft, incoming: Incoming) -> Version:
    """Store what was looked at; what was kept of it goes with the commit."""
    made = store(op, document, incoming, draft.plan)
    transaction.on_commit(lambda: imports_kept.forget(draft.kept))
    return made


def with_file(draft: Draft) -> Incoming:
    """The text of a draft with its bytes in the file store, to be stored now."""
    if not draft.kept.name:
        return draft.incoming
    data = draft.kept.data
    return Incoming(draft.incoming.prepared, draft.kept.name, files.keep_bytes(data), len(data))
