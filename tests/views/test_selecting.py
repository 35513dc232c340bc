"""Selecting evidence in a snapshot: what the page brings for it, for what one came, and what others see of it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from annotations.models import Answer, Evidence, Snapshot, Source, Statement
from annotations.services import sources, verifications
from annotations.services.op import writing
from tests import checks
from tests.views.people import People, field_value, words

SAYS = "報告😀\n𠮷野家稱，共計 233 起。\n<b>not</b> bold"
START = SAYS.index("𠮷")


@pytest.fixture
def source(people: People) -> Source:
    return checks.make_source(people.cast, SAYS)


@pytest.fixture
def shot(source: Source) -> Snapshot:
    return source.snapshots.get()


@pytest.fixture
def claim(people: People) -> Statement:
    return checks.make_claim(people.cast)


def attach(people: People, claim: Statement, source: Source, **values: Any) -> Evidence:
    with writing(by=people.cast["checker"]) as op:
        return sources.add_evidence(op, claim, source, **{"stance": "supports", **values})


def answered(people: People, claim: Statement) -> Answer:
    """An answer of the check that the checker is writing."""
    check = checks.begin(people.cast, claim)
    with writing(by=people.cast["checker"]) as op:
        question = verifications.ask(op, check, "How many were there?")
        return verifications.reply(op, question, text="233", type="extractive")


def data(page: str, name: str) -> Any:
    """What the page gives its scripts."""
    found = re.search(rf'<script id="{name}" type="application/json">(.*?)</script>', page, re.S)
    assert found, name
    return json.loads(found[1])


def test_blocks_say_where_they_stand(people: People, source: Source, shot: Snapshot) -> None:
    for page in (
        people.get("viewer", "source_snapshot", source.pk, shot.pk), people.get("viewer", "source_detail", source.pk)
    ):  # fmt: skip
        blocks = re.findall(r'<\w+ class="block [^>]*data-s="(\d+)" data-e="(\d+)">([^<]*)<', page)
        assert [SAYS[int(start) : int(end)] for start, end, _ in blocks] == SAYS.split("\n")
        assert blocks[2][2] == "&lt;b&gt;not&lt;/b&gt; bold" and "<b>not" not in page


def test_evidence_is_marked_by_place_and_by_words(
    people: People, claim: Statement, source: Source, shot: Snapshot
) -> None:
    typed = attach(people, claim, source, quote="共計２３３起", stance="refutes")
    placed = attach(people, claim, source, start=START, end=START + 4)
    lost = attach(people, claim, source, quote="共計 234 起")
    shown = attach(people, claim, source, note="The chart on the right.", medium="image")
    page = people.get("checker", "source_snapshot", source.pk, shot.pk)
    rows = data(page, "snapshot-evidence")
    assert [(row["id"], SAYS[row["start"] : row["end"]], row["stance"], row["own"]) for row in rows] == [
        (placed.pk, "𠮷野家稱", "supports", True), (typed.pk, "共計 233 起", "refutes", True),
    ]  # fmt: skip
    assert [f'id="e-{row.pk}"' in page for row in (placed, typed, lost, shown)] == [True] * 4
    assert words(page).count("Quotation not found in the snapshot") == 1 and "The chart on the right." in page


def test_in_a_newer_snapshot_what_still_stands_is_marked(people: People, claim: Statement, source: Source) -> None:
    kept = attach(people, claim, source, start=START, end=START + 4)
    attach(people, claim, source, quote="共計 233 起")
    with writing(by=people.cast["checker"]) as op:
        sources.capture_text(op, source, "更正：𠮷野家稱，共計 234 起。")
    rows = data(people.get("viewer", "source_detail", source.pk), "snapshot-evidence")
    assert [(row["id"], row["start"], row["end"]) for row in rows] == [(kept.pk, 3, 7)]


def test_the_stance_of_an_unreviewed_check_is_for_its_contributors(
    people: People, claim: Statement, source: Source, shot: Snapshot
) -> None:
    checks.begin(people.cast, claim)
    attach(people, claim, source, start=START, end=START + 4, stance="refutes")
    for role, stance in (("checker", "refutes"), ("annotator", ""), ("reviewer", ""), ("admin", ""), ("viewer", "")):
        for page in (
            people.get(role, "source_snapshot", source.pk, shot.pk), people.get(role, "source_detail", source.pk)
        ):  # fmt: skip
            (row,) = data(page, "snapshot-evidence")
            assert (row["stance"], row["quote"]) == (stance, "𠮷野家稱"), role
            body = re.sub(r"<script.*?</script>", "", page, flags=re.S)
            assert (re.search(r'class="status[^"]*"[^>]*>(?:(?!</span>).)*<span>Refutes', body, re.S) is not None) is (
                role == "checker"
            ), role


def test_what_one_came_for_is_carried_along(people: People, claim: Statement, source: Source, shot: Snapshot) -> None:
    answer = answered(people, claim)
    carry = f"?for={claim.label}&answer={answer.pk}"
    page = people.get("checker", "source_list", query=carry)
    assert f"{people.url('source_detail', source.pk)}?for={claim.label}&amp;answer={answer.pk}" in page
    assert "How many were there?" in words(page) and people.url("check_edit", claim.label) in page
    page = people.get("checker", "source_detail", source.pk, query=carry)
    assert data(page, "snapshot-boot")["purpose"]["answer"] == answer.pk
    assert f"{people.url('source_snapshot', source.pk, shot.pk)}?for={claim.label}" in page
    made = people.post("checker", "source_new", title="Other", type="dataset", text="Other words.")
    assert "?for" not in made.headers["Location"]
    form = {"title": "Third", "type": "dataset", "text": "Third words."}
    made = people.client("checker").post(people.url("source_new") + carry, form)
    assert made.headers["Location"].endswith(f"?for={claim.label}&answer={answer.pk}")
    archived = people.client("checker").post(people.url("source_detail", source.pk) + carry, {"text": "Newer."})
    assert archived.headers["Location"].endswith(f"answer={answer.pk}")
    people.get("checker", "source_list", query="?for=C-999", status=404)


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_an_answer_of_another_is_told_and_not_used(people: People, claim: Statement, source: Source, role: str) -> None:
    answer = answered(people, claim)
    page = people.get(role, "source_detail", source.pk, query=f"?for={claim.label}&answer={answer.pk}")
    assert data(page, "snapshot-boot")["purpose"]["answer"] is None
    assert "not in a check that you are writing" in words(page) and "How many" not in page


def test_who_may_not_attach_gets_no_means_to(people: People, claim: Statement, source: Source) -> None:
    page = people.get("annotator", "source_detail", source.pk, query=f"?for={claim.label}")
    boot = data(page, "snapshot-boot")
    assert boot["member"]["can"] is False and boot["purpose"] is None and "Evidence for" not in words(page)
    assert people.url("source_describe", source.pk) not in page
    assert people.post("annotator", "source_describe", source.pk, statement=claim.label).status_code == 403


def test_what_cannot_be_quoted_is_described(people: People, claim: Statement, source: Source, shot: Snapshot) -> None:
    answer = answered(people, claim)
    where = people.url("source_describe", source.pk) + f"?for={claim.label}&answer={answer.pk}"
    form = {
        "statement": claim.label, "stance": "refutes", "medium": "table", "note": "Row 3 says 234.",
        "locator": "table 2", "snapshot": str(shot.pk),
    }  # fmt: skip
    response = people.client("checker").post(where, form)
    row = Evidence.objects.get()
    assert response.headers["Location"].endswith(f"?for={claim.label}&answer={answer.pk}#e-{row.pk}")
    assert (row.snapshot, row.medium, row.stance, row.note, row.quote) == (
        shot, "table", "refutes", "Row 3 says 234.", ""
    )  # fmt: skip
    assert row.answer == answer and (row.start, row.end) == (None, None)
    page = people.get("viewer", "source_snapshot", source.pk, shot.pk)
    assert "Row 3 says 234." in words(page) and f'id="e-{row.pk}"' in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"statement": "C-999"}, "no claim or proposal with this number"),
        ({"statement": "twelve"}, "no claim or proposal with this number"), ({"note": " "}, "This field is required."),
    ],
)  # fmt: skip
def test_a_wrong_description_keeps_what_was_typed(
    people: People, claim: Statement, source: Source, wrong: dict[str, str], told: str
) -> None:
    form = {"statement": claim.label, "stance": "context", "medium": "video", "note": "At 3:12.", "locator": "3:12"}
    page = people.kept("checker", "source_describe", source.pk, **form | wrong)
    assert told in words(page) and field_value(page, "locator") == "3:12" and not Evidence.objects.exists()


def test_pages_lead_to_the_passage(people: People, claim: Statement, source: Source, shot: Snapshot) -> None:
    row = attach(people, claim, source, start=START, end=START + 4)
    there = f"{people.url('source_snapshot', source.pk, shot.pk)}#e-{row.pk}"
    page = people.get("viewer", "statement_detail", claim.label)
    assert there in page
    answer = answered(people, claim)
    with writing(by=people.cast["checker"]) as op:
        verifications.place(op, Evidence.objects.get(), answer)
    check = people.get("checker", "check_edit", claim.label)
    assert there in check and f"?for={claim.label}&amp;answer={answer.pk}" in check
    assert f"{people.url('source_list')}?for={claim.label}" in people.get("checker", "statement_detail", claim.label)
    bare = Source.objects.create(
        corpus=source.corpus, title="Bare", type="news", created_at=row.created_at, updated_at=row.created_at
    )
    loose = attach(people, claim, bare, note="Heard there.")
    page = people.get("viewer", "statement_detail", claim.label)
    assert f"{people.url('source_detail', bare.pk)}#e-{loose.pk}" in page
    assert f'id="e-{loose.pk}"' in people.get("viewer", "source_detail", bare.pk)
