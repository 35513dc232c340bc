"""More like this and shared text over HTTP: what is found, where it stands, what is refused."""

from __future__ import annotations

import pytest
from django.test import Client

from annotations.services import recurrence
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db
SAID = "2024年全球人工智能相关事故飙升至233起，同比激增56.4%"
TURNED = "2024年全球人工智慧相關事故飆升至233起，同比激增54%"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_more_like_words_a_statement_an_annotation_and_a_place(client: Client, cast: Cast) -> None:
    first = make_document(cast["annotator"], f"序言\n\n{SAID}。各方意见不一。\n")
    second = make_document(cast["annotator"], f"報導\n\n據統計，{TURNED}。天氣很好。\n", title="第二篇")
    marked = mark(cast["annotator"], first, SAID, "claim")
    statement = marked.occurrences.get().statement
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    client.force_login(cast.user("viewer"))
    url = f"/api/corpora/{cast.corpus.pk}/alike/"
    assert first.current is not None and second.current is not None
    start = first.current.text.raw.index(SAID)
    place = {"document": first.pk, "start": start, "end": start + len(SAID)}
    for query in ({"q": SAID}, {"statement": statement.pk}, {"annotation": marked.pk}, place):
        data = client.get(url, query).json()
        own, other = data["results"]
        assert data["count"] == 2 and own["document"] == first.pk and own["score"] == 1.0
        assert own["statements"] == [statement.label] and other["statements"] == []
        assert (other["title"], other["fit"], other["difference"]) == ("第二篇", "variant", "number")
        assert second.current.text.raw[other["start"] : other["end"]] == other["quote"] == TURNED
        assert other["why"] == ["“56.4%” → “54%”"] and other["paragraph"] == 2
    page = client.get(url, {"q": SAID, "page_size": 1}).json()
    assert page["count"] == 2 and len(page["results"]) == 1 and "page=2" in page["next"]
    assert client.get(page["next"]).json()["results"] == data["results"][1:]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "a", "statement": 1},
        {"x": 1},
        {"statement": "C-1"},
        {"document": 1},
        {"document": 1, "start": 5, "end": 2},
    ],
)
def test_nonsense_is_refused(client: Client, cast: Cast, query: dict[str, object]) -> None:
    document = make_document(cast["annotator"])
    client.force_login(cast.user("viewer"))
    asked = {**query, "document": document.pk} if "document" in query else query
    assert client.get(f"/api/corpora/{cast.corpus.pk}/alike/", asked).status_code == 400


def test_nothing_of_another_corpus(client: Client, cast: Cast) -> None:
    other = make_cast("Elsewhere")
    document = make_document(other["annotator"], f"序言\n\n{SAID}。\n")
    marked = mark(other["annotator"], document, SAID, "claim")
    mine = make_document(cast["annotator"])
    assert recurrence.catch_up(other.corpus.pk, 60.0) and recurrence.catch_up(cast.corpus.pk, 60.0)
    client.force_login(cast.user("viewer"))
    url = f"/api/corpora/{cast.corpus.pk}/alike/"
    assert client.get(url, {"q": SAID}).json()["results"] == []
    asked = ({"annotation": marked.pk}, {"statement": marked.occurrences.get().statement_id})
    for query in (*asked, {"document": document.pk, "start": 0, "end": 1}):
        assert client.get(url, query).status_code == 404
    assert client.get(f"/api/documents/{mine.pk}/shared/{document.pk}/").status_code == 404
    assert client.get(f"/api/documents/{document.pk}/shared/").status_code == 404


def test_shared_text(client: Client, cast: Cast) -> None:
    run = "各国应当建立统一的人工智能事故通报制度，并在七十二小时之内公开事故的经过和原因"
    first = make_document(cast["annotator"], f"甲\n\n{run}。\n\n这里说的是完全不同的事情，天气很好。\n")
    second = make_document(cast["annotator"], f"乙\n\n又据报道，{run}。\n", title="第二篇")
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    client.force_login(cast.user("viewer"))
    found = client.get(f"/api/documents/{first.pk}/shared/").json()
    assert [(row["document"], row["title"]) for row in found["results"]] == [(second.pk, "第二篇")]
    assert 0.3 < found["results"][0]["share"] < 0.9
    data = client.get(f"/api/documents/{first.pk}/shared/{second.pk}/").json()
    (row,) = data["results"]
    assert first.current is not None and second.current is not None
    assert first.current.text.raw[row["start"] : row["end"]] == row["text"] == run
    assert second.current.text.raw[row["other_start"] : row["other_end"]] == run
    assert data["count"] == 1 and 0.3 < data["share"] < 0.9 < 1.0 and data["other_share"] > data["share"]
