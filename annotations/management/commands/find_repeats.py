"""manage.py find_repeats: look through texts and passages that are new, at once and not in the background."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.models import Corpus, Suggestion
from annotations.services import recurrence


class Command(BaseCommand):
    """The server does this by itself, some seconds at a time; after a large import this does it in one go."""

    requires_system_checks: list[str] = []
    help = "Look for passages that repeat known statements; they are suggested in the reader."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", help="short name of one corpus; all without")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the outcome as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = Corpus.objects.order_by("slug")
        if options["corpus"]:
            rows = rows.filter(slug=options["corpus"])
            if not rows.exists():
                raise CommandError(f"There is no corpus “{options['corpus']}”.")
        found = {}
        for corpus in rows:
            while not recurrence.catch_up(corpus.pk, 60.0):
                pass
            open_ones = Suggestion.objects.open().filter(corpus=corpus, suggester=recurrence.SUGGESTER)
            found[corpus.slug] = open_ones.count()
        if options["as_json"]:
            self.stdout.write(json.dumps({"suggestions": found}, ensure_ascii=False))
            return
        for slug, count in found.items():
            self.stdout.write(f"{slug}: {count} suggested")
