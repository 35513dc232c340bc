"""manage.py restore DIR: bring back what `manage.py backup` saved, after checking all of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.rules.errors import Problem
from annotations.services import backups


class Command(BaseCommand):
    """Exit codes: 0 restored and proved, 2 refused or failed."""

    requires_system_checks: list[str] = []
    help = "Restore a backup into an empty installation. The server must not run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="what `manage.py backup` made")
        parser.add_argument("--force", action="store_true", help="replace what is here")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the manifest as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = backups.restore(options["folder"], force=options["force"])
        except (Problem, OSError) as problem:
            raise CommandError(str(problem), returncode=2) from None
        if options["as_json"]:
            found = {**asdict(done.manifest), "set_aside": str(done.set_aside or "")}
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        for head in done.manifest.heads:
            self.stdout.write(f"{head.corpus}: {head.seq:,} lines of history, unbroken.")
        self.stdout.write(f"Restored the state of {done.manifest.created_at} with {done.manifest.files:,} uploads.")
        if done.set_aside:
            self.stdout.write(f"What was here before lies in {done.set_aside}.")
