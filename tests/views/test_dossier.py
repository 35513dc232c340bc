"""The dossier of a claim: all that its verdict rests on, for those who may read it, on a page and as Markdown."""

from __future__ import annotations

import html
from typing import Any
from unittest.mock import patch

import pytest

from annotations.models import Source, Statement
from annotations.services import sources, statements
from annotations.services.op import writing
from annotations.services.verifications import record_blind
from tests import checks, published
from tests.factories import Cast
from tests.published import SECRETS, WHY
from tests.views.people import People

pytestmark = pytest.mark.django_db


def paths(people: People, label: str, query: str = "") -> list[str]:
    base = f"/c/{people.cast.corpus.slug}/statements/{label}/dossier"
    return [f"{base}/{query}", f"{base}.md{query}"]


def get(people: People, role: str, path: str, status: int = 200) -> str:
    response: Any = people.client(role).get(path)
    assert response.status_code == status, path
    return html.unescape(response.content.decode())


def test_it_holds_everything_a_member_may_read(people: People) -> None:
    statement = published.publish(people.cast)
    for path in paths(people, statement.label):
        page = get(people, "viewer", path)
        for words in (statement.text, WHY, "Refuted", "233 cases", "Only reported cases.", SECRETS["answer"],
                      SECRETS["question"], SECRETS["sole"], SECRETS["search"], SECRETS["blind"], SECRETS["comment"],
                      "It rests on one source.", "Approve", "/a/"):  # fmt: skip
            assert words in page, (path, words)


def test_a_permalink_of_the_markdown_is_whole(people: People) -> None:
    statement = published.publish(people.cast)
    annotation = statement.occurrences.get().annotation_id
    text = get(people, "viewer", paths(people, statement.label)[1])
    assert f"<http://testserver/a/{annotation}/>" in text
    row = statement.evidence.get()
    taken = f"/c/{people.cast.corpus.slug}/sources/{row.source_id}/snapshots/{row.snapshot_id}/"
    assert f"<http://testserver{taken}#e-{row.pk}>" in text
    assert f'id="e-{row.pk}"' in get(people, "viewer", taken), "the link lands on it"
    assert text.startswith(f"# {statement.label} ")


def test_an_unreviewed_check_is_refused_to_whom_it_is_not_for(people: People) -> None:
    statement = checks.make_claim(people.cast)
    check = checks.send(people.cast, statement)
    for role in ("viewer", "annotator", "reviewer", "editor", "admin"):
        for path in (*paths(people, statement.label), *paths(people, statement.label, "?version=1")):
            page = get(people, role, path, 403)
            assert checks.WHY not in page and checks.ANSWER not in page and "not reviewed yet" in page
    for path in paths(people, statement.label):
        assert checks.WHY in get(people, "checker", path)
    with writing(by=people.cast["reviewer"]) as op:
        record_blind(op, check, "supported", checks.BLIND_WHY)
    for path in paths(people, statement.label):
        assert checks.WHY in get(people, "reviewer", path)
        assert checks.BLIND_WHY not in get(people, "checker", path), "undecided: the reviewer's own"


def test_while_a_newer_version_is_under_way_others_read_the_approved_one(people: People) -> None:
    statement = published.publish(people.cast)
    published.reopen(people.cast, statement)
    for path in paths(people, statement.label):
        page = get(people, "viewer", path)
        assert "Refuted" in page and SECRETS["draft"] not in page
    assert SECRETS["draft"] in get(people, "checker", paths(people, statement.label)[0])
    get(people, "viewer", paths(people, statement.label, "?version=2")[0], 403)
    get(people, "viewer", paths(people, statement.label, "?version=3")[0], 404)


def test_before_a_check_it_says_so_and_a_proposal_has_none(people: People) -> None:
    statement = checks.make_claim(people.cast)
    assert "Not checked yet." in get(people, "viewer", paths(people, statement.label)[0])
    get(people, "viewer", paths(people, "P-1")[0], 404)


def test_what_is_typed_is_no_markdown(people: People) -> None:
    statement = checks.make_claim(people.cast)
    type(statement).objects.filter(pk=statement.pk).update(text="# <b>[x](javascript:1)</b> *a*\n\n## b")
    text = get(people, "viewer", paths(people, statement.label)[1])
    assert r"\# \<b\>\[x\](javascript:1)\</b\> \*a\* \#\# b" in text.splitlines()[0]


def quoted(people: People, text: str) -> Statement:
    """A claim of a quotation whose published check rests on a source that says this."""
    make = checks.make_claim

    def claim(cast: Cast) -> Statement:
        found = make(cast)
        with writing(by=cast["annotator"]) as op:
            return statements.update(op, found, type="quotation")

    with patch.multiple(checks, make_source=lambda cast: register(cast, text), make_claim=claim):
        return published.publish(people.cast)


def register(cast: Cast, text: str) -> Source:
    with writing(by=cast["checker"]) as op:
        return sources.create(op, title="Register", type="primary_document", text=text, url="https://example.org/r")


def test_a_quotation_stands_beside_its_original(people: People) -> None:
    statement = quoted(people, "In 2024 there were, by our count, 233 cases of reported incidents. That is all.")
    page, text = (get(people, "viewer", path) for path in paths(people, statement.label))
    for shown in (page, text):
        assert "Words left out" in shown and "no ellipsis says so" in shown
    assert "<del>by our count, </del>" in page and "That is all." in page
    assert "In 2024 there were, ~~by our count,~~ 233 ~~cases of~~ reported incidents" in text


def test_a_dossier_of_another_claim_has_no_quotation(people: People) -> None:
    statement = published.publish(people.cast)
    for path in paths(people, statement.label):
        assert "beside its original" not in get(people, "viewer", path)


def test_everybody_sees_a_published_quotation_beside_its_original(people: People) -> None:
    statement = quoted(people, "In 2024 there were, by our count, 233 cases of reported incidents. Hidden-rest.")
    address = f"/p/{people.cast.corpus.slug}/{statement.label}/"
    page = get(people, "", address)
    assert "Words left out" in page and "<del>by our count, </del>" in page
    assert "Hidden-rest" not in page  # what stands around it is the source's, not ours to publish
    checks.move(people.cast, "editor", statement, "paused", reason="In doubt.")
    assert "by our count" not in get(people, "", address)
