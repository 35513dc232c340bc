"""One row of each kind that people edit, made when it is first asked for."""

from __future__ import annotations

from annotations.models import (
    Comment,
    Corpus,
    Document,
    Member,
    Relation,
    SavedView,
    Source,
    Statement,
    Tag,
    Verification,
)
from annotations.services import comments, relations, saved_views
from annotations.services.op import writing
from tests import checks
from tests.factories import make_document, mark
from tests.views.people import People


def claim(people: People) -> Statement:
    return Statement.objects.filter(corpus=people.cast.corpus).first() or checks.make_claim(people.cast)


def proposal(people: People) -> Statement:
    found = Statement.objects.filter(corpus=people.cast.corpus, kind="proposal").first()
    if found is None:
        mark(people.cast["annotator"], make_document(people.cast["annotator"]), "a global standards body", "proposal")
    return found or proposal(people)


def check(people: People) -> Verification:
    return Verification.objects.filter(corpus=people.cast.corpus).first() or checks.begin(people.cast, claim(people))


def source(people: People) -> Source:
    return Source.objects.filter(corpus=people.cast.corpus).first() or checks.make_source(people.cast)


def document(people: People) -> Document:
    return Document.objects.filter(corpus=people.cast.corpus).first() or make_document(people.cast["annotator"])


def tag(people: People) -> Tag:
    return Tag.objects.filter(corpus=people.cast.corpus).order_by("id")[0]


def comment(people: People) -> Comment:
    with writing(by=people.cast["editor"]) as op:
        found = Comment.objects.filter(corpus=people.cast.corpus).first()
        return found or comments.create(op, claim(people), "As it was.")


def relation(people: People) -> Relation:
    with writing(by=people.cast["editor"]) as op:
        found = Relation.objects.filter(corpus=people.cast.corpus).first()
        return found or relations.relate(op, claim(people), proposal(people), "supports", rationale="As it was.")


def view(people: People) -> SavedView:
    with writing(by=people.cast["editor"]) as op:
        found = SavedView.objects.filter(corpus=people.cast.corpus).first()
        return found or saved_views.save(op, name="Ours", query="status=queued", shared=True)


def member(people: People) -> Member:
    return Member.objects.get(pk=people.cast["viewer"].pk)


def corpus(people: People) -> Corpus:
    return Corpus.objects.get(pk=people.cast.corpus.pk)
