"""From bytes to a Document: the file kept, read in the sandbox, prepared outside any transaction, stored in one."""

from __future__ import annotations

from dataclasses import dataclass

from annotations import sandbox
from annotations.models import Batch, Document, Member
from annotations.readers.told import in_utf8
from annotations.records import SourceText
from annotations.rules import roles
from annotations.services import documents, files, limits
from annotations.services.documents import Prepared
from annotations.services.op import Op
from annotations.text import blocks
from annotations.text.cleaning import normalise


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text ready to be stored, with the file it came in."""

    prepared: Prepared
    file_name: str = ""
    file_sha256: str = ""
    file_size: int = 0
    again: bool = False
    ask: bool = False  # whether it might be a new version of a document of the same name


def from_upload(member: Member, data: bytes, name: str, *, again: bool = False, ask: bool = False) -> Incoming:
    """Read an uploaded file in the sandbox; raises Unreadable or TooLarge naming the file. Nothing is in the
    database yet."""
    roles.check(member.role, "add_document")
    limits.check("upload_bytes", len(data), "file")
    prepared = documents.prepare(read(data, name))
    return Incoming(prepared, name, files.keep_bytes(data), len(data), again, ask)


def read(data: bytes, name: str, charset: str = "") -> SourceText:
    """What a file says; all but plain text is read in a child process. `charset`: the one that its server named."""
    data = in_utf8(data, charset)
    if data and sandbox.is_plain(data, name):
        return sandbox.read_plain(data, name)
    return sandbox.read_upload(data, name, limits.of_sandbox())


def from_text(text: str, *, again: bool = False, ask: bool = False) -> Incoming:
    """A pasted text; blank lines and line ends as they come."""
    raw = normalise(text)
    source = SourceText(text=raw, blocks=tuple(blocks.from_plain(raw)), reader="paste")
    return Incoming(documents.prepare(source), again=again, ask=ask)


def store(op: Op, incoming: Incoming, *, batch: Batch | None = None, **given: object) -> Document:
    """Make the document; Refused (document_exists, with its id) when the corpus has this text or file already."""
    file = files.record(op, incoming.file_sha256, incoming.file_size) if incoming.file_sha256 else None
    return documents.load(
        op, incoming.prepared, file=file, file_name=incoming.file_name, batch=batch, again=incoming.again,
        ask=incoming.ask, **given,
    )  # fmt: skip
