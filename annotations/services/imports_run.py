"""A file and what is known about it, to a report: the one way in for the API, the command and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotations.formats import dump_read, web_annotation_read
from annotations.formats.foreign import ForeignAnnotation, Rejected
from annotations.formats.spreadsheet import read_table
from annotations.formats.spreadsheet_plan import guess_mapping
from annotations.formats.table import Table
from annotations.models import Document, Member
from annotations.records import Notice
from annotations.rules import roles
from annotations.rules.errors import Invalid, Missing, noop
from annotations.rules.vocabulary import KINDS
from annotations.services import imports_rows, imports_table, imports_web, limits
from annotations.services import restore as dumps
from annotations.services.imports import Report
from annotations.services.imports_table import Choice
from annotations.services.op import writing

#: format -> the verb it needs; csv and xlsx are told apart by content.
VERBS: Mapping[str, str] = {
    "csv": "import_annotations", "xlsx": "import_annotations", "web-annotation": "import_annotations",
    "json": "import_corpus",
}  # fmt: skip
TABLES = ("csv", "xlsx")
_JSON = (b"{", b"[")


@dataclass(frozen=True, slots=True)
class Asked:
    """What comes with a file. `mapping`: field -> column (guessed where empty); `kind`, `document`: for rows that do
    not say; `dry_run`: only look; `sheet`: of a workbook."""

    format: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    kind: str = ""
    document: int | None = None
    sheet: str = ""
    dry_run: bool = False


def format_of(data: bytes, name: str) -> str:
    """csv, xlsx, json (our dump) or web-annotation, by content and name."""
    extension = name.rpartition(".")[2].lower()
    if data.startswith(b"PK\x03\x04") or extension == "xlsx":
        return "xlsx"
    beginning = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if extension in ("csv", "tsv", "txt") or not beginning.startswith(_JSON):
        return "csv"
    return "json" if b'"format"' in beginning and b'"aigov"' in beginning else "web-annotation"


def run(member: Member, data: bytes, name: str, asked: Asked) -> Report:
    """Import a file, or with `dry_run` only look at it. Raises a Problem when nothing of it can be taken."""
    format = asked.format or format_of(data, name)
    if format not in VERBS:
        message = noop("There is no import format “%(name)s”. Formats: %(names)s.")
        raise Invalid("format_unknown", message, field="format", name=format, names=tuple(VERBS))
    roles.check(member.role, VERBS[format])
    if not data:
        raise Invalid("file_empty", noop("%(name)s is empty."), field="file", name=name)
    if format == "json":
        return _dump(member, data, asked)
    check(member, asked)
    return _table(member, data, name, asked) if format in TABLES else _web(member, data, name, asked)


def check(member: Member, asked: Asked) -> None:
    """The kind is one, the document is here."""
    if asked.kind:
        KINDS.check(asked.kind, "kind")
    live = Document.objects.filter(corpus=member.corpus, removed_at=None)
    if asked.document is not None and not live.filter(pk=asked.document).exists():
        raise Missing("document_unknown", noop("There is no such document in this corpus."), field="document")


def _table(member: Member, data: bytes, name: str, asked: Asked) -> Report:
    limits.check("upload_bytes", len(data), "file")
    table = read_table(data, name, asked.sheet)
    mapping = dict(asked.mapping) or guess_mapping(table.columns)
    rows = imports_table.read_rows(table, mapping)
    items = imports_table.examine(member, rows, Choice(asked.kind, asked.document))
    report = Report(items) if asked.dry_run else imports_rows.store(member, items, name, table_format(table))
    if table.other_sheets:
        message = noop("Only the sheet “%(sheet)s” was read; there are others: %(names)s.")
        report.notices.append(Notice("sheets", message, {"sheet": table.sheet, "names": table.other_sheets}))
    return report


def table_format(table: Table) -> str:
    """Only a workbook has sheets."""
    return "xlsx" if table.sheet else "csv"


def _web(member: Member, data: bytes, name: str, asked: Asked) -> Report:
    limits.check("upload_bytes", len(data), "file")
    items = imports_web.examine(member, web_items(data), asked.document)
    return Report(items) if asked.dry_run else imports_web.store(member, items, name)


def web_items(data: bytes) -> list[ForeignAnnotation | Rejected]:
    found = web_annotation_read.read(data)
    limits.check("import_rows", len(found), "file")
    return found


def _dump(member: Member, data: bytes, asked: Asked) -> Report:
    dump = dump_read.read(data)
    ready = dumps.prepare(dump)
    report = Report(notices=list(dump.notices))
    if asked.dry_run:
        report.made.update({name: len(records) for name, records in dump.tables.items()})
        return report
    with writing(by=member) as op:
        job = dumps.restore(op, ready)
    report.made += job.made
    for before, after in job.renumbered:
        message = noop("%(before)s is %(after)s here, because its number was taken.")
        report.notices.append(Notice("renumbered", message, {"before": before, "after": after}))
    return report
