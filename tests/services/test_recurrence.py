"""Repeats of known statements: found in new texts and in old ones, as the same or as a variant, never once turned
down."""

from __future__ import annotations

import pytest

from annotations.models import Document, Sentence, Sketch, Suggestion
from annotations.services import documents, due, recurrence, sketches, suggested, suggestions, versions
from annotations.services.op import writing
from annotations.text import reuse
from tests.factories import Cast, make_cast, make_document, mark
from tests.services.test_versions import prepared

pytestmark = pytest.mark.django_db
FIRST = "序言\n\n2024年全球人工智能相关事故飙升至233起，同比激增56.4%。各国应当建立统一的事故通报制度。\n"
SAME = "報導\n\n另據報導，2024年全球人工智慧相關事故飆升至233起，同比激增56.4%，引發各界關注。天氣很好。\n"
OTHER = "旧闻\n\n据统计，2024年全球人工智能相关事故飙升至233起，同比激增54%。各国应当建立统一的事故通报制度。\n"
CLAIM = "2024年全球人工智能相关事故飙升至233起，同比激增56.4%"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def seen(cast: Cast, document: Document) -> list[tuple[str, str, str, str]]:
    rows = suggested.of_document(Document.objects.get(pk=document.pk), cast["viewer"])
    return [(row.statement.label if row.statement else "", row.quote, row.fit, row.difference) for row in rows]


def look(cast: Cast) -> None:
    assert recurrence.catch_up(cast.corpus.pk, 60.0)


def test_a_new_text_is_looked_through_for_what_is_known(cast: Cast) -> None:
    mark(cast["annotator"], make_document(cast["annotator"], FIRST), CLAIM, "claim")
    same, other = make_document(cast["annotator"], SAME), make_document(cast["annotator"], OTHER)
    look(cast)
    assert seen(cast, same) == [("C-1", "2024年全球人工智慧相關事故飆升至233起，同比激增56.4%", "same", "")]
    assert seen(cast, other) == [("C-1", "2024年全球人工智能相关事故飙升至233起，同比激增54%", "variant", "number")]
    row = Suggestion.objects.get(document=other)
    assert row.reasons == [{"code": "changed", "words": ["56.4%", "54%"]}] and 0.9 < row.score < 1
    assert Suggestion.objects.get(document=same).reasons == [{"code": "same_words", "words": []}]
    assert due.corpora() == [cast.corpus.pk]  # what was put are news, too
    look(cast)
    assert due.corpora() == [] and Suggestion.objects.count() == 2


def test_a_new_passage_is_looked_for_in_all_texts(cast: Cast) -> None:
    first, second = make_document(cast["annotator"], FIRST), make_document(cast["annotator"], OTHER)
    look(cast)
    mark(cast["annotator"], first, "各国应当建立统一的事故通报制度", "proposal")
    look(cast)
    assert seen(cast, second) == [("P-1", "各国应当建立统一的事故通报制度", "same", "")]
    assert seen(cast, first) == []  # it stands there already


def test_what_was_turned_down_or_marked_does_not_come_back(cast: Cast) -> None:
    mark(cast["annotator"], make_document(cast["annotator"], FIRST), CLAIM, "claim")
    other = make_document(cast["annotator"], OTHER)
    look(cast)
    row = Suggestion.objects.get()
    with writing(by=cast["annotator"]) as op:
        suggestions.reject(op, row)
    again = make_document(cast["annotator"], f"又一篇\n\n{OTHER}")
    look(cast)
    assert seen(cast, other) == [] == seen(cast, again)


def test_an_accepted_variant_is_known_as_that_variant(cast: Cast) -> None:
    mark(cast["annotator"], make_document(cast["annotator"], FIRST), CLAIM, "claim")
    make_document(cast["annotator"], OTHER)
    look(cast)
    with writing(by=cast["annotator"]) as op:
        suggestions.accept(op, Suggestion.objects.get())
    again = make_document(cast["annotator"], f"又一篇\n\n{OTHER}")
    look(cast)
    found = ("C-1", "2024年全球人工智能相关事故飙升至233起，同比激增54%", "variant", "number")
    assert seen(cast, again) == [found]
    assert Suggestion.objects.get(document=again).score == 1.0


def test_a_new_version_is_looked_at_anew(cast: Cast) -> None:
    mark(cast["annotator"], make_document(cast["annotator"], FIRST), CLAIM, "claim")
    document = make_document(cast["annotator"], "空白\n\n这里什么也没有。\n")
    look(cast)
    before = Sketch.objects.count()
    with writing(by=cast["annotator"]) as op:
        versions.add_version(op, document, prepared(SAME))
    assert sketches.pending(cast.corpus.pk) == [document.pk]
    look(cast)
    assert len(seen(cast, document)) == 1 and Sketch.objects.count() > before
    ids = set(Sentence.objects.filter(document=document).values_list("pk", flat=True))
    stale = Sketch.objects.exclude(sentence__in=Sentence.objects.values("pk"))
    assert not stale.exists() and Sketch.objects.filter(sentence__in=ids).exists()


def test_a_statement_longer_than_a_sentence_is_found_whole(cast: Cast) -> None:
    quote = "同比激增56.4%。各国应当建立统一的事故通报制度"
    mark(cast["annotator"], make_document(cast["annotator"], FIRST), quote, "claim")
    text = FIRST.replace("序言", "摘要").replace("飙升至233起，", "飙升至233起，据报道，")
    document = make_document(cast["annotator"], text)
    look(cast)
    assert seen(cast, document) == [("C-1", quote, "same", "")]


def test_more_like_this_is_found_at_once_in_this_corpus_only(cast: Cast) -> None:
    documents_ = [make_document(cast["annotator"], text) for text in (FIRST, SAME, OTHER)]
    stranger = make_cast("Elsewhere")
    make_document(stranger["annotator"], SAME)
    look(cast)
    look(stranger)
    found = recurrence.more_like(cast["viewer"], CLAIM)
    assert [one.document for one in found] == [document.pk for document in documents_]
    assert [one.verdict.fit for one in found] == ["same", "same", "variant"]
    with writing(by=cast["editor"]) as op:
        documents.remove(op, documents_[1])
    assert len(recurrence.more_like(cast["viewer"], CLAIM)) == 2
    assert recurrence.more_like(cast["viewer"], "……") == []


def test_the_job_leaves_the_rest_for_its_next_turn(cast: Cast) -> None:
    for text in (FIRST, SAME, OTHER):
        make_document(cast["annotator"], text)
    assert not recurrence.catch_up(cast.corpus.pk, 0.0)
    assert len(sketches.pending(cast.corpus.pk)) == 2
    look(cast)
    assert sketches.pending(cast.corpus.pk) == []


def test_common_runs_do_not_drown_the_rare_ones(cast: Cast) -> None:
    body = "\n".join(f"人工智能治理的第{number}条说的是别的事情，编号{number * 37}。" for number in range(200))
    make_document(cast["annotator"], f"长文\n\n{body}\n")
    wanted = make_document(cast["annotator"], "短文\n\n人工智能治理的第七条说的是算力资源分布不均。\n")
    look(cast)
    found = sketches.like(cast.corpus.pk, reuse.passage("人工智能治理的第七条说的是算力资源分布不均"))
    assert Sentence.objects.get(pk=found[0]).document_id == wanted.pk
