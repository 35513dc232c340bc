"""More like this: from words or from a statement; documents, scores, what differs; what is marked there already."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from annotations.models import Statement
from annotations.services import close_statements, recurrence
from annotations.services.close_statements import Close
from tests.factories import make_cast, make_document, mark
from tests.views.people import People, words

pytestmark = pytest.mark.django_db
CLAIM = "2024年全球人工智能相关事故飙升至233起，同比激增56.4%"


def test_words_and_statements_find_what_is_like_them(client: Client) -> None:
    cast = make_cast()
    first = make_document(cast["annotator"], f"序言\n\n{CLAIM}。\n")
    make_document(
        cast["annotator"], "報導\n\n據統計，2024年全球人工智慧相關事故飆升至233起，同比激增54%。\n", title="第二篇"
    )
    mark(cast["annotator"], first, CLAIM, "claim")
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    client.force_login(cast.user("viewer"))
    address = f"/c/{cast.corpus.slug}/alike/"
    for query in ({"q": CLAIM}, {"statement": "c-1"}):
        page = client.get(address, query)
        assert page.status_code == 200
        rows = [row for row, _ in page.context["rows"]]
        assert [(row.labels, row.alike.verdict.fit) for row in rows] == [(["C-1"], "same"), ([], "variant")]
        words = page.content.decode()
        assert "第二篇" in words and "“56.4%” → “54%”" in words and "variant: Number" in words and rows[1].url in words


def test_nothing_is_asked_nothing_found_and_no_such_statement(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.user("viewer"))
    address = f"/c/{cast.corpus.slug}/alike/"
    assert "Give a sentence" in client.get(address).content.decode()
    assert "Nothing like it" in client.get(address, {"q": "没有任何文档说过这样的话"}).content.decode()
    for label in ("C-99", "X-1", "C-", "C-１", "-"):
        assert client.get(address, {"statement": label}).context["statement"] is None


def test_deciding_in_the_list(people: People) -> None:
    cast = people.cast
    first = make_document(cast["annotator"], f"序言\n\n{CLAIM}。\n")
    for title in ("報導", "又一篇"):
        make_document(cast["annotator"], f"{title}\n\n{CLAIM}。\n")
    make_document(cast["annotator"], f"旧闻\n\n{CLAIM.replace('56.4', '54')}。\n")
    mark(cast["annotator"], first, CLAIM, "claim")
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    query = "?statement=C-1"
    assert 'name="accept"' not in people.get("viewer", "alike", query=query)
    page = people.get("annotator", "alike", query=query)
    assert "Accept all 2 with the same words" in words(page)
    places = re.findall(r'name="accept" value="([\d. ]+)"', page)
    assert places[0] == f"{places[1]} {places[2]}"
    client, url = people.client("annotator"), people.url("alike")
    response = client.post(f"{url}{query}&after={places[3]}", {"accept": places[0]})
    assert response.status_code == 302 and response.headers["Location"].endswith(f"#p-{places[3]}")
    page = client.get(response.headers["Location"]).content.decode()
    assert "2 passages taken to C-1" in words(page) and page.count('name="reject"') == 1
    response = client.post(url + query, {"reject": places[3]})
    page = client.get(response.headers["Location"]).content.decode()
    assert "1 turned down" in words(page) and 'name="reject"' not in page
    key = page.split('name="undo" value="')[1].split('"')[0]
    page = client.get(client.post(url + query, {"undo": key}).headers["Location"]).content.decode()
    assert 'name="reject"' in page and "Taken back." in words(page)
    page = client.get(client.post(url + query, {"redo": key}).headers["Location"]).content.decode()
    assert 'name="reject"' not in page


def test_words_become_a_statement_that_takes_the_rest(people: People) -> None:
    cast = people.cast
    for title in ("序言", "報導"):
        make_document(cast["annotator"], f"{title}\n\n{CLAIM}。\n")
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    query = f"?q={CLAIM}".replace("%", "%25")
    page = people.get("annotator", "alike", query=query)
    place = page.split('name="claim" value="')[1].split('"')[0]
    client, url = people.client("annotator"), people.url("alike")
    response = client.post(url + query, {"claim": place})
    assert "?statement=C-1&done=" in response.headers["Location"]
    assert client.get(response.headers["Location"]).content.decode().count('name="accept"') == 1
    assert "C-1" in words(people.get("annotator", "alike", query=query))  # offered to take them
    for sent in ({"claim": "1.2"}, {"accept": place}, {"merge": place}, {}):
        assert client.post(url + query, sent).status_code == 200
    assert people.client("viewer").post(url + query, {"highlight": place}).status_code == 403


def test_what_is_close_in_meaning_is_a_group_of_its_own(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = people.cast
    document = make_document(cast["annotator"], f"{CLAIM}。\n\nIncidents rose by half in a year.\n")
    mark(cast["annotator"], document, CLAIM, "claim")
    mark(cast["annotator"], document, "Incidents rose by half in a year", "claim")
    other = Statement.objects.get(number=2)
    asked: list[object] = []

    def of(member: object, said: list[str], without: object = ()) -> list[Close]:
        asked.append((said, without))
        return [Close(other, "Incidents rose by half in a year", 0.71)]

    monkeypatch.setattr(close_statements, "of", of)
    page = words(people.get("viewer", "alike", query="?statement=C-1"))
    assert "Close in meaning" in page and "They may say the opposite" in page and "C-2" in page and "0.71" in page
    assert asked == [([CLAIM, CLAIM], [Statement.objects.get(number=1).pk])]
    monkeypatch.undo()
    assert "Close in meaning" not in people.get("viewer", "alike", query="?statement=C-1")  # without an embedding
