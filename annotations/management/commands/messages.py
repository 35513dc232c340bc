"""`manage.py messages`: bring the words of the interface into both Chinese catalogues; `--check` only complains."""

from __future__ import annotations

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.management.i18n import work
from annotations.management.i18n.catalogue import BadCatalogue
from annotations.management.i18n.extract import NotExtractable

ROOT = Path(__file__).resolve().parents[3]


class Command(BaseCommand):
    """Needs no gettext programs and no database."""

    help = "Collect the words of the interface into locale/*/django.po and compile them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail when something is missing")
        parser.add_argument("--prune", action="store_true", help="drop translations that nothing uses any more")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the answer as JSON")

    def handle(self, *args: object, check: bool, prune: bool, as_json: bool, **options: object) -> None:
        try:
            if not check:
                work.update(ROOT, prune=prune)
            found = work.problems(ROOT)
        except (BadCatalogue, NotExtractable) as error:
            raise CommandError(str(error)) from error
        self.tell(found, as_json)
        if check and found:
            raise CommandError("The catalogues are not complete.", returncode=1)

    def tell(self, found: list[str], as_json: bool) -> None:
        """Each problem on a line, or all as one JSON object."""
        if as_json:
            self.stdout.write(json.dumps({"complete": not found, "problems": found}, ensure_ascii=False))
            return
        for problem in found:
            self.stdout.write(problem)
        self.stdout.write("Both catalogues are complete." if not found else f"{len(found)} to do.")
