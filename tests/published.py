"""A check that is public, with words in every private field that no public page may show."""

from __future__ import annotations

from annotations.models import Annotation, Evidence, Question, Statement, Verification
from annotations.services import annotations, corpora, sources, statements, verifications
from annotations.services.op import writing
from tests import checks
from tests.factories import Cast

WHY = (
    "Osprey: the ministry's own register gives the figure for that year, and nothing later has replaced it since then."
)
#: Words of private fields; none of them may stand on a public page.
SECRETS = {
    name: f"Hidden-{name}"
    for name in (
        "note", "passage", "answer", "question", "remark", "sole", "search", "claimant", "blind", "comment",
        "publishing", "reopening", "draft",
    )
}  # fmt: skip


def publish(cast: Cast, verdict: str = "refuted") -> Statement:
    """A published claim; the corpus has a publisher."""
    with writing(by=cast["admin"]) as op:
        corpora.update(op, publisher_name="The desk", publisher_contact="desk@example.org", publisher_policy="Open.")
    statement = checks.make_claim(cast)
    with writing(by=cast["annotator"]) as op:
        statements.update(op, statement, note=SECRETS["note"], gloss_en="A gloss.")
        found = Annotation.objects.filter(occurrences__statement=statement).get()
        annotations.set_note(op, found, SECRETS["passage"])
    check = checks.begin(cast, statement)
    write(cast, check, verdict)
    approve(cast, statement, verdict)
    return checks.move(cast, "editor", statement, "published", note=SECRETS["publishing"])


def write(cast: Cast, check: Verification, verdict: str, why: str = WHY) -> Evidence:
    source = checks.make_source(cast)
    with writing(by=cast["checker"]) as op:
        question: Question = verifications.ask(op, check, SECRETS["question"])
        answer = verifications.reply(op, question, text=SECRETS["answer"], type="extractive")
        found = sources.add_evidence(
            op, check.statement, source, stance="refutes", quote="233 cases", note=SECRETS["remark"], locator="table 2"
        )
        verifications.place(op, found, answer)
        verifications.save(
            op, check, verdict=verdict, justification=why, limitations="Only reported cases.", claimant_contacted="yes",
            claimant_note=SECRETS["claimant"], sole_source_reason=SECRETS["sole"],
            search_log=[{"date": "2026-01-01", "where": SECRETS["search"], "terms": "x", "outcome": ""}],
        )  # fmt: skip
    return found


def approve(cast: Cast, statement: Statement, verdict: str) -> None:
    checks.move(cast, "checker", statement, "in_review")
    check = verifications.open_one(statement)
    assert check is not None
    with writing(by=cast["reviewer"]) as op:
        verifications.record_blind(op, check, verdict, SECRETS["blind"])
    checks.move(cast, "reviewer", statement, "approved", note=SECRETS["comment"])


def reopen(cast: Cast, statement: Statement) -> Verification:
    """The next version under way, with a draft in it."""
    checks.move(cast, "reviewer", statement, "in_progress", reason=SECRETS["reopening"])
    check = verifications.open_one(statement)
    assert check is not None
    write(cast, check, "mixed", SECRETS["draft"] + " " + WHY)
    return check


def correct(cast: Cast, statement: Statement, note: str, kind: str = "") -> Statement:
    """Paused, checked again with another verdict, published again."""
    checks.move(cast, "editor", statement, "paused", reason="A reader wrote to us.")
    checks.move(cast, "reviewer", statement, "in_progress", reason=SECRETS["reopening"])
    check = verifications.open_one(statement)
    assert check is not None
    write(cast, check, "mixed", WHY + " Both readings of it exist.")
    approve(cast, statement, "mixed")
    return checks.move(cast, "editor", statement, "published", correction_note=note, correction_kind=kind)
