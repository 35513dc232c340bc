"""`manage.py import FILE --corpus SLUG`: a dump, annotations of another program, or an analyst's table."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from annotations.management.people import member_for, person
from annotations.models import Corpus, Document
from annotations.rules.errors import Problem
from annotations.services import corpora
from annotations.services.imports import STATES, Report, as_data
from annotations.services.imports_run import VERBS, Asked, format_of, run

#: What needs somebody's eye: the exit code is 2 then, though everything else was stored.
TO_SEE = ("several", "missing", "no_document", "refused")


class Command(BaseCommand):
    """Exit code 0: all of it is here; 1: nothing was imported, with the reason; 2: some items need a look, named."""

    help = "Import a dump, annotations of another program, or a table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--corpus", required=True, metavar="SLUG")
        parser.add_argument("--format", default="", metavar="NAME", help=f"{', '.join(VERBS)} (default: by content)")
        parser.add_argument("--create", action="store_true", help="make the corpus when there is none of this name")
        parser.add_argument("--as", dest="username", metavar="USERNAME", help="import as this member")
        parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN", help="columns of a table")
        parser.add_argument("--kind", default="", help="claim or proposal, for rows that do not say")
        parser.add_argument("--document", default="", metavar="ID", help="for items whose document is not known")
        parser.add_argument("--dry-run", action="store_true", help="only look, store nothing")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: object, **options: Any) -> None:
        data = read(Path(options["file"]))
        name = Path(options["file"]).name
        format = options["format"] or format_of(data, name)
        asked = Asked(
            format, pairs(options["map"]), options["kind"], self.document(options["document"]), "", options["dry_run"]
        )
        # A corpus that is made for a file goes again when the file cannot be taken.
        is_new = options["create"] and not Corpus.objects.filter(slug=options["corpus"]).exists()
        try:
            with transaction.atomic() if is_new else nullcontext():
                if is_new:
                    book = "empty" if format == "json" else "ai-governance"
                    slug = options["corpus"]
                    corpora.create(user=person(options["username"]), name=slug, slug=slug, book=book)
                report = run(member_for(options["corpus"], options["username"]), data, name, asked)
        except Problem as problem:
            raise CommandError(str(problem)) from None
        self.tell(report, as_json=options["json"])

    def document(self, asked: str) -> int | None:
        if asked and not asked.isdecimal():
            raise CommandError(f"--document takes a number, not {asked!r}.")
        if asked and not Document.objects.filter(pk=int(asked)).exists():
            raise CommandError(f"There is no document {asked}.")
        return int(asked) if asked else None

    def tell(self, report: Report, *, as_json: bool) -> None:
        self.stdout.write(json.dumps(as_data(report), ensure_ascii=False) if as_json else in_words(report))
        if any(item.state in TO_SEE for item in report.items):
            raise SystemExit(2)


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from None


def pairs(given: list[str]) -> dict[str, str]:
    found = {}
    for pair in given:
        name, equals, column = pair.partition("=")
        if not equals:
            raise CommandError(f"--map takes FIELD=COLUMN, not {pair!r}.")
        found[name] = column
    return found


def in_words(report: Report) -> str:
    lines = [f"{STATES.label(state)}: {count}" for state, count in report.states.items()]
    lines += [f"Added {name.replace('_', ' ')}: {count}" for name, count in sorted((+report.made).items())]
    lines += [str(notice) for notice in report.notices]
    for item in report.items:
        if item.state in TO_SEE or item.problems:
            reasons = " ".join(str(problem) for problem in item.problems)
            lines.append(
                f"  {item.number}: {STATES.label(item.state)}. “{item.quote[:60]}” {item.title} {reasons}".rstrip()
            )
    return "\n".join(lines) or "Nothing to import: all of it is here already."
