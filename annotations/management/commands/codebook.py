"""`manage.py codebook export|import FILE --corpus SLUG`: the codebook as JSON, CSV or QDC, and back."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from annotations.formats.codebooks import CODEBOOK_FORMATS, format_of
from annotations.management.people import member_for
from annotations.models import Member
from annotations.rules import editions as compared
from annotations.rules import roles, vocabulary
from annotations.rules.editions import Change
from annotations.rules.errors import Problem
from annotations.services import codebook_import, editions
from annotations.services.op import writing


class Command(BaseCommand):
    """The ending of FILE names the format of an export. Exit code 1 with a sentence when something is wrong."""

    help = "Export the codebook of a corpus, or import one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=("export", "import"))
        parser.add_argument("file", metavar="FILE", help=f"ends with {', '.join(CODEBOOK_FORMATS)}")
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument("--edition", type=int, help="an earlier edition (export)")
        parser.add_argument("--dry-run", action="store_true", help="only look, store nothing (import)")
        parser.add_argument("--as", dest="username", metavar="USERNAME")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: object, **options: Any) -> None:
        member, path = member_for(options["corpus"], options["username"]), Path(options["file"])
        try:
            if options["act"] == "export":
                self.give(member, path, options)
            else:
                self.take(member, path, options)
        except Problem as problem:
            raise CommandError(str(problem)) from None
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from None

    def give(self, member: Member, path: Path, options: dict[str, Any]) -> None:
        roles.check(member.role, "export")
        format = CODEBOOK_FORMATS.get(path.suffix.removeprefix("."))
        if format is None:
            raise CommandError(f"{path.name} ends with none of: {', '.join(CODEBOOK_FORMATS)}.")
        number = options["edition"] or member.corpus.codebook_version
        asked = options["edition"] is not None
        content = editions.get(member.corpus, number).content if asked else editions.content(member.corpus)
        path.write_bytes(format.write(content, number))
        report = {"file": str(path), "format": format.name, "edition": number, "tags": len(content["tags"])}
        words = f"{path}: edition {number}, {len(content['tags'])} tags."
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else words)

    def take(self, member: Member, path: Path, options: dict[str, Any]) -> None:
        data = path.read_bytes()
        content = format_of(data, path.name).read(data, path.name)
        if options["dry_run"]:
            changes = codebook_import.preview(member, content)
        else:
            before = editions.content(member.corpus)
            with writing(by=member) as op:
                codebook_import.apply(op, content)
            changes = compared.compare(before, editions.content(member.corpus))
        if options["json"]:
            self.stdout.write(json.dumps({"changes": [asdict(one) for one in changes]}, ensure_ascii=False))
            return
        for change in changes:
            self.stdout.write(in_words(change))
        self.stdout.write(f"{len(changes)} changes{' would come' if options['dry_run'] else ''}.")


def in_words(change: Change) -> str:
    kind = vocabulary.CODEBOOK_CHANGES.label(change.kind)
    return f"{kind}: {change.label}{f' ({change.other})' if change.other else ''}"
