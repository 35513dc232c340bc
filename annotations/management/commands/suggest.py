"""manage.py suggest --corpus SLUG: look for claims and proposals in the texts of a corpus, and suggest them."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.models import Corpus, Document
from annotations.services import lessons, suggesting


class Command(BaseCommand):
    help = "Suggest claims and proposals in the texts of a corpus: new ones only, or all with --again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--corpus", required=True, help="slug of the corpus")
        parser.add_argument("--again", action="store_true", help="look through all texts again, with what was learned")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        corpus = Corpus.objects.filter(slug=options["corpus"]).first()
        if corpus is None:
            raise CommandError(f"There is no corpus “{options['corpus']}”.")
        if not corpus.suggests:
            raise CommandError("Suggestions are switched off in this corpus.")
        rows = Document.objects.filter(corpus=corpus, removed_at=None) if options["again"] else suggesting.pending()
        waiting = list(rows.filter(corpus=corpus).order_by("id").values_list("pk", flat=True))
        made = sum(suggesting.look_through(pk) for pk in waiting)
        learned = lessons.of_corpus(corpus.pk).examples
        if options["json"]:
            self.stdout.write(json.dumps({"documents": len(waiting), "suggestions": made, "learned_from": learned}))
            return
        self.stdout.write(
            f"{made} suggestions in {len(waiting)} documents; learned from {learned} decisions and passages"
        )
