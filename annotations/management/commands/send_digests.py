"""manage.py send_digests: the daily mail of unread notifications; run it once a day."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from annotations.services import digests


class Command(BaseCommand):
    """Exit codes: 0 all were sent, 1 a mail was not, 2 wrong use."""

    requires_system_checks: list[str] = []
    help = "Mail each person what is unread and was not mailed before, unless they switched it off."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the outcome as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(digests.send_all())
        failed = [one for one in found if one.problem]
        if options["as_json"]:
            rows = [{"user": one.user, "notices": one.notices, "problem": one.problem} for one in found]
            self.stdout.write(json.dumps({"sent": len(found) - len(failed), "letters": rows}, ensure_ascii=False))
        else:
            self.stdout.write(f"{len(found) - len(failed)} sent, {len(failed)} not.")
            for one in failed:
                self.stderr.write(f"{one.user}: {one.problem}")
        if failed:
            sys.exit(1)
