"""A language model that suggests: asked only where an admin agreed, about the text alone, believed word for word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from annotations import jobs
from annotations.models import Annotation, Asked, Corpus, Document, Event, Member, Suggestion
from annotations.rules.errors import Forbidden, Refused
from annotations.services import asking, language_model, precision, suggested, suggesting, suggestions, undo, versions
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document
from tests.services.test_versions import prepared
from tests.web import Handler, Web
from tests.web import web as opened

pytestmark = pytest.mark.django_db
CLAIM, PROPOSAL = "全球80%的算力集中于少数发达国家。", "建议设立全球人工智能基金。"
TEXT = f"""人工智能治理的两个问题

{CLAIM}命运的钥匙就在我们手中。港口潮汐记录存放在旧楼，会议记录也存放在旧楼。早餐在八点开始供应。

{PROPOSAL}谁来为这一切承担责任？没有人说话，大家都去吃早餐了，晚餐也没有人说话。
"""


class Model:
    """What answers at /v1/chat/completions: `quotes` of (quote, kind), or whatever `answer` does."""

    def __init__(self, web: Web) -> None:
        self.quotes: list[tuple[str, str]] = [("全球80%的算力集中於少數發達國家。", "claim"), (PROPOSAL, "proposal")]
        self.asked: list[dict[str, Any]] = []
        self.answer = self.quoting
        web.names["model"] = ["127.0.0.1"]
        web.pages["/v1/chat/completions"] = self.serve

    def serve(self, handler: Handler) -> None:
        self.asked.append(json.loads(handler.content))
        self.answer(handler)

    def quoting(self, handler: Handler) -> None:
        rows = [{"quote": quote, "kind": kind, "likely": 0.8} for quote, kind in self.quotes]
        self.say(handler, json.dumps({"passages": rows}, ensure_ascii=False))

    @staticmethod
    def say(handler: Handler, content: str) -> None:
        body = {"choices": [{"message": {"role": "assistant", "content": content}}]}
        handler.give(json.dumps(body).encode(), mime="application/json")

    @property
    def told(self) -> list[str]:
        return [one["messages"][1]["content"] for one in self.asked]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Model]:
    settings.AIGOV_SUGGEST = True
    settings.AIGOV_MODEL_URL, settings.AIGOV_MODEL_NAME, settings.AIGOV_MODEL_KEY = "http://model/v1", "small", "sesame"
    with opened(monkeypatch) as web:
        yield Model(web)


@pytest.fixture
def cast(model: Model) -> Cast:
    return make_cast()


def agree(cast: Cast, on: bool = True) -> None:
    with writing(by=Member.objects.select_related("corpus").get(pk=cast["admin"].pk)) as op:
        asking.switch(op, on)


def ask_all(cast: Cast) -> int:
    turns = 0
    while asking.step(cast.corpus.pk):
        turns += 1
    return turns


def waiting(document: Document) -> dict[str, str]:
    rows = Suggestion.objects.filter(document=document, suggester="model", state="open")
    return {row.quote: row.kind for row in rows}


def test_nothing_is_sent_until_an_admin_agrees(cast: Cast, model: Model) -> None:
    make_document(cast["annotator"], TEXT)
    jobs.regular()
    assert asking.corpora() == [] and model.asked == [] and not asking.step(cast.corpus.pk)
    with pytest.raises(Forbidden), writing(by=cast["editor"]) as op:
        asking.switch(op, True)
    agree(cast)
    assert asking.corpora() == [cast.corpus.pk]
    told = Event.objects.filter(kind="corpus.updated").latest("seq")
    assert '"sends_to":["","model"]' in told.payload.replace(" ", "")


def test_quotations_become_suggestions_and_no_annotation(cast: Cast, model: Model) -> None:
    document = make_document(cast["annotator"], TEXT)
    agree(cast)
    ask_all(cast)
    assert waiting(document) == {CLAIM: "claim", PROPOSAL: "proposal"}
    assert not Annotation.objects.exists() and asking.corpora() == []
    row = Suggestion.objects.get(quote=CLAIM)
    assert (row.score, row.reasons, TEXT[row.start : row.end]) == (0.8, [], CLAIM)


def test_the_text_goes_and_nothing_else(cast: Cast, model: Model) -> None:
    make_document(cast["annotator"], TEXT, title="Secret title")
    agree(cast)
    ask_all(cast)
    [body] = model.asked
    assert body["model"] == "small" and set(body) == {"model", "temperature", "response_format", "messages"}
    assert model.told == [TEXT.strip()]
    assert "Secret title" not in json.dumps(body) and str(cast["annotator"]) not in json.dumps(body)


def test_what_does_not_stand_in_the_text_is_dropped_and_counted(cast: Cast, model: Model) -> None:
    model.quotes = [(CLAIM, "claim"), ("全球90%的算力集中于少数发达国家。", "claim"), ("八点", "claim")]
    document = make_document(cast["annotator"], TEXT)
    agree(cast)
    ask_all(cast)
    assert waiting(document) == {CLAIM: "claim"}
    assert asking.progress(Corpus.objects.get())["missing"] == 2


@pytest.mark.parametrize(
    "content",
    ["I found nothing.", "{}", '{"passages": 1}', "[" * 2_000, "null", '"passages"', ""],
)  # fmt: skip
def test_an_answer_without_the_shape_is_left_out(cast: Cast, model: Model, content: str) -> None:
    model.answer = lambda handler: model.say(handler, content)
    make_document(cast["annotator"], TEXT)
    agree(cast)
    ask_all(cast)
    told = asking.progress(Corpus.objects.get())
    assert (told["unusable"], told["waiting"], len(model.asked)) == (1, 0, 1)
    assert "shape" in str(told["problem"]) and not Suggestion.objects.exists()


@pytest.mark.parametrize(
    "row",
    [
        None, 5, {}, {"quote": CLAIM}, {"quote": CLAIM, "kind": "joke"}, {"quote": 5, "kind": "claim"},
        {"quote": "", "kind": "claim"}, {"quote": "长" * 3_000, "kind": "claim"},
    ],
)  # fmt: skip
def test_a_quotation_without_the_shape_is_left_out(row: object) -> None:
    assert language_model.quotation(row) is None


@pytest.mark.parametrize(
    ("likely", "score"), [(0.7, 0.7), (7, 1.0), (-1, 0.0), ("high", 0.5), (True, 0.5), (1e999, 0.5)]
)
def test_how_likely_is_a_number_from_0_to_1(likely: object, score: float) -> None:
    found = language_model.quotation({"quote": CLAIM, "kind": "claim", "likely": likely})
    assert found is not None and found.score == score


def test_fences_around_the_answer_are_taken_off() -> None:
    content = '```json\n{"passages": [{"quote": "a claim", "kind": "claim"}]}\n```'
    [one] = language_model.quotations({"choices": [{"message": {"content": content}}]})
    assert one.quote == "a claim"


def test_a_long_text_goes_in_pieces_and_each_keeps_what_it_gave(cast: Cast, model: Model) -> None:
    body = "\n\n".join(
        f"{CLAIM}第{n}段写的是港口的潮汐。" + "早餐在八点开始供应，会议记录存放在旧楼。" * 20 for n in range(20)
    )
    document = make_document(cast["annotator"], body)
    agree(cast)
    model.quotes = [(CLAIM, "claim")] * 20
    ask_all(cast)
    assert len(model.told) > 2 and all(len(told) <= 3_000 for told in model.told)
    assert "".join(model.told).replace("\n", "") == body.replace("\n", "")
    assert Suggestion.objects.filter(document=document, state="open").count() == 20
    assert Asked.objects.get().done


def test_a_service_that_is_away_is_asked_later(cast: Cast, model: Model) -> None:
    make_document(cast["annotator"], TEXT)
    agree(cast)
    model.answer = lambda handler: handler.give(b"", status=503)
    assert not asking.step(cast.corpus.pk) and asking.corpora() == [cast.corpus.pk]
    assert "503" in str(asking.progress(Corpus.objects.get())["problem"])
    model.answer = model.quoting
    jobs.regular()
    assert asking.corpora() == [] and Suggestion.objects.exists()
    assert asking.progress(Corpus.objects.get())["problem"] is None


def test_a_piece_that_the_service_refuses_does_not_hold_up_the_others(cast: Cast, model: Model) -> None:
    make_document(cast["annotator"], TEXT)
    agree(cast)
    model.answer = lambda handler: handler.give(b"", status=413)
    assert asking.step(cast.corpus.pk)
    assert Asked.objects.get().unusable == 1


def test_two_processes_do_not_ask_the_same(cast: Cast, model: Model) -> None:
    make_document(cast["annotator"], TEXT)
    agree(cast)
    assert asking.step(cast.corpus.pk)
    Asked.objects.update(done=False, upto=0, lease_until=timezone.now() + timedelta(seconds=60))
    assert not asking.step(cast.corpus.pk) and len(model.asked) == 1
    Asked.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert asking.step(cast.corpus.pk) and len(model.asked) == 2


def test_a_new_version_is_asked_about_anew(cast: Cast, model: Model) -> None:
    document = make_document(cast["annotator"], TEXT)
    agree(cast)
    ask_all(cast)
    with writing(by=cast["annotator"]) as op:
        versions.add_version(op, document, prepared(TEXT.replace("80%", "85%")))
    assert asking.corpora() == [cast.corpus.pk]
    ask_all(cast)
    assert len(model.asked) == 2 and set(waiting(document)) == {PROPOSAL}


def test_agreeing_ends(cast: Cast, model: Model, settings: Any) -> None:
    document = make_document(cast["annotator"], TEXT)
    agree(cast)
    ask_all(cast)
    settings.AIGOV_MODEL_URL = "http://another/v1"
    assert not asking.agreed(Corpus.objects.get()) and asking.corpora() == []  # that host was not agreed to
    settings.AIGOV_MODEL_URL = "http://model/v1"
    agree(cast, False)
    assert waiting(document) == {} and not Asked.objects.exists() and asking.corpora() == []
    settings.AIGOV_SUGGEST = False
    with pytest.raises(Refused):
        agree(cast)


def test_switching_suggestions_off_ends_it_for_good(cast: Cast, model: Model) -> None:
    document = make_document(cast["annotator"], TEXT)
    agree(cast)
    ask_all(cast)
    for on in (False, True):
        with writing(by=Member.objects.select_related("corpus").get(pk=cast["admin"].pk)) as op:
            suggesting.switch(op, on)
    assert waiting(document) == {} and not Asked.objects.exists()
    assert Corpus.objects.get().sends_to == "" and asking.corpora() == []


def test_who_stops_it_while_it_is_asked_gets_nothing_of_it(cast: Cast, model: Model) -> None:
    document = make_document(cast["annotator"], TEXT)
    agree(cast)

    def stopping(where: object, piece: str) -> list[Any]:
        agree(cast, False)
        return [language_model.Quoted(CLAIM, "claim", 0.9)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language_model, "ask", stopping)
        asking.step(cast.corpus.pk)
    assert waiting(document) == {} and not Asked.objects.exists()


def test_one_decision_counts_for_all_who_suggest_the_same(cast: Cast, model: Model) -> None:
    document = make_document(cast["annotator"], TEXT)
    suggesting.look_through(document.pk)
    agree(cast)
    ask_all(cast)
    document.refresh_from_db()
    shown = [row.quote for row in suggested.of_document(document, cast["viewer"])]
    assert shown.count(CLAIM) == shown.count(PROPOSAL) == 1
    row = next(row for row in suggested.of_document(document, cast["annotator"]) if row.quote == CLAIM)
    with writing(by=cast["annotator"], key="k") as op:
        annotation = suggestions.accept(op, row)
    twins = Suggestion.objects.filter(quote=CLAIM)
    assert {(one.suggester, one.state, one.annotation_id) for one in twins} == {
        ("cues", "accepted", annotation.pk), ("model", "accepted", annotation.pk),
    }  # fmt: skip
    assert {one.suggester: (one.accepted, one.rejected) for one in precision.records(cast["viewer"])} == {
        "cues": (1, 0), "model": (1, 0),
    }  # fmt: skip
    with writing(by=cast["annotator"]) as op:
        undo.undo(op, "k")
    assert set(twins.values_list("state", flat=True)) == {"open"}
