"""manage.py backup DIR: database and uploads into a new folder, while the server runs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.rules.errors import Problem
from annotations.services import backups


class Command(BaseCommand):
    """Exit codes: 0 complete, 1 made but uploads are missing or damaged, 2 not made."""

    requires_system_checks: list[str] = []
    help = "Save the database and all uploads into a new folder. Nobody has to stop working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the manifest as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        try:
            made = backups.save(folder)
        except (Problem, OSError) as problem:
            raise CommandError(str(problem), returncode=2) from None
        if options["as_json"]:
            self.stdout.write(json.dumps(asdict(made), ensure_ascii=False, indent=1))
        else:
            corpora = "1 corpus" if len(made.heads) == 1 else f"{len(made.heads)} corpora"
            self.stdout.write(
                f"Saved {corpora} and {made.files:,} uploads ({made.file_bytes / 1e6:.1f} MB) in {folder}."
            )
            self.stdout.write(
                "The secret key is not in it. Keep it elsewhere: without it people log in again and set up their "
                "second factor anew."
            )
            for line in made.damaged:
                self.stderr.write(f"Not saved: upload {line}.")
        if made.damaged:
            sys.exit(1)
