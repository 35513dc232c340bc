"""Suggestions by meaning: vectors are worked out once, by a job; decisions move what is suggested; the reason names the
accepted passage; without an embedding nothing of it happens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from annotations import jobs
from annotations.models import Document, Embedded, Event, Relation, Suggestion, Tag, Vector
from annotations.services import (
    close_statements,
    embedding,
    meaning,
    meaning_run,
    precision,
    suggested,
    suggesting,
    suggestions,
    vectors,
    versions,
)
from annotations.services.nearness import Judged, Taste, enough
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document, mark
from tests.services import tiny_model
from tests.services.test_embedding import WITHOUT
from tests.services.test_versions import prepared

pytestmark = pytest.mark.django_db
HARBOUR = [f"調查顯示，第{n}碼頭裝卸貨櫃增長{n}0%。" for n in range(1, 7)]
HOSPITAL = [f"調查顯示，第{n}醫院門診病患增長{n}0%。" for n in range(1, 7)]
TEXT = "\n\n".join(one for pair in zip(HARBOUR, HOSPITAL, strict=True) for one in pair)
FILLER = "\n\n" + "早餐在八點供應，會議記錄存放在舊樓的走廊。" * 12
LATER = "調查顯示，新碼頭裝卸貨櫃增長30%。\n\n調查顯示，新醫院門診病患增長30%。" + FILLER


class Counted:
    """A model that says which texts it was asked for."""

    def __init__(self, model: embedding.Embedding) -> None:
        self.model, self.digest = model, model.digest
        self.asked: list[str] = []

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        self.asked += texts
        return self.model.vectors(texts)


@pytest.fixture
def model(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counted:
    for name in embedding.PACKAGES:
        pytest.importorskip(name, reason=WITHOUT)
    settings.AIGOV_SUGGEST = True
    settings.AIGOV_EMBEDDING = tiny_model.write(tmp_path / "model", TEXT + LATER)
    found = embedding.load()
    assert found is not None
    counted = Counted(found)
    monkeypatch.setattr(embedding, "load", lambda: counted)
    return counted


@pytest.fixture
def cast(model: Counted) -> Cast:
    return make_cast()


def decided(cast: Cast) -> Document:
    """A document of which all about the harbour was accepted, and all about the hospital was turned down."""
    document = make_document(cast["annotator"], TEXT + FILLER * 4)
    suggesting.look_through(document.pk)
    for row in Suggestion.objects.filter(document=document).select_related("document").order_by("id"):
        with writing(by=cast["annotator"]) as op:
            (suggestions.accept if "碼頭" in row.quote else suggestions.reject)(op, row)
    assert (
        Suggestion.objects.filter(state="accepted").count() >= 6 <= Suggestion.objects.filter(state="rejected").count()
    )
    return document


def test_what_means_something_like_what_was_accepted_says_so(cast: Cast) -> None:
    decided(cast)
    document = make_document(cast["annotator"], LATER)
    jobs.regular()
    rows = {row.quote: row for row in Suggestion.objects.filter(document=document, suggester="meaning")}
    assert any("新碼頭" in quote for quote in rows) and not any("醫院" in quote for quote in rows)
    [reason] = next(row for quote, row in rows.items() if "新碼頭" in quote).reasons
    assert reason["code"] == "close" and "碼頭" in reason["words"][0]
    by_rules = Suggestion.objects.filter(document=document, suggester="cues", state="open")
    assert set(rows) <= {row.quote for row in by_rules}  # together no more of the text than the rules alone


def test_it_moves_what_is_likely(cast: Cast, settings: Any) -> None:
    decided(cast)
    document = make_document(cast["annotator"], LATER)

    def scores() -> tuple[float, float]:
        suggesting.look_through(document.pk)
        rows = Suggestion.objects.filter(document=document, suggester="cues")
        found = {row.quote[5:8]: row.score for row in rows}
        return found["新碼頭"], found.get("新醫院", 0.0)

    meaning_run.catch_up(cast.corpus.pk, seconds=60)
    harbour, hospital = scores()
    settings.AIGOV_EMBEDDING = None
    before = scores()
    assert harbour > before[0] and hospital < before[1]
    assert not Suggestion.objects.filter(document=document, suggester="meaning", state="open").exists()


def test_a_passage_of_both_is_shown_once_and_decided_once(cast: Cast) -> None:
    decided(cast)
    document = make_document(cast["annotator"], LATER)
    suggesting.catch_up(cast.corpus.pk)
    meaning_run.catch_up(cast.corpus.pk)  # and no search for repeats
    document.refresh_from_db()
    shown = [row for row in suggested.of_document(document, cast["viewer"]) if "新碼頭" in row.quote]
    codes = [reason["code"] for reason in shown[0].reasons]
    assert len(shown) == len({row.quote for row in shown}) and "close" in codes and len(codes) > 1
    with writing(by=cast["annotator"]) as op:
        suggestions.accept(op, Suggestion.objects.select_related("document").get(pk=shown[0].pk))
    told = {row.suggester: row.state for row in Suggestion.objects.filter(quote=shown[0].quote)}
    assert told == {"cues": "accepted", "meaning": "accepted"}
    records = {one.suggester: one for one in precision.records(cast["viewer"])}
    assert records["meaning"].accepted == 1 and records["meaning"].rejected == 0
    event = Event.objects.filter(kind="suggestion.offered").latest("seq")
    assert '"suggester":"meaning"' in event.payload.replace(" ", "")


def test_no_vector_is_worked_out_twice(cast: Cast, model: Counted) -> None:
    document = make_document(cast["annotator"], TEXT)
    jobs.regular()
    assert len(model.asked) == len(set(model.asked)) == Vector.objects.count() > 10
    assert meaning_run.corpora() == []
    with writing(by=cast["annotator"]) as op:
        versions.add_version(op, document, prepared(TEXT.replace("第1碼頭", "舊碼頭")))
    assert meaning_run.corpora() == [cast.corpus.pk]
    del model.asked[:]
    jobs.regular()
    assert model.asked and all("舊碼頭" in text for text in model.asked) and meaning_run.corpora() == []


def test_a_turn_ends_when_its_time_is_over_and_keeps_what_it_has(
    cast: Cast, model: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "BATCH", 4)
    make_document(cast["annotator"], TEXT)
    assert meaning_run.catch_up(cast.corpus.pk, seconds=0) is False
    assert Vector.objects.count() == 4 and not Embedded.objects.exists()
    turns = 1
    while not meaning_run.catch_up(cast.corpus.pk, seconds=0):
        turns += 1
    assert turns > 2 and len(model.asked) == len(set(model.asked)) and Embedded.objects.count() == 1
    assert meaning_run.left(cast.corpus.pk) == 0


def test_texts_are_looked_through_again_when_much_more_was_decided(cast: Cast) -> None:
    document = make_document(cast["annotator"], LATER)
    jobs.regular()
    assert not Suggestion.objects.filter(suggester="meaning").exists() and meaning_run.corpora() == []
    decided(cast)
    assert meaning_run.corpora() == [cast.corpus.pk]
    jobs.regular()
    assert Suggestion.objects.filter(suggester="meaning", document=document).exists()
    assert meaning_run.corpora() == [] and Embedded.objects.get(document=document).lessons >= 12


def test_another_model_begins_anew(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_document(cast["annotator"], TEXT)
    jobs.regular()
    count = Vector.objects.count()
    monkeypatch.undo()
    settings.AIGOV_SUGGEST = True
    settings.AIGOV_EMBEDDING = tiny_model.write(tmp_path / "other", TEXT[::-1])
    assert meaning_run.corpora() == [cast.corpus.pk]
    jobs.regular()
    assert set(Vector.objects.values_list("model", flat=True)) == {embedding.digest()}
    assert Vector.objects.count() == count and meaning_run.corpora() == []


def test_switched_off_nothing_waits_and_nothing_is_worked_out(cast: Cast, model: Counted) -> None:
    decided(cast)
    make_document(cast["annotator"], LATER)
    jobs.regular()
    with writing(by=cast["admin"]) as op:
        suggesting.switch(op, on=False)
    assert not Suggestion.objects.filter(suggester="meaning", state="open").exists()
    del model.asked[:]
    make_document(cast["annotator"], LATER + "又一份。")
    jobs.regular()
    assert model.asked == [] and meaning_run.corpora() == []


def test_without_an_embedding_nothing_changes(settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    settings.AIGOV_SUGGEST = True
    cast = make_cast()
    with django_capture_on_commit_callbacks(execute=True):
        make_document(cast["annotator"], TEXT)
    assert (
        meaning_run.catch_up(cast.corpus.pk) and meaning_run.corpora() == [] and meaning_run.left(cast.corpus.pk) == 0
    )
    assert meaning.taught(cast.corpus.pk, None, suggesting.lessons.of_corpus(cast.corpus.pk)).near == {}  # type: ignore
    assert not Vector.objects.exists() and set(Suggestion.objects.values_list("suggester", flat=True)) == {"cues"}


def test_a_text_is_read_by_the_model_after_it_was_added(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = make_document(cast["annotator"], TEXT)
    assert Embedded.objects.get().document_id == document.pk


def test_examples_of_the_codebook_are_examples(cast: Cast) -> None:
    Tag.objects.filter(corpus=cast.corpus).update(examples="- 2024年碼頭增長10%。\n\n• 短\n1. 新碼頭裝卸貨櫃增長30%。")
    assert {"2024年碼頭增長10%。": (True, 0.5, True), "新碼頭裝卸貨櫃增長30%。": (True, 0.5, True)} == meaning.examples(
        cast.corpus.pk
    )


def test_a_reason_says_when_it_is_an_example(cast: Cast) -> None:
    Tag.objects.filter(corpus=cast.corpus).update(examples="短；調查顯示，新碼頭裝卸貨櫃增長30%。")
    decided(cast)
    document = make_document(cast["annotator"], LATER)
    jobs.regular()
    rows = Suggestion.objects.filter(document=document, suggester="meaning", quote__contains="新碼頭")
    assert {"code": "close_example", "words": ["調查顯示，新碼頭裝卸貨櫃增長30%。"]} in [row.reasons[0] for row in rows]


def test_a_taste_needs_examples_of_both_kinds(model: Counted) -> None:
    judged = [Judged(words, *model.vectors([words]), "碼頭" in words) for words in HARBOUR + HOSPITAL]
    assert enough(judged) and not enough(judged[:6]) and not enough(judged[3:7]) and not enough([])
    taste = Taste(judged)
    near, far = taste.of(model.vectors(["碼頭貨櫃", "醫院病患"]))
    assert near.odds > 0 > far.odds and near.to.words in HARBOUR and far.to.words in HARBOUR and taste.of([]) == []


def test_statements_close_in_meaning_are_found_and_nothing_follows(
    cast: Cast, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(close_statements, "LEAST", 0.1)  # a model that knows characters only is no better
    document = make_document(cast["annotator"], TEXT)
    for words in HARBOUR + HOSPITAL:
        mark(cast["annotator"], document, words, "claim")
    assert close_statements.of(cast["viewer"], [HARBOUR[0]]) == []  # nothing is worked out while somebody waits
    with django_capture_on_commit_callbacks(execute=True):
        jobs.repeats.call(cast.corpus.pk)
    found = close_statements.of(cast["viewer"], [HARBOUR[0]])
    assert len(found) == 6 and all("碼頭" in one.words for one in found)
    assert found[0].words == HARBOUR[0] and found[0].score > 0.99 > found[1].score > 0.1
    first = found[0].statement.pk
    assert first not in [one.statement.pk for one in close_statements.of(cast["viewer"], [HARBOUR[0]], [first])]
    assert not Relation.objects.exists()
