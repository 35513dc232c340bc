"""manage.py search QUERY --corpus SLUG: what holds the words, with exact counts of every kind."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from annotations.models import Member
from annotations.rules.errors import Problem
from annotations.services import search as service
from annotations.services.search_query import KINDS
from annotations.services.search_things import Pieces, Thing


class Command(BaseCommand):
    help = "Search the texts of a corpus and what people made in it, as an administrator of it sees them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--corpus", required=True, help="slug of the corpus")
        parser.add_argument("--kind", choices=KINDS, default="passage", help="what to show; all kinds are counted")
        parser.add_argument("--limit", type=int, default=20)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        member = Member.objects.select_related("corpus").filter(corpus__slug=options["corpus"], role="admin").first()
        if member is None:
            raise CommandError(f"There is no corpus “{options['corpus']}”.")
        try:
            found = service.everything(member, options["query"], options["kind"], size=options["limit"])
        except Problem as problem:
            raise CommandError(str(problem)) from None
        if options["json"]:
            self.stdout.write(json.dumps(_plain(found), ensure_ascii=False, indent=1))
            return
        for line in _lines(found):
            self.stdout.write(line)


def _lines(found: service.Found) -> list[str]:
    texts = found.passages
    counted = ", ".join(f"{kind} {count}" for kind, count in found.counts.items())
    head = f"{texts.hits} hits in {texts.sentences} sentences of {texts.documents} documents; {texts.repeated} more"
    lines = [f"{head} in repeated bodies" if found.kind == "passage" else f"{found.counts[found.kind]} of {counted}"]
    lines += [f"{hit.title} ¶{hit.paragraph}: {_marked(hit.pieces)}" for hit in texts.rows if found.kind == "passage"]
    lines += [f"{_name(thing)}: {' / '.join(map(_marked, thing.fields))}" for thing in found.things.rows]
    return lines


def _marked(pieces: Pieces) -> str:
    return "".join(f"[{piece}]" if on else piece for piece, on in pieces)


def _name(thing: Thing) -> str:
    return str(getattr(thing.row, "label", "") or f"{thing.kind} {thing.row.pk}")


def _plain(found: service.Found) -> dict[str, Any]:
    texts = found.passages
    return {
        "counts": found.counts, "hits": texts.hits, "sentences": texts.sentences, "documents": texts.documents,
        "repeated_hits": texts.repeated, "kind": found.kind,
        "results": [*map(_hit, texts.rows if found.kind == "passage" else ()), *map(_thing, found.things.rows)],
    }  # fmt: skip


def _hit(hit: service.Hit) -> dict[str, Any]:
    text = "".join(piece for piece, _ in hit.pieces)
    return {"document": hit.document_id, "title": hit.title, "paragraph": hit.paragraph, "spans": hit.raw, "text": text}


def _thing(thing: Thing) -> dict[str, Any]:
    texts = ["".join(piece for piece, _ in field) for field in thing.fields]
    return {"kind": thing.kind, "id": thing.row.pk, "name": _name(thing), "fields": texts}
