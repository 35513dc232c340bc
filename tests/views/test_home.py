"""The way in: corpora, a new one, the home of a corpus with one's own work and what others did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.models import Corpus, Member, Statement, Tag
from annotations.services import comments, corpora, documents
from annotations.services.op import writing
from tests import checks
from tests.factories import make_document, mark
from tests.views.people import People, field_value, words


def test_the_only_corpus_is_opened_at_once(people: People) -> None:
    assert people.client("viewer").get("/").headers["Location"] == people.url("corpus_home")
    assert "Trial" in words(people.client("viewer").get("/?all=1"))


def test_two_corpora_are_listed_with_their_documents(people: People) -> None:
    corpora.create(user=people.cast.user("viewer"), name="Second")
    make_document(people.cast["annotator"])
    shown = words(people.client("viewer").get("/"))
    assert "Second 0 documents" in shown and "Trial 1 document" in shown


def test_without_a_corpus_one_is_offered(people: People) -> None:
    page = people.client("stranger").get("/").content.decode()
    assert "No corpus yet" in page and reverse("corpus_new") in page


def test_a_new_corpus_begins_with_three_steps(people: People) -> None:
    answer = people.client("stranger").post("/new/", {"name": "试读", "description": "", "codebook": "ai-governance"})
    page = people.client("stranger").get(answer.headers["Location"]).content.decode()
    assert [step in page for step in ("Add documents", "Read and mark", "See it in the Tracker")] == [True] * 3
    assert page.count("<h2") == 4  # three steps and the hidden question before a deed
    made = Corpus.objects.get(name="试读")
    assert Member.objects.get(corpus=made).role == "admin"
    assert Tag.objects.filter(corpus=made).count() == 9


def test_a_corpus_without_a_name_is_refused_and_the_rest_kept(people: People) -> None:
    data = {"name": "", "description": "On compute", "codebook": "empty"}
    page = people.client("stranger").post("/new/", data).content.decode()
    assert "This field is required." in page
    assert field_value(page, "description") == "On compute"
    assert Corpus.objects.count() == 1


def test_home_without_documents_asks_only_who_may_for_some(people: People) -> None:
    assert people.url("document_add") in people.get("annotator", "corpus_home")
    assert people.url("document_add") not in people.get("viewer", "corpus_home")


def test_reading_goes_on_at_the_paragraph(people: People) -> None:
    document = make_document(people.cast["annotator"])
    with writing(by=people.cast["viewer"]) as op:
        documents.set_reading(op, document, "reading", 2)
    shown = words(people.get("viewer", "corpus_home"))
    assert "Continue reading" in shown and "¶ 2 of 3" in shown


def test_my_work_is_what_my_role_can_do(people: People) -> None:
    checks.send(people.cast, checks.make_claim(people.cast))
    assert "To review 1" in words(people.get("reviewer", "corpus_home"))
    assert "To review" not in words(people.get("checker", "corpus_home"))
    assert "To triage" not in words(people.get("viewer", "corpus_home"))


def test_a_list_can_be_chosen(people: People) -> None:
    checks.send(people.cast, checks.make_claim(people.cast))
    page = people.get("reviewer", "corpus_home", query="?list=review")
    assert people.url("statement_detail", "C-1") in page and people.url("review_queue") in page
    assert "Nothing waits for you here." in words(people.get("reviewer", "corpus_home", query="?list=check"))


def later(people: People, role: str) -> None:
    """As if the last look of this person was some hours ago."""
    Member.objects.filter(pk=people.cast[role].pk).update(seen_at=timezone.now() - timedelta(hours=3))


def test_what_was_given_to_me_stands_by_its_date(people: People) -> None:
    cast = people.cast
    late, soon, never = (checks.make_claim(cast, quote) for quote in ("Experts agree", "Emoji", "In 2024"))
    today = timezone.localdate()
    for claim, due in ((late, today - timedelta(days=2)), (soon, today + timedelta(days=2)), (never, None)):
        checks.move(cast, "annotator", claim, "queued")
        Statement.objects.filter(pk=claim.pk).update(assignee=cast["checker"], due=due)
    with writing(by=cast["annotator"]) as op:
        comments.create(op, soon, f"@{cast['checker'].name}, have a look")
    client, home = people.client("checker"), people.url("corpus_home")
    shown = words(client.get(f"{home}?list=given"))
    assert "Given to me 3" in shown and "Due 1" in shown and "Mentions 1" in shown
    assert shown.index("Experts agree") < shown.index("Emoji") < shown.index("In 2024")
    assert shown.count("overdue") == 1
    Statement.objects.filter(pk=late.pk).update(public="withdrawn")
    assert "Given to me 2" in words(client.get(home)) and "Due 0" in words(client.get(home))


def test_what_others_did_since_the_last_visit(people: People) -> None:
    document = make_document(people.cast["annotator"])
    people.get("viewer", "corpus_home")
    later(people, "viewer")
    mark(people.cast["annotator"], document, "Experts agree", "claim")
    for _ in range(2):  # loading it again takes nothing away
        shown = words(people.get("viewer", "corpus_home"))
        assert "Since" in shown and f"{people.cast['annotator']} made C-1" in shown and "3 new changes" in shown
    later(people, "viewer")
    shown = words(people.get("viewer", "corpus_home"))
    assert "Lately" in shown and "made C-1" in shown
    assert "made C-1" not in words(people.get("annotator", "corpus_home"))


def test_a_long_absence_is_told_in_a_few_sentences(people: People) -> None:
    people.get("viewer", "corpus_home")
    later(people, "viewer")
    for name in ("One", "Two"):
        document = make_document(people.cast["annotator"], title=name)
        for quote in ("Experts agree", "standards body", "Emoji"):
            mark(people.cast["checker"], document, quote, "claim")
    make_document(people.cast["editor"], title="Alone")
    page, checker = people.get("viewer", "corpus_home"), people.cast["checker"]
    shown = words(page)
    assert f"{checker} marked 6 passages in 2 documents" in shown and f"{checker} made 6 statements" in shown
    assert f"{people.cast['annotator']} added 2 documents" in shown
    assert f"{people.cast['editor']} added Alone" in shown
    assert f'href="{people.url("history")}?person={checker.pk}&amp;kind=passages"' in page


def test_the_corpus_at_a_glance_leads_to_the_tracker(people: People) -> None:
    mark(people.cast["annotator"], make_document(people.cast["annotator"]), "Experts agree", "claim", "proposal")
    page = people.get("viewer", "corpus_home")
    for kind in ("claim", "proposal"):
        assert f"{people.url('tracker')}?status=untriaged&amp;kind={kind}" in page


@pytest.mark.parametrize("role", ["viewer", "checker"])
def test_an_unreviewed_verdict_is_in_no_count(people: People, role: str) -> None:
    checks.send(people.cast, checks.make_claim(people.cast))
    assert "Verdicts" not in words(people.get(role, "corpus_home"))
