"""The demo corpus: loaded from fixtures/demo by the services themselves, so that its history is a real one."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import transaction

from annotations.models import Corpus
from annotations.services import occasions
from annotations.services.demo import checks, desk, documents, people, rounds, statements, watched
from annotations.services.demo.content import Demo

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demo"


def load(folder: Path = FOLDER) -> tuple[Corpus, list[people.Login]]:
    """Load the demo when it is not there. Returns the corpus and the logins made now ([] when it was there)."""
    demo = Demo(folder)
    present = Corpus.objects.filter(slug=demo.slug, demo=True).first()
    if present is not None:
        return present, []
    with transaction.atomic():
        logins = people.make(demo)
        documents.load(demo)
        statements.make(demo)
        documents.mark(demo)
        statements.relate(demo)
        checks.walk(demo)
        documents.read(demo)
        watched.watch(demo)
        documents.revise(demo)
        watched.find(demo)
        people.guide(demo)
        desk.talk(demo)
        desk.decide(demo)
        desk.capture(demo)
        rounds.make(demo)
        occasions.come_due(demo.head["reference_date"])
    demo.corpus.refresh_from_db()
    return demo.corpus, logins
