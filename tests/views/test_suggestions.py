"""The page of suggestions: precision of each suggester, cues, the switch; a document looked through on demand."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Asked, Corpus, Suggestion
from annotations.services import precision, suggesting, suggestions
from annotations.services.op import writing
from tests.factories import NOW, Cast, make_document
from tests.views.people import People, words

pytestmark = pytest.mark.django_db
TEXT = "\n\n".join(f"2024年第{n}项调查显示，全球{n}0%的算力集中于少数发达国家。早餐在八点。" for n in range(1, 9))


@pytest.fixture(autouse=True)
def on(settings: Any) -> None:
    settings.AIGOV_SUGGEST = True


def decide(cast: Cast, *answers: bool) -> None:
    rows = Suggestion.objects.filter(state="open").select_related("document").order_by("id")[: len(answers)]
    for row, yes in zip(list(rows), answers, strict=True):
        with writing(by=cast["annotator"]) as op:
            (suggestions.accept if yes else suggestions.reject)(op, row)


def test_running_share_is_of_the_last_fifty() -> None:
    assert precision.running([True, False, True]) == [1.0, 0.5, pytest.approx(2 / 3)]
    assert precision.running([False] * 60 + [True] * 50)[-1] == 1.0
    assert precision.running([]) == [] and precision.share(0, 0) is None
    assert len(precision.thinned([0.5] * 1_000)) == precision.POINTS


def test_precision_is_what_was_accepted_of_what_was_decided(people: People) -> None:
    cast = people.cast
    document = make_document(cast["annotator"], TEXT)
    suggesting.look_through(document.pk)
    waiting = Suggestion.objects.count()
    decide(cast, True, True, True, False)
    [record] = precision.records(cast["viewer"])
    assert (record.accepted, record.rejected, record.waiting) == (3, 1, waiting - 4)
    assert record.precision == record.last == 0.75 and len(record.curve) == 4
    assert record.line.startswith("0.0,1.0 ")
    page = words(people.get("viewer", "suggestion_report"))
    assert "75%" in page and "Claims and proposals" in page and "no text is sent anywhere" in page
    assert "Switch off" not in page


def test_an_admin_switches_them_off_and_on(people: People) -> None:
    cast = people.cast
    suggesting.look_through(make_document(cast["annotator"], TEXT).pk)
    assert "Switch off" in words(people.get("admin", "suggestion_report"))
    people.post("admin", "suggestion_report", action="off")
    assert not Corpus.objects.get(pk=cast.corpus.pk).suggests and not Suggestion.objects.exists()
    assert "Off in this corpus" in words(people.get("viewer", "suggestion_report"))
    people.post("admin", "suggestion_report", action="on")
    assert suggesting.corpora() == [cast.corpus.pk]
    assert people.post("editor", "suggestion_report", action="off").status_code == 403


def test_all_texts_are_looked_through_again(people: People) -> None:
    document = make_document(people.cast["annotator"], TEXT)
    suggesting.look_through(document.pk)
    assert suggesting.corpora() == []
    people.post("admin", "suggestion_report", action="again")
    assert suggesting.corpora() == [people.cast.corpus.pk]


def test_a_document_is_looked_through_on_demand(people: People) -> None:
    document = make_document(people.cast["annotator"], TEXT)
    assert "Suggest claims" in words(people.get("annotator", "document_read", document.pk))
    assert "Suggest claims" not in words(people.get("viewer", "document_read", document.pk))
    sent = people.post("annotator", "document_suggest", document.pk)
    assert sent.status_code == 302 and sent.headers["Location"] == document.get_absolute_url()
    assert Suggestion.objects.exists()
    assert people.post("annotator", "document_suggest", 999).status_code == 404


def test_an_admin_is_told_what_is_sent_where_and_agrees(people: People, settings: Any) -> None:
    assert "Language model" not in words(people.get("admin", "suggestion_report"))
    settings.AIGOV_MODEL_URL, settings.AIGOV_MODEL_NAME = "https://model.example:8443/v1", "small"
    settings.AIGOV_MODEL_KEY = "sesame"
    page = words(people.get("admin", "suggestion_report"))
    assert "is sent to model.example:8443 in pieces" in page and "no text is sent anywhere" in page
    assert "Send all texts to" not in words(people.get("editor", "suggestion_report"))
    assert people.post("editor", "suggestion_report", action="send").status_code == 403
    people.post("admin", "suggestion_report", action="send")
    assert Corpus.objects.get(pk=people.cast.corpus.pk).sends_to == "model.example:8443"
    for role in ("admin", "viewer"):
        page = words(people.get(role, "suggestion_report"))
        assert "are sent to the language model at model.example:8443" in page and "anywhere" not in page
        assert "sesame" not in page and ("Stop sending" in page) == (role == "admin")
    people.post("admin", "suggestion_report", action="keep")
    assert Corpus.objects.get(pk=people.cast.corpus.pk).sends_to == ""


def test_what_went_wrong_is_told(people: People, settings: Any) -> None:
    settings.AIGOV_MODEL_URL, settings.AIGOV_MODEL_NAME = "https://model.example/v1", "small"
    document = make_document(people.cast["annotator"], TEXT)
    Corpus.objects.update(sends_to="model.example")
    problem = {"code": "x", "template": "“%(host)s” answered with the status %(status)s.",
               "params": {"host": "model.example", "status": 401}}  # fmt: skip
    Asked.objects.create(
        document=document, text_version=document.current, missing=3, unusable=1, problem=problem, updated_at=NOW
    )
    page = words(people.get("viewer", "suggestion_report"))
    assert "Last problem: “model.example” answered with the status 401." in page
    assert "1 document still to be sent" in page and "3 quotations left out: not in the text" in page


def test_nothing_suggested_yet(people: People) -> None:
    assert "No suggestions yet" in words(people.get("viewer", "suggestion_report"))


def test_over_http(people: People) -> None:
    document = make_document(people.cast["annotator"], TEXT)
    address = f"/api/documents/{document.pk}/suggestions/"
    assert people.client("viewer").post(address, {}, content_type="application/json").status_code == 403
    told = people.client("annotator").post(address, {}, content_type="application/json").json()
    assert told["count"] == Suggestion.objects.count() > 0
    [first, *_] = told["results"]
    assert first["suggester"] == "cues" and first["kind"] and first["reasons"] and first["state"] == "open"
