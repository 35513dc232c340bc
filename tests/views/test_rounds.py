"""Pages of coding rounds: opening, coding, ending, closing, figures, settling, the table."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation, Assignment, Round, Statement
from annotations.services import rounds
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document
from tests.services.test_rounds import BODY, TESTS, closed, code, coded, end, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def client_of(cast: Cast, role: str) -> Client:
    client = Client()
    client.force_login(cast.user(role))
    return client


def url(cast: Cast, name: str, *args: object) -> str:
    return reverse(name, args=[cast.corpus.slug, *args])


def test_opening(cast: Cast) -> None:
    documents = [make_document(cast["annotator"], f"Number {n}. Tests are needed.") for n in range(3)]
    client = client_of(cast, "editor")
    given = {
        "name": "Pilot", "documents": [documents[0].pk], "drawn": "1", "each": "2", "blind": "on",
        "coders": [cast["annotator"].pk, cast["checker"].pk], "guide": "Mark **claims**.",
    }  # fmt: skip
    response = client.post(url(cast, "round_new"), given)
    made = Round.objects.get()
    assert response.status_code == 302 and response["Location"] == made.get_absolute_url()
    assert made.documents.count() == 2 and documents[0] in made.documents.all()
    page = client_of(cast, "annotator").get(made.get_absolute_url()).content.decode()
    assert "<strong>claims</strong>" in page and url(cast, "round_code", made.pk, documents[0].pk) in page
    assert "Pilot" in client.get(url(cast, "round_list")).content.decode()


def test_too_few_coders_is_said_and_nothing_lost(cast: Cast) -> None:
    document = make_document(cast["annotator"])
    given = {"name": "Pilot", "documents": [document.pk], "each": "2", "coders": [cast["annotator"].pk]}
    response = client_of(cast, "editor").post(url(cast, "round_new"), given)
    page = response.content.decode()
    assert "Each document needs 2 coders" in page and 'value="Pilot"' in page
    assert not Round.objects.exists()


def test_the_reader_of_a_round(cast: Cast) -> None:
    round = make_round(cast)
    document = round.documents.order_by("pk")[0]
    made = code(cast["annotator"], round, document, BODY, "claim")
    here = url(cast, "round_code", round.pk, document.pk)
    page = client_of(cast, "annotator").get(here)
    layer = reverse("api_round_annotations", args=[round.pk, document.pk])
    assert page.status_code == 200 and f'data-api="{layer}"' in page.content.decode() and layer in page["Link"]
    found = client_of(cast, "annotator").get(layer).json()["results"]
    assert [row["id"] for row in found] == [made.pk] and found[0]["statements"][0]["kind"] == "claim"
    assert client_of(cast, "checker").get(layer).json()["results"] == []
    ordinary = reverse("api_annotations", args=[document.pk])
    assert client_of(cast, "annotator").get(ordinary).json()["results"] == []
    assert client_of(cast, "reviewer").get(here).status_code == 404  # not theirs to code


def test_ending_leads_to_the_next_document(cast: Cast) -> None:
    round = make_round(cast)
    client = client_of(cast, "annotator")
    first, second = (row.document for row in rounds.own(round, cast["annotator"]))
    code(cast["annotator"], round, first, BODY, "claim")
    refused = client.post(url(cast, "round_state", round.pk, first.pk), {"state": "nothing"}, follow=True)
    assert "end the document with “done”" in refused.content.decode()
    response = client.post(url(cast, "round_state", round.pk, first.pk), {"state": "done"})
    assert response["Location"] == url(cast, "round_code", round.pk, second.pk)
    response = client.post(url(cast, "round_state", round.pk, second.pk), {"state": "nothing"})
    assert response["Location"] == round.get_absolute_url()
    states = Assignment.objects.filter(layer__member=cast["annotator"]).values_list("state", flat=True)
    assert sorted(states) == ["done", "nothing"]
    response = client.post(url(cast, "round_state", round.pk, first.pk), {"state": "open"})
    assert response["Location"] == url(cast, "round_code", round.pk, first.pk)


def test_closing_shows_figures(cast: Cast) -> None:
    round = coded(cast)
    editor = client_of(cast, "editor")
    response = editor.post(round.get_absolute_url(), {"seen": str(round.version)})
    assert response.status_code == 200 and "not finished" in response.content.decode()
    with writing(by=cast["editor"]) as op:
        rounds.update(op, Round.objects.get(pk=round.pk), guide="New")
    stale = editor.post(round.get_absolute_url(), {"seen": str(round.version), "anyway": "on"})
    assert stale.status_code == 409 and "meanwhile" in stale.content.decode()
    assert editor.post(round.get_absolute_url(), {"seen": "2", "anyway": "on"}).status_code == 302
    page = client_of(cast, "viewer").get(round.get_absolute_url()).content.decode()
    assert "unitizing alpha" in page and "Take this one" not in page and ">1.00<" in page


def test_settling(cast: Cast) -> None:
    round = closed(cast)
    first, second = round.documents.order_by("pk")
    reviewer = client_of(cast, "reviewer")
    assert "Take over 1 place" in reviewer.get(round.get_absolute_url()).content.decode()
    assert reviewer.post(url(cast, "round_agreed", round.pk)).status_code == 302
    assert Statement.objects.get().text == BODY
    here = url(cast, "round_places", round.pk, first.pk)
    page = reviewer.get(here).content.decode()
    assert "other tags" in page and TESTS in page and BODY not in page  # the settled one is not shown
    assert BODY in reviewer.get(here + "?show=all").content.decode()
    tagged = Annotation.objects.exclude(layer=None).exclude(tag_rows=None).get()
    anchor = tagged.anchors.get()
    given = {"start": anchor.start, "end": anchor.end, "annotation": tagged.pk, "reason": ""}
    assert reviewer.post(here, given).status_code == 302
    assert Statement.objects.filter(kind="claim").get().text == TESTS
    again = reviewer.post(here, given)
    assert "settled this place" in again.content.decode()
    there = url(cast, "round_places", round.pk, second.pk)
    none = {"start": anchor.start, "end": anchor.end, "annotation": "", "reason": ""}
    assert "Say why" in reviewer.post(there, none).content.decode()
    assert reviewer.post(there, {**none, "reason": "No claim."}).status_code == 302
    assert "Everything here is settled" in reviewer.get(there).content.decode()
    assert "No claim." in reviewer.get(there + "?show=all").content.decode()


def test_the_table(cast: Cast) -> None:
    round = closed(cast)
    response = client_of(cast, "viewer").get(url(cast, "round_table", round.pk))
    rows = list(csv.reader(io.StringIO(response.content.decode())))
    assert rows[0] == ["annotator", "category", "start", "end", "document"] and len(rows) == 7
    assert "attachment" in response["Content-Disposition"]
    still = make_round(cast)
    assert client_of(cast, "viewer").get(url(cast, "round_table", still.pk)).status_code == 302


def test_a_round_of_another_corpus_is_not_there(cast: Cast) -> None:
    other = make_cast("Other")
    round = make_round(other)
    for name in ("round_detail", "round_table"):
        assert client_of(cast, "admin").get(url(cast, name, round.pk)).status_code == 404


def test_an_open_round_tells_nothing_of_what_was_marked(cast: Cast) -> None:
    round = coded(cast)
    end(cast["checker"], round, round.documents.order_by("pk")[1])
    for role in ("admin", "checker"):
        page = client_of(cast, role).get(round.get_absolute_url()).content.decode()
        assert BODY not in page and "alpha" not in page
        api = client_of(cast, role).get(reverse("api_round", args=[round.pk])).json()
        assert api["report"] == [] and {one["ended"] for one in api["coders"]} == {2}
    places = reverse("api_round_places", args=[round.pk, round.documents.order_by("pk")[0].pk])
    assert client_of(cast, "admin").get(places).status_code == 409


def test_a_permalink_leads_to_the_round(cast: Cast) -> None:
    round = make_round(cast)
    made = code(cast["annotator"], round, round.documents.order_by("pk")[0], BODY, "claim")
    response = client_of(cast, "annotator").get(reverse("annotation_permalink", args=[made.pk]))
    assert response.status_code == 302 and response["Location"] == round.get_absolute_url()
