"""A corpus with one of everything, and the same again in another one, for tests that walk over all addresses."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.models import (
    Agent,
    Annotation,
    Answer,
    ApiToken,
    Capture,
    Comment,
    Delivery,
    Document,
    Evidence,
    Invitation,
    Milestone,
    Occurrence,
    Question,
    Relation,
    Round,
    SavedView,
    Snapshot,
    Source,
    Statement,
    Suggestion,
    Tag,
    TagSet,
    Verification,
    Version,
    Watch,
    Webhook,
)
from annotations.services import (
    agents,
    annotations,
    api_tokens,
    codebook,
    coding,
    comments,
    corpora,
    milestones,
    relations,
    rounds,
    saved_views,
    snapshots,
    sources,
    statements,
    watches,
    webhooks,
)
from annotations.services.annotations import Span
from annotations.services.occurrences import Wanted
from annotations.services.op import writing
from annotations.services.webhook_messages import test_body
from tests import checks
from tests.factories import Cast, make_cast, make_document, mark, suggest


@dataclass
class World:
    """People and one row of each kind; `check` is in review, `open_claim` queued, `written` a check in progress."""

    cast: Cast
    document: Document
    version: Version
    annotation: Annotation
    occurrence: Occurrence
    claim: Statement  # its check is in review
    check: Verification
    written: Verification
    open_claim: Statement  # queued
    loose: Statement  # untriaged, without passage
    proposal: Statement
    question: Question
    answer: Answer
    source: Source
    bare_source: Source
    addressed: Source
    capture: Capture
    filed: Snapshot
    snapshot: Snapshot
    evidence: Evidence
    loose_evidence: Evidence
    milestone: Milestone
    relation: Relation
    comment: Comment
    suggestion: Suggestion
    round: Round
    closed_round: Round
    watch: Watch
    webhook: Webhook
    delivery: Delivery
    tag: Tag
    tag_set: TagSet
    column: Tag
    agent: Agent
    view: SavedView
    invitation: Invitation
    token: ApiToken


def make_world(name: str = "Home") -> World:
    """Everything, made by the services. The checker writes both checks, the editor shares the view."""
    cast = make_cast(name)
    claim = checks.make_claim(cast)
    check = checks.send(cast, claim)
    second = checks.make_claim(cast, "tests are needed")
    written = checks.begin(cast, second)
    evidence = checks.fill(cast, written)
    open_claim = checks.move(cast, "annotator", checks.make_claim(cast, "Emoji"), "queued")
    document = make_document(cast["annotator"])
    annotation = mark(cast["annotator"], document, "a global standards body", "proposal")
    question = written.questions.get()
    return World(
        cast=cast, document=document, version=document.current, annotation=annotation,
        occurrence=annotation.occurrences.get(), claim=claim, check=check, written=written, open_claim=open_claim,
        proposal=annotation.occurrences.get().statement, question=question, answer=question.answers.get(),
        source=evidence.source, snapshot=evidence.source.snapshots.get(), evidence=evidence, **desk(cast, annotation),
        **house(cast), round=open_round(cast), closed_round=closed_round(cast), **listening(cast),
    )  # type: ignore[arg-type]  # fmt: skip


def listening(cast: Cast) -> dict[str, object]:
    """A watch of the admin, an address that is told what it finds, and a message that it did not take."""
    with writing(by=cast["admin"]) as op:
        watch = watches.add(op, query="incidents", name="reports")
        hook, _ = webhooks.add(op, url="https://newsroom.example/hook")
        sent = Delivery.objects.create(
            webhook=hook, topic="test", body=test_body(op), state="given_up", tries=1, status=500, created_at=op.at,
            ended_at=op.at,
        )  # fmt: skip
    return {"watch": watch, "webhook": hook, "delivery": sent}


CODERS = ("annotator", "checker", "admin")


def open_round(cast: Cast, name: str = "Open") -> Round:
    """One document that three members code."""
    document = make_document(cast["annotator"])
    with writing(by=cast["editor"]) as op:
        return rounds.open_round(op, name=name, documents=[document], coders=[cast[role] for role in CODERS], each=3)


def closed_round(cast: Cast) -> Round:
    """The same, with one passage in it that nobody settled."""
    made, coder = open_round(cast, "Closed"), cast["annotator"]
    document = made.documents.get()
    with writing(by=coder) as op:
        layer = coding.layer_for(op, made, document)
        annotations.create(op, document, Span(0, 12), wanted=[Wanted(kind="claim")], layer=layer)
    with writing(by=coder) as op:
        rounds.finish(op, coding.assignment_of(made, document, coder), "done")
    with writing(by=cast["editor"]) as op:
        return rounds.close(op, made, anyway=True)


def desk(cast: Cast, annotation: Annotation) -> dict[str, object]:
    """Loose evidence, a milestone that waits, a relation, a source nothing rests on."""
    proposal = annotation.occurrences.get().statement
    with writing(by=cast["checker"]) as op:
        bare = sources.create(op, title="Yearbook", type="dataset", url="https://yearbook.example/2024")
        loose = statements.create(op, "claim", "A loose claim")
        evidence = sources.add_evidence(op, loose, bare, stance="context", note="see page 3")
        step = milestones.propose(op, proposal, status="in_the_works", date="2025-07-26", source=bare)
        relation = relations.relate(op, loose, proposal, "supports")
        unused = sources.create(op, title="Unused", type="news")
        filed = snapshots.store(op, bare, snapshots.uploaded(b"Two per cent.", "yearbook.txt")).snapshot
    capture = Capture.objects.create(
        corpus=cast.corpus, source=bare, url=bare.url, state="failed", asked_at=bare.created_at,
        asked_by=cast["checker"], ended_at=bare.created_at,
        reason={"code": "fetch_loop", "template": "It turns.", "params": {}},
    )  # fmt: skip
    with writing(by=cast["annotator"]) as op:
        said = comments.create(op, annotation, "Which year is meant?")
    suggestion = suggest(cast, annotation.document, "Experts agree that tests are needed.", loose)
    return {
        "loose": loose, "loose_evidence": evidence, "milestone": step, "relation": relation, "bare_source": unused,
        "addressed": bare, "capture": capture, "filed": filed,
        "comment": said, "suggestion": suggestion,
    }  # fmt: skip


def house(cast: Cast) -> dict[str, object]:
    """Codebook, agent, view, invitation, token."""
    with writing(by=cast["admin"]) as op:
        columns = codebook.add_set(op, name="Region", scope="statement", many=False)
        column = codebook.add_tag(op, columns, label="Asia")
        agent = agents.named(op, "世界人工智能合作組織", "intergovernmental")
        invitation, _ = corpora.invite(op, "viewer")
    with writing(by=cast["editor"]) as op:
        view = saved_views.save(op, name="Queued", query="status=queued", shared=True)
    token, _ = api_tokens.create(cast.user("admin"), name="nightly", write=True)
    tag = Tag.objects.filter(corpus=cast.corpus, tag_set__scope="annotation").order_by("id").first()
    assert tag is not None
    return {
        "tag": tag, "tag_set": tag.tag_set, "column": column, "agent": agent, "view": view, "invitation": invitation,
        "token": token,
    }  # fmt: skip


#: What stands behind `pk` in the addresses of the API, by the name of the address.
ROWS = {
    "api_versions": "document", "api_changes": "document", "api_anchor": "annotation",
    "api_document": "document", "api_coverage": "document", "api_reading": "document",
    "api_annotations": "document", "api_same": "document", "api_shared": "document", "api_shared_with": "document",
    "api_suggestions": "document",    "api_suggestion_accept": "suggestion", "api_suggestion_reject": "suggestion",
    "api_annotation": "annotation", "api_annotation_restore": "annotation", "api_occurrence": "occurrence",
    "api_statement": "loose", "api_transitions": "loose", "api_merge": "loose", "api_split": "loose",
    "api_occurrences": "claim", "api_statement_events": "claim", "api_provenance": "claim", "api_quotation": "claim",
    "api_relations": "loose", "api_relation": "relation",
    "api_annotation_comments": "annotation", "api_statement_comments": "loose",
    "api_verification_comments": "written", "api_comment": "comment",
    "api_evidence": "claim", "api_evidence_item": "loose_evidence", "api_verifications": "open_claim",
    "api_verification": "written", "api_questions": "written", "api_question": "question", "api_answers": "question",
    "api_reviews": "check", "api_decision": "check", "api_milestones": "proposal",
    "api_milestone_confirm": "milestone", "api_milestone_refuse": "milestone", "api_source": "bare_source",
    "api_snapshots": "source", "api_snapshot": "snapshot", "api_snapshot_file": "filed", "api_captures": "addressed",
    "api_capture": "capture", "api_tag": "tag", "api_tag_merge": "tag",
    "api_tag_reach": "tag", "api_tag_split": "tag", "api_tag_place": "tag",
    "api_watch": "watch", "api_watch_hits": "watch", "api_webhook": "webhook", "api_deliveries": "webhook",
    "api_webhook_secret": "webhook",
    "api_round": "round", "api_round_close": "round", "api_round_agreed": "closed_round",
    "api_round_document": "round", "api_round_annotations": "round", "api_round_places": "closed_round",
    "api_tag_set": "tag_set", "api_agent": "agent", "api_view": "view", "api_token": "token",
}  # fmt: skip
NAMED = {"api_member": "member", "api_invitation": "invitation"}
WORDS = {"api_codebook_export": "json", "api_export": "csv", "api_export_losses": "csv", "api_choices": "agent"}


def place(world: World, name: str, names: tuple[str, ...]) -> dict[str, object]:
    """The parameters of an address of the API in this world."""
    found: dict[str, object] = {}
    if "corpus" in names:
        found["corpus"] = world.cast.corpus.pk
    if "number" in names:
        found["number"] = 2
    if "other" in names:
        found["other"] = world.document.pk
    if "name" in names:
        found["name"] = WORDS[name]
    if "pk" in names and name == "api_member":
        found["pk"] = world.cast["viewer"].pk
    elif "pk" in names:
        found["pk"] = getattr(world, {**ROWS, **NAMED}[name]).pk
    if "document" in names:
        found["document"] = getattr(world, ROWS[name]).documents.get().pk
    return found
