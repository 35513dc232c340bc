"""Publishing on its page: the preview is the public page to come, what is missing is named, what was seen is what is
published."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from lxml import html

from annotations.models import Corpus, Event, Statement
from annotations.services import corpora, statements
from annotations.services.op import writing
from tests import checks, published
from tests.factories import Cast, make_cast
from tests.published import WHY

pytestmark = pytest.mark.django_db
NOTE = "We read the table wrongly."
NAMED = {"publisher_name": "The desk", "publisher_contact": "desk@example.org", "publisher_policy": "Open."}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def editor(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.user("editor"))
    return client


def approved(cast: Cast) -> Statement:
    return checks.approve(cast, checks.make_claim(cast))


def corrected(cast: Cast) -> Statement:
    """Published, paused, checked again with another verdict, approved: ready for its correction."""
    statement = published.publish(cast)
    checks.move(cast, "editor", statement, "paused", reason="A reader wrote to us.")
    check = published.reopen(cast, statement)
    published.approve(cast, statement, "mixed")
    assert check.number == 2
    return checks.fresh(statement)


def address(statement: Statement) -> str:
    return f"/c/{statement.corpus.slug}/statements/{statement.label}/publish/"


def public(statement: Statement) -> str:
    response: Any = Client().get(f"/p/{statement.corpus.slug}/{statement.label}/")
    return str(response.content.decode()) if response.status_code == 200 else ""


def look(client: Client, statement: Statement, **typed: str) -> str:
    """The preview, with what was typed in it."""
    send = client.post if typed else client.get
    response: Any = send(address(statement), {"do": "look", **typed} if typed else None)
    assert response.status_code == 200
    return str(response.content.decode())


def confirm(client: Client, statement: Statement, page: str, **typed: str) -> Any:
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen is not None
    return client.post(address(statement), {"do": "publish", "seen": seen[1], **typed})


def body(page: str) -> str:
    """The text of the page proper, without the strip above it."""
    return " ".join(" ".join(html.fromstring(page).xpath("//main")[0].itertext()).split())


def test_the_preview_is_the_public_page_to_come(cast: Cast, editor: Client) -> None:
    statement = approved(cast)
    page = look(editor, statement, **NAMED)
    assert not public(statement), "looking publishes nothing"
    assert not Corpus.objects.get(pk=cast.corpus.pk).publisher_name, "and keeps nothing"
    assert "Published by The desk." in page and "noindex" in page
    assert confirm(editor, statement, page, **NAMED).status_code == 302
    assert body(public(statement)) == body(page)
    assert "Preview" in page and "Preview" not in public(statement)


def test_the_publisher_is_asked_for_once_in_place(cast: Cast, editor: Client) -> None:
    statement = approved(cast)
    page = look(editor, statement)
    assert "Say once for this corpus who publishes and where corrections go." in page
    assert 'name="publisher_name"' in page
    refused = confirm(editor, statement, page)
    assert "Say once for this corpus who publishes" in refused.content.decode() and not public(statement)
    confirm(editor, statement, page, **NAMED)
    assert "Published by The desk." in public(statement)
    kinds = list(Event.objects.filter(corpus=cast.corpus).order_by("-seq").values_list("kind", "op")[:2])
    assert {kind for kind, _ in kinds} == {"corpus.updated", "statement.moved"} and kinds[0][1] == kinds[1][1]
    other = checks.approve(cast, checks.make_claim(cast, "Experts agree"))
    assert 'name="publisher_name"' not in look(editor, other)


def test_a_correction_needs_its_note_and_shows_it_before_it_is_published(cast: Cast, editor: Client) -> None:
    statement = corrected(cast)
    page = look(editor, statement)
    assert "Verdict or reasons changed: add a public correction note." in page
    refused = confirm(editor, statement, page)
    assert "add a public correction note" in refused.content.decode()
    assert checks.fresh(statement).public == "paused"
    page = look(editor, statement, correction_note=NOTE, correction_kind="update")
    assert NOTE in body(page) and "Update" in body(page) and "Version 2 took the place of version 1." in body(page)
    assert NOTE not in public(statement), "a note that is typed is nobody else's yet"
    assert confirm(editor, statement, page, correction_note=NOTE, correction_kind="update").status_code == 302
    assert body(public(statement)) == body(page)


def test_what_was_seen_is_what_is_published(cast: Cast, editor: Client) -> None:
    statement = approved(cast)
    page = look(editor, statement)
    with writing(by=cast["annotator"]) as op:
        statements.update(op, checks.fresh(statement), gloss_en="A gloss that came later.")
    again = confirm(editor, statement, page, **NAMED)
    told = again.content.decode()
    assert f"{statement.label} changed since you saw this page." in told and "A gloss that came later." in told
    assert not public(statement) and not Corpus.objects.get(pk=cast.corpus.pk).publisher_name
    assert confirm(editor, statement, told, **NAMED).status_code == 302
    assert "A gloss that came later." in public(statement)


def test_shown_again_unchanged_needs_no_note(cast: Cast, editor: Client) -> None:
    statement = published.publish(cast)
    checks.move(cast, "editor", statement, "paused", reason="A question came in.")
    page = look(editor, statement)
    assert 'name="correction_note"' not in page and "Version 1 was shown again, unchanged." in page
    assert confirm(editor, statement, page).status_code == 302
    assert WHY in public(statement)


def test_what_cannot_be_published_says_why(cast: Cast, editor: Client) -> None:
    statement = checks.make_claim(cast)
    response: Any = editor.get(address(statement))
    assert response.status_code == 409 and "is not possible now" in response.content.decode()


def test_an_unreviewed_verdict_is_in_no_preview(cast: Cast, editor: Client) -> None:
    statement = published.publish(cast)
    published.reopen(cast, statement)
    response: Any = editor.get(address(statement))
    told = response.content.decode()
    assert response.status_code == 409 and "Mixed" not in told and published.SECRETS["draft"] not in told


def test_small_letters_and_merged_numbers_lead_to_the_one_address(cast: Cast, editor: Client) -> None:
    statement = approved(cast)
    response: Any = editor.get(address(statement).replace("/C-", "/c-"))
    assert response.headers["Location"] == address(statement)


def test_the_preview_comes_in_the_language_that_is_asked_for(cast: Cast, editor: Client) -> None:
    statement = approved(cast)
    response: Any = editor.get(address(statement) + "?lang=zh-hant")
    page = response.content.decode()
    assert 'lang="zh-Hant"' in page[:80] and "公開紀錄" in page


def test_the_statement_page_leads_to_the_preview(cast: Cast, editor: Client) -> None:
    statement = approved(cast)
    page: Any = editor.get(statement.get_absolute_url())
    link = html.fromstring(page.content.decode()).xpath('//a[@data-action="next-step"]')[0]
    assert link.get("href") == address(statement) and link.text_content().startswith("Publish…")


def test_an_editor_says_who_publishes_but_does_not_rename_the_corpus(cast: Cast) -> None:
    with writing(by=cast["editor"]) as op:
        corpora.update(op, publisher_name="The desk")
    with pytest.raises(Exception, match="change the corpus itself"), writing(by=cast["editor"]) as op:
        corpora.update(op, publisher_name="Another", name="New")
    assert Corpus.objects.get(pk=cast.corpus.pk).publisher_name == "The desk"
