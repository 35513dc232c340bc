"""`manage.py export FORMAT --corpus SLUG`: the same files as the page and the API give."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from annotations.filters import StatementFilter, ordered
from annotations.filters import statements as filtered
from annotations.formats import FORMATS
from annotations.formats.base import Format
from annotations.management.people import member_for
from annotations.models import Member
from annotations.records import Export
from annotations.rules import roles
from annotations.rules.errors import Problem
from annotations.services import collect
from annotations.services.collect import asked


class Command(BaseCommand):
    """Writes a file whole or not at all; exit code 1 with a sentence when something is wrong."""

    help = "Export a corpus."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("format", metavar="FORMAT", help=", ".join(FORMATS))
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument(
            "--output", metavar="FILE", help="- writes to the standard output (default: a new file here)"
        )
        parser.add_argument(
            "--filter", action="append", default=[], metavar="NAME=VALUE", help="as in the address of the tracker"
        )
        parser.add_argument("--as", dest="username", metavar="USERNAME", help="export what this member may see")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            format = asked.format_named(options["format"])
            member = member_for(options["corpus"], options["username"])
            roles.check(member.role, "export")
            found = export_of(member, options["filter"])
        except Problem as problem:
            raise CommandError(str(problem)) from None
        self.write(format, found, options["output"], as_json=options["json"])

    def write(self, format: Format, found: Export, output: str | None, *, as_json: bool) -> None:
        pieces = collect.stream(format, found)
        target = output or asked.file_name(found, format)
        if target == "-":
            size = copy(pieces, sys.stdout.buffer)
        else:
            size = write_file(Path(target), pieces)
        report = report_of(format, found, target, size)
        said = self.stderr if target == "-" else self.stdout
        said.write(json.dumps(report, ensure_ascii=False) if as_json else in_words(report))


def export_of(member: Member, filters: Iterable[str]) -> Export:
    query = QueryDict(mutable=True)
    for pair in filters:
        name, equals, value = pair.partition("=")
        if not equals:
            raise CommandError(f"--filter takes NAME=VALUE, not {pair!r}.")
        query[name] = value
    rows = ordered(filtered(member, query), query.get("ordering", ""))
    given = {name: str(query[name]) for name in query}
    said = asked.plain_words(member, given, StatementFilter.base_filters)
    return collect.export(member, rows, filters=said, unreviewed=asked.unreviewed(given))


def write_file(target: Path, pieces: Iterable[bytes]) -> int:
    """The bytes in the file, which appears when it is complete; what was there before stays until then."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    except OSError as error:
        raise CommandError(f"Cannot write to {target.parent}: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            size = copy(pieces, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)
    except OSError as error:
        os.unlink(name)
        raise CommandError(f"Cannot write {target}: {error.strerror}.") from None
    except BaseException:
        os.unlink(name)
        raise
    return size


def copy(pieces: Iterable[bytes], file: BinaryIO) -> int:
    size = 0
    for piece in pieces:
        size += file.write(piece)
    return size


def report_of(format: Format, found: Export, target: str, size: int) -> dict[str, Any]:
    losses = [{"code": loss.code, "count": loss.count, "detail": str(loss)} for loss in format.losses(found)]
    return {
        "file": target, "format": format.name, "bytes": size, "filters": found.filters, "lossless": format.lossless,
        "counts": dict(found.counts), "losses": losses,
    }  # fmt: skip


def in_words(report: dict[str, Any]) -> str:
    counts = report["counts"]
    lines = [
        f"{report['file']}: {report['bytes']} bytes, {counts['documents']} documents, {counts['passages']} passages, "
        f"{counts['statements']} statements."
    ]
    if report["losses"]:
        lines += ["Not in this file:", *(f"  {loss['detail']}" for loss in report["losses"])]
    return "\n".join(lines)
