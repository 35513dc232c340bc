"""The settings of a corpus: an editor says who publishes, an admin renames too, two at once meet field by field."""

from __future__ import annotations

import re

import pytest

from annotations.models import Corpus, Event
from tests.views.people import People

pytestmark = pytest.mark.django_db
SENT = {"publisher_name": "The desk", "publisher_contact": "desk@example.org", "publisher_policy": "Open."}


def stored(people: People) -> Corpus:
    return Corpus.objects.get(pk=people.cast.corpus.pk)


def hidden(page: str) -> dict[str, str]:
    """What the form said when it was shown."""
    found = re.findall(r'<input type="hidden" name="(initial-\w+)"(?: value="([^"]*)")?', page)
    return dict(found)


def test_an_editor_says_who_publishes(people: People) -> None:
    page = people.ask("editor", "corpus_settings").content.decode()
    assert 'name="publisher_contact"' in page and 'name="description"' not in page
    response = people.client("editor").post(people.url("corpus_settings"), {**SENT, "name": "Mine"})
    assert response.status_code == 302
    corpus = stored(people)
    assert (corpus.publisher_name, corpus.publisher_contact) == ("The desk", "desk@example.org")
    assert corpus.name != "Mine"
    last = Event.objects.filter(corpus=corpus).latest("seq")
    assert last.kind == "corpus.updated"


def test_an_admin_also_renames_the_corpus(people: People) -> None:
    people.client("admin").post(people.url("corpus_settings"), {**SENT, "name": "Reading room", "description": "D."})
    assert (stored(people).name, stored(people).description) == ("Reading room", "D.")
    page = people.client("admin").post(people.url("corpus_settings"), {**SENT, "name": ""}).content.decode()
    assert "This field is required." in page and stored(people).name == "Reading room"


def test_two_editors_at_once_meet_field_by_field(people: People) -> None:
    seen = hidden(people.ask("editor", "corpus_settings").content.decode())
    people.client("admin").post(people.url("corpus_settings"), {**SENT, "name": stored(people).name})
    mine = {**seen, **SENT, "publisher_name": "Our desk"}
    page = people.client("editor").post(people.url("corpus_settings"), mine).content.decode()
    assert "changed this meanwhile: Publisher" in page and "Our desk" in page and "The desk" in page
    assert stored(people).publisher_name == "The desk"
    again = {**hidden(page), **SENT, "publisher_name": "Our desk"}
    assert people.client("editor").post(people.url("corpus_settings"), again).status_code == 302
    assert stored(people).publisher_name == "Our desk"


def test_nothing_changed_logs_nothing(people: People) -> None:
    people.client("editor").post(people.url("corpus_settings"), SENT)
    before = Event.objects.count()
    people.client("editor").post(people.url("corpus_settings"), SENT)
    assert Event.objects.count() == before


def test_the_menu_has_it_for_those_who_may(people: People) -> None:
    address = people.url("corpus_settings")
    for role, there in (("checker", False), ("editor", True)):
        assert (f'href="{address}"' in people.ask(role, "codebook").content.decode()) is there, role
