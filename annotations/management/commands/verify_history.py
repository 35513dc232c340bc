"""manage.py verify_history: prove the history of a corpus, or of all, line by line."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.models import Corpus
from annotations.services import history


class Command(BaseCommand):
    """Exit codes: 0 every history proves, 1 one is broken, 2 wrong use."""

    requires_system_checks: list[str] = []
    help = "Prove that nobody changed, removed or added a line of the history; name the first line that is wrong."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", metavar="SLUG", help="only this corpus (default: all)")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the outcome as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        corpora = Corpus.objects.order_by("slug")
        if options["corpus"]:
            corpora = corpora.filter(slug=options["corpus"])
            if not corpora:
                raise CommandError(f"There is no corpus “{options['corpus']}”.", returncode=2)
        found = [self.verified(corpus, quiet=options["as_json"]) for corpus in corpora]
        intact = all(one["broken"] is None for one in found)
        if options["as_json"]:
            self.stdout.write(json.dumps({"intact": intact, "corpora": found}, ensure_ascii=False, indent=1))
        elif not found:
            self.stdout.write("There is no corpus yet.")
        if not intact:
            sys.exit(1)

    def verified(self, corpus: Corpus, quiet: bool) -> dict[str, object]:
        """One corpus: the head to note outside, and what is broken."""
        head = corpus.head
        broken = history.verify(corpus)
        if not quiet and broken:
            self.stderr.write(f"{corpus.slug}: line {broken.seq:,} is broken: {broken.reason}.")
        elif not quiet:
            self.stdout.write(f"{corpus.slug}: {head.seq:,} lines, unbroken. Head {head.seq} {head.hash}")
        return {
            "corpus": corpus.slug,
            "head": {"seq": head.seq, "hash": head.hash},
            "broken": {"seq": broken.seq, "reason": broken.reason} if broken else None,
        }
