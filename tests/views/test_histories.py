"""The history: every change as a sentence, filters, pages, and nothing that is somebody's alone."""

from __future__ import annotations

import pytest

from annotations.models import Event
from tests import checks
from tests.factories import make_document, mark
from tests.views.people import People, words


def lines(page: str) -> list[str]:
    return [words(line) for line in page.split('<ul class="history">')[-1].split("<li>")[1:]]


def test_newest_first_with_who_and_what(people: People) -> None:
    document = make_document(people.cast["annotator"], title="Rules")
    mark(people.cast["annotator"], document, "Experts agree", "claim", note="Check the list.")
    found = lines(people.get("viewer", "history"))
    author = people.cast["annotator"]
    assert any(f"{author} made C-1" in line for line in found[:3])
    assert any(f"{author} added Rules" in line for line in found)
    page = people.get("viewer", "history")
    assert people.url("statement_detail", "C-1") in page and people.url("document_read", document.pk) in page


@pytest.mark.parametrize(
    ("query", "has", "has_not"),
    [
        ("?subject=document", "added Rules", "made C-1"),
        ("?subject=statement", "made C-1", "added Rules"),
        ("?subject=nonsense", "made C-1", "no such line"),
        ("?person=x", "made C-1", "no such line"),
    ],
)
def test_filters(people: People, query: str, has: str, has_not: str) -> None:
    mark(people.cast["annotator"], make_document(people.cast["annotator"], title="Rules"), "Experts agree", "claim")
    found = " ".join(lines(people.get("viewer", "history", query=query)))
    assert has in found and has_not not in found


def test_one_person_and_one_document(people: People) -> None:
    one, two = (make_document(people.cast[role], f"{role}.", title=role) for role in ("annotator", "editor"))
    shown = " ".join(lines(people.get("viewer", "history", query=f"?person={people.cast['editor'].pk}")))
    assert "added editor" in shown and "added annotator" not in shown
    page = people.get("viewer", "history", query=f"?document={one.pk}")
    assert "added annotator" in page and "added editor" not in " ".join(lines(page))
    assert f'name="document" value="{one.pk}"' in page and two.title not in page


def test_nothing_matches(people: People) -> None:
    assert "No change matches." in words(people.get("viewer", "history", query="?document=999"))


def test_fifty_a_page(people: People) -> None:
    for n in range(60):
        make_document(people.cast["annotator"], f"Text {n}.", title=f"T{n}")
    first, second = (people.get("viewer", "history", query=f"?page={n}") for n in (1, 2))
    assert len(lines(first)) == 50 and set(lines(first)) & set(lines(second)) == set()
    assert people.get("viewer", "history", query="?page=zzz")


@pytest.mark.parametrize("role", ["viewer", "annotator", "reviewer", "admin"])
def test_an_unreviewed_verdict_is_not_in_it(people: People, role: str) -> None:
    checks.send(people.cast, checks.make_claim(people.cast))
    page = people.get(role, "history")
    assert "started check 1 of C-1" in words(page)
    for secret in (checks.WHY, checks.ANSWER, checks.LIMITS, "mostly_supported", "Mostly supported"):
        assert secret not in page


def test_no_code_words(people: People) -> None:
    checks.approve(people.cast, checks.make_claim(people.cast))
    shown = " ".join(lines(people.get("admin", "history")))
    for code in (
        "in_review",
        "q1",
        "work:",
        "public:",
        "checkworthiness",
        "sole_source_reason",
        "as_quoted",
        "stands_alone",
    ):
        assert code not in shown, code
    assert Event.objects.filter(corpus=people.cast.corpus).count() > 20
