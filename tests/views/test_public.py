"""The public pages: what everybody reads of a published check, and that nothing else ever gets there."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from lxml import html

from annotations.models import Layer, Occurrence, Round, Statement
from annotations.services import sources, verifications
from annotations.services.op import writing
from annotations.views import public
from tests import checks, published
from tests.factories import NOW, Cast, make_cast
from tests.published import SECRETS, WHY

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def read(path: str, status: int = 200, **headers: str) -> str:
    response: Any = Client(headers=headers).get(path)
    assert response.status_code == status, path
    return str(response.content.decode())


def paths(statement: Statement) -> list[str]:
    base = f"/p/{statement.corpus.slug}/"
    return [base, f"{base}{statement.label}/", f"{base}{statement.label}/versions/1/"]


def markup(page: str) -> dict[str, Any]:
    found = html.fromstring(page).xpath('//script[@type="application/ld+json"]')
    return dict(json.loads(found[0].text)) if found else {}


def words(page: Any, path: str) -> str:
    """The text of the first element of this path, one space between any two pieces."""
    return " ".join(" ".join(page.xpath(path)[0].itertext()).split())


def test_nothing_is_public_before_it_is_published(cast: Cast) -> None:
    statement = checks.approve(cast, checks.make_claim(cast))
    for path in (*paths(statement), f"/p/{cast.corpus.slug}/C-999/", f"/p/{cast.corpus.slug}/P-1/", "/p/no-such/"):
        read(path, 404)


def test_a_statement_withdrawn_before_publication_stays_inside(cast: Cast) -> None:
    statement = checks.move(cast, "editor", checks.make_claim(cast), "withdrawn", reason="Marked by mistake.")
    for path in paths(statement):
        read(path, 404)


def test_a_published_check_is_told_whole(cast: Cast) -> None:
    statement = published.publish(cast)
    page = read(f"/p/{cast.corpus.slug}/{statement.label}/")
    told = (
        statement.text, WHY, "Refuted", "233 cases", "Register", "table 2", "Only reported cases.", "The desk",
        "A gloss.", "desk@example.org", "Open.", "Claimant contacted", "In 2024 there were 233",
    )  # fmt: skip
    for words in told:
        assert words in page, words
    assert statement.text in read(f"/p/{cast.corpus.slug}/")


@pytest.mark.parametrize("state", ["published", "reopened", "corrected", "paused", "withdrawn", "evidence gone"])
def test_no_internal_word_and_no_name_is_public(cast: Cast, state: str) -> None:
    statement = published.publish(cast)
    if state == "reopened":
        published.reopen(cast, statement)
    elif state == "corrected":
        published.correct(cast, statement, "We read the table wrongly.")
    elif state in ("paused", "withdrawn"):
        checks.move(cast, "editor", statement, state, reason="A reader wrote to us.")
    elif state == "evidence gone":
        row = statement.evidence.get()
        with writing(by=cast["checker"]) as op:
            sources.remove_evidence(op, row)
    names = [str(member) for member in cast.members.values()]
    found = 0
    for path in paths(statement):
        response: Any = Client().get(path, follow=True)
        page = response.content.decode()
        if response.status_code == 200:
            found += 1
            assert [word for word in (*SECRETS.values(), *names) if word in page] == [], path
    assert found >= 2


def test_a_version_under_way_changes_nothing_but_a_notice(cast: Cast) -> None:
    statement = published.publish(cast)
    published.reopen(cast, statement)
    page = read(f"/p/{cast.corpus.slug}/{statement.label}/")
    assert "Refuted" in page and WHY in page and "Mixed" not in page
    assert "being checked again" in page
    assert "233 cases" in page, "the evidence of the public version stays where it is"
    read(f"/p/{cast.corpus.slug}/{statement.label}/versions/2/", 404)


def test_evidence_of_an_approved_check_stays_in_it(cast: Cast) -> None:
    statement = published.publish(cast)
    row = statement.evidence.get()
    check = published.reopen(cast, statement)
    answer = check.questions.latest("id").answers.get()
    for target in (answer, None):
        with pytest.raises(Exception, match="which is approved"), writing(by=cast["checker"]) as op:
            verifications.place(op, row, target)


def test_a_pause_takes_the_verdict_away_from_every_version(cast: Cast) -> None:
    statement = published.correct(cast, published.publish(cast), "We read the table wrongly.")
    checks.move(cast, "editor", statement, "paused", note="The table is being corrected.")
    base = f"/p/{cast.corpus.slug}/{statement.label}/"
    for path in (base, f"{base}versions/1/", f"/p/{cast.corpus.slug}/"):
        page = read(path)
        assert "Refuted" not in page and "Mixed" not in page and WHY not in page, path
        assert not markup(page), path
    assert "The table is being corrected." in read(base) and "under review" in read(base)


def test_a_withdrawn_check_stays_with_its_reason(cast: Cast) -> None:
    statement = published.publish(cast)
    checks.move(cast, "editor", statement, "withdrawn", reason="The register was a draft.")
    page = read(f"/p/{cast.corpus.slug}/{statement.label}/")
    assert "The register was a draft." in page and "This check was withdrawn." in page
    assert not markup(page)


def test_a_correction_is_shown_for_ever_with_both_versions(cast: Cast) -> None:
    statement = published.correct(cast, published.publish(cast), "We read the table wrongly.")
    base = f"/p/{cast.corpus.slug}/{statement.label}/"
    page = read(base)
    assert "Mixed" in page and "We read the table wrongly." in page and "A reader wrote to us." in page
    earlier = read(f"{base}versions/1/")
    assert "Refuted" in earlier and "a newer one replaced it on" in earlier and "noindex" in earlier
    assert not markup(earlier)
    assert Client().get(f"{base}versions/2/").headers["Location"] == base


def test_a_correction_stands_with_both_days_and_both_verdicts(cast: Cast) -> None:
    statement = published.publish(cast)
    statement.corrections.update(created_at=datetime(2026, 1, 20, 9, tzinfo=UTC))
    statement = published.correct(cast, statement, "We read the table wrongly.")
    statement.corrections.filter(to_version=2).update(created_at=datetime(2026, 2, 3, 9, tzinfo=UTC))
    found = html.fromstring(read(f"/p/{cast.corpus.slug}/{statement.label}/"))
    note = words(found, '//section[@aria-labelledby="corrections"]')
    assert "Correction 2026-02-03 We read the table wrongly. Version 2 took the place of version 1." in note
    head = words(found, "//article/header")
    assert "first published 2026-01-20" in head and "version 2 of 2026-02-03" in head
    record = words(found, '//section[@aria-labelledby="record"]')
    assert "2026-01-20 The check was published. Refuted" in record and "Mixed" in record
    assert found.xpath(f'//a[@href="/p/{cast.corpus.slug}/{statement.label}/versions/1/"]')


def test_the_list_comes_a_page_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    statement = published.publish(cast)
    monkeypatch.setattr(public, "PAGE", 1)
    assert 'rel="next"' not in read(f"/p/{cast.corpus.slug}/")
    other = checks.approve(cast, checks.make_claim(cast, "Experts agree"))
    checks.move(cast, "editor", other, "published")
    first, second = (html.fromstring(read(f"/p/{cast.corpus.slug}/?page={n}&lang=en")) for n in (1, 2))
    assert [page.xpath("string(//main//li/h2)") for page in (first, second)] == [other.text, statement.text]
    assert first.xpath('//a[@rel="next"]/@href') == ["?page=2&lang=en"]
    assert second.xpath('//a[@rel="prev"]/@href') == ["?page=1&lang=en"]
    assert second.xpath('//link[@rel="canonical"]/@href') == [f"http://testserver/p/{cast.corpus.slug}/?page=2"]
    assert "2 claims" in first.xpath("string(//main)")
    read(f"/p/{cast.corpus.slug}/?page=none", 400)


def test_a_page_of_the_list_asks_as_often_for_many_as_for_one(
    cast: Cast, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    published.publish(cast)
    for quote in ("Experts agree", "In 2024"):
        other = checks.approve(cast, checks.make_claim(cast, quote))
        checks.move(cast, "editor", other, "published")
    with django_assert_max_num_queries(5):
        read(f"/p/{cast.corpus.slug}/")


def test_claim_review(cast: Cast) -> None:
    statement = published.publish(cast)
    found = markup(read(f"/p/{cast.corpus.slug}/{statement.label}/"))
    assert found["@type"] == "ClaimReview" and found["claimReviewed"] == statement.text
    assert found["url"] == f"http://testserver/p/{cast.corpus.slug}/{statement.label}/"
    assert found["reviewRating"] == {
        "@type": "Rating", "alternateName": "Refuted", "name": "Refuted", "ratingValue": 1, "bestRating": 5,
        "worstRating": 1, "ratingExplanation": WHY,
    }  # fmt: skip
    assert found["author"]["name"] == "The desk" and found["itemReviewed"]["@id"] == f"urn:uuid:{statement.uid}"


def test_markup_cannot_be_broken_out_of(cast: Cast) -> None:
    statement = published.publish(cast)
    evil = '</script><script>alert(1)</script><!-- & "'
    Statement.objects.filter(pk=statement.pk).update(text=evil)
    page = read(f"/p/{cast.corpus.slug}/{statement.label}/")
    assert "<script>alert" not in page and markup(page)["claimReviewed"] == evil


def test_passages_of_an_open_blind_round_are_their_coders(cast: Cast) -> None:
    statement = published.publish(cast)
    round_ = Round.objects.create(corpus=cast.corpus, name="R", codebook_version=1, created_at=NOW,
                                  created_by=cast["editor"])  # fmt: skip
    found = Occurrence.objects.get(statement=statement).annotation
    found.layer = Layer.objects.create(round=round_, member=cast["annotator"])
    found.save()
    path = f"/p/{cast.corpus.slug}/{statement.label}/"
    assert "Where it stands" not in read(path)
    Round.objects.filter(pk=round_.pk).update(closed_at=NOW)
    assert "Where it stands" in read(path)


def test_it_is_one_page_for_everybody_without_cookies_or_scripts(cast: Cast) -> None:
    statement = published.publish(cast)
    path = f"/p/{cast.corpus.slug}/{statement.label}/"
    client = Client()
    response: Any = client.get(path)
    assert not response.cookies and response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["Vary"] == "Accept-Language"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    scripts = html.fromstring(response.content.decode()).xpath("//script")
    assert [script.get("type") for script in scripts] == ["application/ld+json"]
    client.force_login(cast.user("admin"))
    client.cookies["django_language"] = "zh-hans"
    assert client.get(path).content == response.content
    assert client.post(path).status_code == 405


def test_three_languages(cast: Cast) -> None:
    statement = published.publish(cast)
    path = f"/p/{cast.corpus.slug}/{statement.label}/"
    assert 'lang="en"' in read(path)[:60]
    assert 'lang="zh-Hant"' in read(path, **{"accept-language": "zh-TW,zh;q=0.8"})[:60]
    page = read(f"{path}?lang=zh-hans")
    assert 'lang="zh-Hans"' in page[:60] and "公开记录" in page and f"/p/{cast.corpus.slug}/?lang=zh-hans" in page


def test_small_letters_lead_to_the_one_address(cast: Cast) -> None:
    statement = published.publish(cast)
    response: Any = Client().get(f"/p/{cast.corpus.slug}/{statement.label.lower()}/")
    assert response.headers["Location"] == f"/p/{cast.corpus.slug}/{statement.label}/"


def test_robots_may_read_public_pages_only() -> None:
    assert read("/robots.txt").splitlines() == ["User-agent: *", "Allow: /p/", "Allow: /static/", "Disallow: /"]


def test_the_statement_page_leads_there_once_it_exists(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.user("viewer"))
    statement = checks.approve(cast, checks.make_claim(cast))
    assert "Public page" not in client.get(statement.get_absolute_url()).content.decode()
    statement = published.publish(cast)
    assert f"/p/{cast.corpus.slug}/{statement.label}/" in client.get(statement.get_absolute_url()).content.decode()
