"""The biography of a statement: first seen, speakers, words, verdicts, and what nobody may see yet."""

from __future__ import annotations

from annotations.models import Document, Occurrence, Statement
from annotations.services import biography, statements
from annotations.services.op import writing
from tests import checks
from tests.factories import make_document, mark
from tests.views.people import People, words


def test_first_seen_speakers_weeks_and_words(people: People) -> None:
    claim = checks.make_claim(people.cast)
    later = make_document(people.cast["annotator"], title="A later one")
    mark(people.cast["annotator"], later, "233 reported incidents", "claim")
    other = Occurrence.objects.latest("pk")
    Occurrence.objects.filter(pk=other.pk).update(statement=claim, fit="variant", difference="number")
    Document.objects.filter(pk=later.pk).update(published_date="2025-08-02", publisher="Daily News")
    Document.objects.exclude(pk=later.pk).update(published_date="2025-07-26", publisher="The Courier")
    with writing(by=people.cast["annotator"]) as op:
        statements.update(op, checks.fresh(claim), text="In 2024, 233 incidents were reported.")
    page = people.get("viewer", "statement_biography", "C-1")
    shown = words(page)
    assert "First seen 2025-07-26" in shown and "2025-W30 The Courier 1" in shown and "2025-W31 Daily News 1" in shown
    assert "Worded anew" in shown and "<del>" in page and "Number" in shown
    drawn = page.split('<svg class="time-line"')[1].split("</svg>")[0]
    assert drawn.count('class="dot said') == 2 and "dot wording" in drawn and "Daily News" in drawn
    assert 'href="/c/' in page and "Biography" in words(people.get("viewer", "statement_detail", "C-1"))


def test_an_unreviewed_verdict_is_on_nobody_s_line(people: People) -> None:
    claim = checks.make_claim(people.cast)
    checks.begin(people.cast, claim)
    for role in ("viewer", "checker", "reviewer"):
        found = biography.of(checks.fresh(claim), people.cast[role])
        assert not [one for one in found.moments if one.kind == "verdict"]
    checks.approve(people.cast, checks.make_claim(people.cast, "Emoji"))
    approved = Statement.objects.get(work="approved")
    found = biography.of(approved, people.cast["viewer"])
    assert [one.code for one in found.moments if one.kind == "verdict"] == [approved.verdict]
    assert "dot verdict" in people.get("viewer", "statement_biography", approved.label)


def test_without_dates_there_is_a_table_only(people: People) -> None:
    with writing(by=people.cast["annotator"]) as op:
        statements.create(op, "proposal", "Do something")
    page = people.get("viewer", "statement_biography", "P-1")
    assert "No passage has a date." in words(page) and "time-line" not in page
    people.get("stranger", "statement_biography", "P-1", status=404)
