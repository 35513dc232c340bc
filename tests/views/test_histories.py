"""The activity: every change as a sentence, filters, pages, what is new, and nothing that is somebody's alone."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from annotations.models import Event, Member, Statement
from annotations.services import annotations, corpora, statements, verifications, workflow
from annotations.services.annotations import Span
from annotations.services.occurrences import Wanted
from annotations.services.op import writing
from tests import checks
from tests.factories import make_document, mark
from tests.views.people import People, words

LINE = re.compile(r'<li id="e-(\d+)".*?(?=<li id="e-|<li class="since"|</section>|\Z)', re.S)


def lines(page: str) -> list[str]:
    """The words of each line, folded ones included."""
    return [words(found[0]) for found in LINE.finditer(page)]


def seqs(page: str) -> list[int]:
    return [int(found[1]) for found in LINE.finditer(page)]


def ago(people: People, role: str, **passed: int) -> None:
    """Let the last look of this person be so long ago."""
    member = Member.objects.get(pk=people.cast[role].pk)
    assert member.seen_at
    Member.objects.filter(pk=member.pk).update(seen_at=member.seen_at - timedelta(**passed))


def test_newest_first_with_who_and_what(people: People) -> None:
    document = make_document(people.cast["annotator"], title="Rules")
    marked = mark(people.cast["annotator"], document, "Experts agree", "claim", note="Check the list.")
    page, author = people.get("viewer", "history"), people.cast["annotator"]
    found = lines(page)
    assert f"{author} marked a passage in Rules and made C-1" in found[0] and "more change" not in found[0]
    assert f"{author} added Rules" in found[1] and seqs(page) == sorted(seqs(page), reverse=True)
    assert reverse("annotation_permalink", args=[marked.pk]) in page
    assert people.url("document_read", document.pk) in page and "Today" in words(page)


def test_what_else_an_act_did_is_folded(people: People) -> None:
    document = make_document(people.cast["annotator"], title="Rules")
    for quote in ("Experts agree", "standards body"):
        mark(people.cast["annotator"], document, quote, "claim")
    first, second = Statement.objects.order_by("id")
    with writing(by=people.cast["checker"]) as op:
        statements.update(op, first, type="quantity")
        statements.update(op, second, note="Odd.")
    with writing(by=people.cast["annotator"]) as op:
        for one in (first, second):
            workflow.transition(op, one, "set_aside", workflow.Asked(reason="trivial"))
    page = people.get("viewer", "history")
    found = lines(page)
    assert f"{people.cast['annotator']} moved C-1, C-2 on: Set aside" in found[0]
    assert f"{people.cast['checker']} changed the type of C-1" in found[1] and "and 1 more change" in found[1]
    assert f"{people.cast['checker']} changed the note of C-2" in found[1]
    assert people.url("statement_detail", "C-2") in page


def test_a_passage_linked_to_what_was_there(people: People) -> None:
    document = make_document(people.cast["annotator"], title="Rules")
    mark(people.cast["annotator"], document, "Experts agree", "claim")
    with writing(by=people.cast["checker"]) as op:
        assert document.current
        start = document.current.text.clean.index("tests")
        wanted = [Wanted(statement_id=Statement.objects.get().pk)]
        annotations.create(op, document, Span(start, start + 5, "clean", "tests"), wanted=wanted)
    assert "marked a passage in Rules and linked it to C-1" in lines(people.get("viewer", "history"))[0]


@pytest.mark.parametrize(
    ("query", "has", "has_not"),
    [
        ("?kind=documents", "added Rules", "made C-1"),
        ("?kind=statements", "made C-1", "added Rules"),
        ("?kind=passages", "marked a passage", "added Rules"),
        ("?kind=nonsense", "made C-1", "no such line"),
        ("?person=x&document=²&before=-1", "made C-1", "no such line"),
        ("?from=2026-02-31&to=yesterday", "made C-1", "no such line"),
        ("?statement=c-1", "made C-1", "added Rules"),
        ("?statement=P-1", "", "made C-1"),
        ("?to=2020-01-01", "", "made C-1"),
        ("?kind=people", "joined as", "made C-1"),
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


def test_pages_stay_while_others_write_and_keep_the_filters(people: People) -> None:
    for n in range(60):
        make_document(people.cast["annotator"], f"Text {n}.", title=f"T{n}")
    first = people.get("viewer", "history", query="?kind=documents")
    assert len(lines(first)) == 50
    address = html.unescape(re.findall(r'rel="next" href="([^"]*)"', first)[0])
    assert address == f"?kind=documents&before={seqs(first)[-1]}"
    second = people.get("viewer", "history", query=address)
    make_document(people.cast["annotator"], "Later.", title="later")
    assert seqs(people.get("viewer", "history", query=address)) == seqs(second)
    assert len(lines(second)) == 10 and not set(seqs(first)) & set(seqs(second))
    assert 'href="?kind=documents"' in second and "To the newest" in words(second) and 'rel="next"' not in second


def test_an_act_stands_on_one_page(people: People) -> None:
    with writing(by=people.cast["annotator"]) as op:
        for n in range(3):
            op.log("view.saved", people.cast.corpus, {"name": f"old {n}"})
    for n in range(49):
        make_document(people.cast["annotator"], f"Text {n}.", title=f"T{n}")
    first = people.get("viewer", "history")
    assert len(lines(first)) == 49 and "old" not in " ".join(lines(first))
    second = people.get("viewer", "history", query=f"?before={seqs(first)[-1]}")
    assert "saved the view old 0" in lines(second)[0] and "and 2 more changes" in lines(second)[0]
    with writing(by=people.cast["annotator"]) as op:  # more than a page at one go
        for n in range(70):
            op.log("view.saved", people.cast.corpus, {"name": f"new {n}"})
    first = people.get("viewer", "history")
    assert len(lines(first)) == 1 and "and 50 more changes" in lines(first)[0] and 'rel="next"' in first


# --- what is new


def test_what_is_new_is_marked_until_the_visit_is_over(people: People) -> None:
    make_document(people.cast["annotator"], title="Old")
    assert "new" not in " ".join(lines(people.get("editor", "history"))).split()
    ago(people, "editor", hours=3)
    make_document(people.cast["annotator"], "Words.", title="Fresh")
    make_document(people.cast["editor"], "Mine.", title="Mine")
    for _ in range(2):  # loading it again takes nothing away
        page = people.get("editor", "history")
        new = [line for line in lines(page) if " new " in line]
        assert len(new) == 1 and "added Fresh" in new[0]
        assert "1 new change by others since" in words(page)
        assert page.index("added Fresh") < page.index('id="new-since"') < page.index("added Old")
    ago(people, "editor", minutes=15)
    assert "new-since" not in people.get("editor", "history")


def test_a_page_that_keeps_itself_fresh_sees_nothing(people: People) -> None:
    people.get("viewer", "history")
    make_document(people.cast["annotator"], title="Fresh")
    before = Member.objects.get(pk=people.cast["viewer"].pk).seen_seq
    live = people.client("viewer").get(people.url("history"), headers={"X-Live": "1"}).content.decode()
    assert " new " in lines(live)[0] and Member.objects.get(pk=people.cast["viewer"].pk).seen_seq == before
    ago(people, "viewer", hours=3)
    assert " new " in lines(people.get("viewer", "history"))[0]


def test_other_corpora_say_how_much_is_new(people: People) -> None:
    people.get("viewer", "corpus_home")
    corpora.create(user=people.cast.user("viewer"), name="Second")
    second = reverse("corpus_home", args=[Member.objects.get(corpus__name="Second").corpus.slug])
    mark(people.cast["annotator"], make_document(people.cast["annotator"]), "Experts agree", "claim")
    n = Event.objects.filter(corpus=people.cast.corpus, actor=people.cast["annotator"]).count()
    assert f"{n} new changes" in words(people.client("viewer").get("/?all=1"))
    assert f"Trial {n} new" in words(people.client("viewer").get(second))
    people.get("viewer", "history")
    assert "new change" not in words(people.client("viewer").get("/?all=1"))


def test_the_ways_to_it(people: People) -> None:
    document = make_document(people.cast["annotator"])
    mark(people.cast["annotator"], document, "Experts agree", "claim")
    feed = people.url("history")
    for page, query in (
        (people.get("viewer", "document_read", document.pk), f"?document={document.pk}"),
        (people.get("viewer", "statement_detail", "C-1"), "?statement=C-1"),
        (people.get("viewer", "member_list"), f"?person={people.cast['editor'].pk}"),
        (people.get("viewer", "corpus_home"), ""),
    ):
        assert f'href="{feed}{query}"' in page


# --- what is somebody's alone


def test_hidden_events_are_in_no_count(people: People) -> None:
    statement = checks.make_claim(people.cast)
    check = checks.begin(people.cast, statement)
    for name in ("history", "corpus_home"):
        people.get("editor", name)
    ago(people, "editor", hours=1)
    with writing(by=people.cast["checker"]) as op:
        verifications.save(op, check, justification="Teal.")
    for name in ("history", "corpus_home"):
        page = people.get("editor", name)
        assert "new change" not in words(page) and "new-since" not in page and "worked on the check" not in page
    assert people.get("editor", "history", query="?statement=C-1&kind=checking").count('id="e-') == 1


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
