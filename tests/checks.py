"""A claim taken through the workflow by the people whose work it is, to the state that a test needs."""

from __future__ import annotations

from annotations.models import Evidence, Review, Source, Statement, Verification
from annotations.services import sources, statements, verifications, workflow
from annotations.services.op import writing
from annotations.services.workflow import Asked
from tests.factories import Cast, make_document, mark

VERDICT = "mostly_supported"
WHY = "Kestrel: the register of the ministry names the figure for the year in question, and no later one replaces it."
ANSWER = "Heron: the register says so in its second table."
LIMITS = "Only reported cases are counted; plover."
BLIND_WHY = "Same table, read again; dunlin."
STANCE = "refutes"


def fresh(statement: Statement) -> Statement:
    return Statement.objects.select_related("corpus", "assignee").get(pk=statement.pk)


def move(cast: Cast, role: str, statement: Statement, to: str, **asked: str) -> Statement:
    with writing(by=cast[role]) as op:
        return workflow.transition(op, fresh(statement), to, Asked(**asked))


def make_claim(cast: Cast, quote: str = "In 2024 there were 233 reported incidents") -> Statement:
    """A claim on a passage of a new document, ready to be queued."""
    document = make_document(cast["annotator"])
    mark(cast["annotator"], document, quote, "claim")
    statement = Statement.objects.filter(corpus=cast.corpus).latest("id")
    with writing(by=cast["annotator"]) as op:
        statements.update(op, statement, type="quantity", wording="stands_alone")
        workflow.answer_triage(op, statement, {"q1": "yes", "q4": "urgent"})
    return statement


def make_source(cast: Cast, text: str = "The register counts 233 cases.") -> Source:
    with writing(by=cast["checker"]) as op:
        return sources.create(op, title="Register", type="primary_document", text=text)


def begin(cast: Cast, statement: Statement) -> Verification:
    """Queue the claim and let the checker start on it."""
    move(cast, "annotator", statement, "queued")
    move(cast, "checker", statement, "in_progress")
    check = verifications.open_one(statement)
    assert check is not None
    return check


def fill(cast: Cast, check: Verification) -> Evidence:
    """Question, answer, two pieces of evidence, verdict and reasons by the checker: enough to be sent."""
    source = make_source(cast)
    with writing(by=cast["checker"]) as op:
        question = verifications.ask(op, check, "What does the register say?")
        answer = verifications.reply(op, question, text=ANSWER, type="extractive")
        found = sources.add_evidence(op, check.statement, source, stance="supports", quote="233 cases")
        verifications.place(op, found, answer)
        other = sources.add_evidence(op, check.statement, source, stance=STANCE, note="A later count differs.")
        verifications.place(op, other, answer)
        verifications.save(
            op, check, verdict=VERDICT, justification=WHY, limitations=LIMITS, flags=["missing_context"],
            sole_source_reason="There is one register only.", search_log=[],
        )  # fmt: skip
    return found


def send(cast: Cast, statement: Statement) -> Verification:
    """A check in review, with everything private in it that can be."""
    check = begin(cast, statement)
    fill(cast, check)
    move(cast, "checker", statement, "in_review")
    return Verification.objects.select_related("statement", "author").get(pk=check.pk)


def record(cast: Cast, check: Verification, role: str = "reviewer", verdict: str = VERDICT) -> Review:
    with writing(by=cast[role]) as op:
        return verifications.record_blind(op, check, verdict, BLIND_WHY)


def approve(cast: Cast, statement: Statement) -> Statement:
    """The reviewer agrees."""
    record(cast, send(cast, statement))
    return move(cast, "reviewer", statement, "approved")
