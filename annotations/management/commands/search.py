"""manage.py search QUERY --corpus SLUG: passages that hold the words, with exact counts."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.models import Member
from annotations.rules.errors import Problem
from annotations.services import search as service


class Command(BaseCommand):
    help = "Search the texts of a corpus."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--corpus", required=True, help="slug of the corpus")
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        member = Member.objects.select_related("corpus").filter(corpus__slug=options["corpus"], role="admin").first()
        if member is None:
            raise CommandError(f"There is no corpus “{options['corpus']}”.")
        try:
            found = service.run(member, options["query"], size=options["limit"])
        except Problem as problem:
            raise CommandError(str(problem)) from None
        if options["json"]:
            self.stdout.write(json.dumps(_plain(found), ensure_ascii=False, indent=1))
            return
        self.stdout.write(
            f"{found.hits} hits in {found.sentences} sentences of {found.documents} documents; "
            f"{found.repeated} more in repeated bodies"
        )
        for hit in found.rows:
            words = "".join(f"[{piece}]" if on else piece for piece, on in hit.pieces)
            self.stdout.write(f"{hit.title} ¶{hit.paragraph}: {words}")


def _plain(found: service.Answer) -> dict[str, Any]:
    return {
        "hits": found.hits,
        "sentences": found.sentences,
        "documents": found.documents,
        "repeated_hits": found.repeated,
        "results": [
            {
                "document": h.document_id,
                "title": h.title,
                "paragraph": h.paragraph,
                "spans": h.raw,
                "text": "".join(p for p, _ in h.pieces),
            }
            for h in found.rows
        ],
    }
