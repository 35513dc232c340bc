"""What leaves the API: the schema of each kind of row. The contract tests hold real answers against them."""

from __future__ import annotations

from typing import Any

from annotations.api.schema import (
    components_codebook,
    components_rounds,
    components_search,
    components_suggested,
    components_versions,
    components_watches,
)
from annotations.api.schema.components_search import SPAN
from annotations.api.schema.notation import Schema, obj, one_of, or_null, page
from annotations.rules import vocabulary as v

ROW = {"id": "int", "uid": "uuid", "version": "int"}
PROBLEM = obj(
    "RFC 9457. `detail` is a sentence a person can act on; `code` is for programs; `current` is the present state of "
    "what changed meanwhile; `id` names the row that is in the way.",
    type="str", title="str", status="int", detail="str", code="str", errors_opt="[Reason]", current_opt="{any}",
    id_opt="int",
)  # fmt: skip
REASON = obj(field="str?", detail="str", code="str")
CORPUS = obj(
    **ROW, slug="str", name="str", description="str", language="str", publisher_name="str", publisher_contact="str",
    publisher_policy="str", demo="bool", created_at="time", role=one_of(v.ROLES),
)  # fmt: skip
MEMBER = obj(**ROW, name="str", role=one_of(v.ROLES), active="bool", imported="bool", joined_at="time")
INVITATION = obj(
    "`url` is told once, in the answer to the POST.",
    id="int", uid="uuid", role=one_of(v.ROLES), note="str", state="str", created_at="time", expires_at="time",
    created_by="int", used_by="int?", url_opt="str",
)  # fmt: skip
TOKEN = obj(
    "`secret` is told once, in the answer to the POST.",
    id="int", name="str", prefix="str", write="bool", created_at="time", expires_at="time?", last_used_at="time?",
    revoked_at="time?", secret_opt="str",
)  # fmt: skip
MY_CORPUS = obj(id="int", slug="str", name="str", member="int", role=one_of(v.ROLES))
ME = obj(id="int", username="str", name="str", language="str", corpora="[MyCorpus]", token="Token?")
TAG = obj(
    **ROW, set="int", scope=one_of(v.TAG_SCOPES), code="str", label="str", label_zh_hans="str", label_zh_hant="str",
    definition="str", definition_zh_hans="str", definition_zh_hant="str", use_when="str",
    not_when="str", examples="str", colour=one_of(v.PALETTE),
    key="str", order="int", deprecated="bool", parent="int?", merged_into="int?", leads_to="int?", split_from="int?",
)  # fmt: skip
TAG_SET = obj(**ROW, name="str", scope=one_of(v.TAG_SCOPES), many="bool", order="int")
AGENT = obj(**ROW, name="str", type=one_of(v.AGENT_TYPES), aliases="[str]", url="str", note="str")
NAMED_AGENT = obj(id="int", name="str", type=one_of(v.AGENT_TYPES), prefilled="bool")
VERSION = obj(
    id="int", number="int", sha256="str", length="int", clean_length="int", cleaner="str", reader="str", blocks="int",
    folded_blocks="int", repairs="{int}",
)  # fmt: skip
DOCUMENT = obj(
    "`proposed` names the facts that nobody has confirmed; lengths are code points.",
    **ROW, corpus="int", title="str", language="str", genre="str", authors="[str]", author_note="str",
    affiliation="str", publisher="str", source_note="str", url="str", published_date="str", not_before="str",
    reference_year="int?", rights="str", proposed="[str]", note="str", translation_of="int?", batch="int?",
    annotations="int", created_at="time", updated_at="time", current="Version?",
)  # fmt: skip
READING = obj(state=one_of(v.READING_STATES), paragraph="int")
PERSON = obj(id="int?", name="str?")
LINKED = obj(
    "A statement that a passage expresses, and how.",
    occurrence="int", occurrence_version="int", id="int", version="int", label="str", kind=one_of(v.KINDS),
    fit=one_of(v.FITS), difference="str", status="str", verdict="str?", verdict_as_of="str", progress="str",
    progress_date="str", text="str", voice="str", speaker="str", reported_via="str", author_stance="str",
    modality="str", utterance_date="str", prefilled="[str]", proposer_opt="[str]", actor_opt="[str]",
)  # fmt: skip
ANNOTATION = obj(
    "Offsets are code points, half-open: start and end in the raw text, clean_* in the clean view, home_* in the first "
    "copy of a repeated body, where `copies` are the other ones. `layer`: it belongs to a coder of a round.",
    **ROW, document="int", start="int", end="int", clean_start="int", clean_end="int", exact="str", quote="str",
    creator="Person", created_at="time", updated_at="time", note="str", tags="[int]", anchor_state="str",
    home_start="int", home_end="int", block="int", text_version="int", statements="[Linked]", comments="int",
    copies_opt={"type": "array", "items": SPAN}, copies_raw_opt={"type": "array", "items": SPAN},
    layer_opt="int",
)  # fmt: skip
ANNOTATIONS = obj(count="int", next="str?", previous="str?", seq="int", results="[Annotation]")
SAME = obj(
    start="int", end="int", clean_start="int", clean_end="int", quote="str", before="str", after="str", paragraph="int"
)  # fmt: skip
SAME_LIST = obj(results="[Same]")
REPEATED = obj(op="str", results="[Annotation]")
UNDONE = obj("`removed`: ids of the annotations that went.", op="str", results="[Annotation]", removed="[int]")
FACTS_OF_STATEMENT: dict[str, str | Schema] = {
    **ROW, "corpus": "int", "label": "str", "kind": one_of(v.KINDS), "number": "int", "text": "str", "gloss_en": "str",
    "language": "str", "type": one_of(v.CLAIM_TYPES, blank=True), "more_types": "[str]", "wording": one_of(v.WORDINGS),
    "work": one_of(v.WORK), "public": one_of(v.PUBLIC), "status": one_of(v.STATUSES),
    "verdict": or_null(one_of(v.VERDICTS)), "verdict_as_of": "str", "progress": "str", "progress_date": "str",
    "checkworthiness": one_of(v.CHECKWORTHINESS, blank=True), "triage_reason": "str", "q1": "str", "q2": "int?",
    "q3": "int?", "q4": "str", "priority": "int?", "assignee": "int?", "due": "day?", "about_date": "str",
    "reference_year": "int?", "resolve_by": "day?", "resolution_criteria": "str", "note": "str", "mechanism": "str",
    "instrument": "str", "bindingness": "str", "modality": "str", "target": "str", "deadline": "str",
    "specificity": "int?", "created_at": "time", "updated_at": "time", "created_by": "int?",
}  # fmt: skip
STATEMENT = obj(**FACTS_OF_STATEMENT)
MOVE = obj(
    "A step that the state offers: not this person's when `forbidden`, not ready while something is `missing`.",
    to="str", label="str", ready="bool", forbidden="str?", missing="[Reason]",
)  # fmt: skip
STATEMENT_DETAIL = obj(**FACTS_OF_STATEMENT, agents="{[NamedAgent]}", tags="[int]", passages="int", moves="[Move]")
OCCURRENCE = obj(
    **ROW, annotation="int", statement="int", document="int", fit=one_of(v.FITS), difference="str", voice="str",
    speaker="str", reported_via="str", author_stance="str", modality="str", utterance_date="str", prefilled="[str]",
)  # fmt: skip
RELATION = obj(
    "`outward`: the asking statement is the source.",
    **ROW, type=one_of(v.RELATIONS), state=one_of(v.RELATION_STATES), rationale="str", source="int", target="int",
    outward="bool", other="End", created_by="int?", created_at="time",
)  # fmt: skip
END = obj(id="int", label="str", kind=one_of(v.KINDS), text="str")
MILESTONE = obj(
    **ROW, statement="int", status=one_of(v.PROGRESS), date="str", source="int?", note="str",
    state=one_of(v.MILESTONE_STATES), created_by="int?", confirmed_by="int?", refused_by="int?", refused_reason="str",
    created_at="time",
)  # fmt: skip
SHOT: dict[str, Any] = {
    "id": "int", "uid": "uuid", "source": "int", "state": "str", "way": one_of(v.SNAPSHOT_WAYS),
    "retrieved_at": "time", "sha256": "str", "mime": "str", "characters": "int", "http_status": "int?",
    "final_url": "str", "redirects": "[any]", "archive_url": "str", "proposed": "{any}", "file_name": "str",
    "created_by": "int?",
}  # fmt: skip
CAPTURE = obj(
    "A wish to fetch the address of a source; `reason` says why it waits, failed or was not allowed.",
    id="int", uid="uuid", source="int", url="str", state=one_of(v.CAPTURE_STATES), code="str", reason="str",
    http_status="int?", tries="int", asked_at="time", asked_by="int", next_try="time?", ended_at="time?",
    snapshot="int?", unchanged="bool",
)  # fmt: skip
SNAPSHOT = obj(
    **SHOT,
)  # fmt: skip
SNAPSHOT_TEXT = obj(
    **SHOT, text="str",
)  # fmt: skip
SOURCE = obj(
    **ROW, corpus="int", title="str", type=one_of(v.SOURCE_TYPES), publisher="str", authors="[str]", url="str",
    published_date="str", identifier="str", language="str", reliability_note="str", interests_note="str",
    independent_group="str", no_snapshot_reason="str", created_at="time", updated_at="time", created_by="int?",
    snapshots="[Snapshot]", capture="Capture?",
)  # fmt: skip
EVIDENCE = obj(
    "`stance` is null while the verdict it bears on is private; `answer` null: not used yet. `quote_found`: the quote "
    "stands in the snapshot it was taken from; `quote_stands`: in the newest one; null: nothing to look in. `start`, "
    "`end`: where it was selected in the text of its snapshot, in code points, half-open; null: it was typed.",
    **ROW, statement="int", answer="int?", source="int", snapshot="int?", quote="str", start="int?", end="int?",
    locator="str", medium=one_of(v.MEDIUMS), note="str", stance=or_null(one_of(v.EVIDENCE_STANCES)),
    created_at="time", created_by="int?", quote_found="bool?", quote_stands="bool?",
)  # fmt: skip
QUOTATIONS = obj(
    "`quotations` is empty unless this is a claim of the type quotation; `flags` is null while the check that records "
    "them is private; `wordless`: snapshots without text to look in.",
    statement="int", type="str", flags=or_null({"type": "array", "items": {"enum": list(v.QUOTATION_FLAGS)}}),
    quotations="[Quotation]", wordless="[int]",
)  # fmt: skip
QUOTATION = obj(
    "Words that somebody is said to have said, the passages that say so, and where the words stand: the best first.",
    words="str", annotations="[int]", comparisons="[QuotationComparison]",
)  # fmt: skip
QUOTATION_COMPARISON = obj(
    "`start` and `end`: where it stands in the text of the snapshot, in code points, half-open; null: not found. "
    "`marked`: an ellipsis stands where words were left out. The pieces rejoin to both sides.",
    snapshot="int", source="int", kind=one_of(v.QUOTATION_KINDS), start="int?", end="int?", similarity="num",
    marked="bool", before="str", after="str", pieces="[QuotationPiece]",
)  # fmt: skip
QUOTATION_PIECE = obj(
    "same: both spellings; del: left out of the original; ins: not in the original.",
    kind={"type": "string", "enum": ["same", "del", "ins"]}, claimed="str", original="str",
)  # fmt: skip
QUOTE = obj(source="int", quote="str", locator="str")
ANSWER = obj(id="int", text="str", type=one_of(v.ANSWER_TYPES), boolean_explanation="str", evidence="[Evidence]")
QUESTION = obj(
    "`quotes` instead of `answers` before one's own verdict is recorded.",
    id="int", text="str", order="int", answers_opt="[Answer]", quotes_opt="[Quote]",
)  # fmt: skip
REVIEW = obj(
    id="int", reviewer="int?", blind_verdict=one_of(v.VERDICTS), blind_reason="str", after_discussion="bool",
    decision=one_of(v.DECISIONS, blank=True), comment="str", created_at="time",
)  # fmt: skip
VERIFICATION = obj(
    "`hidden`: what it says is private until it is approved; then only the first lines are there.",
    **ROW, statement="int", number="int", state="str", author="int?", created_at="time", updated_at="time",
    approved_at="time?", hidden="bool", verdict_opt=one_of(v.VERDICTS, blank=True), flags_opt="[str]",
    justification_opt="str", as_of_date_opt="str", limitations_opt="str", claimant_contacted_opt="str",
    claimant_note_opt="str", sole_source_reason_opt="str", search_log_opt="[any]", contributors_opt="[int]",
    questions_opt="[Question]", reviews_opt="[Review]",
)  # fmt: skip
COMMENT = obj(
    "`removed`: it was taken away and stands here for its answers; then `body` and `html` are empty.",
    **ROW, annotation="int?", statement="int?", verification="int?", parent="int?", removed="bool", body="str",
    html="str", mentions="[int]", author="Person", resolved="bool", resolved_at="time?", resolved_by="int?",
    created_at="time", updated_at="time",
)  # fmt: skip
EVENT = obj(
    "`kind` is `hidden` for an event that this member may not see: it has a seq and nothing else.",
    seq="int", kind="str", at_opt="time", op_opt="str", actor_opt="Person", object_type_opt="str", object_id_opt="int",
    version_opt="int", document_opt="int?", payload_opt="any",
)  # fmt: skip
PLACE = obj(document_opt="int", paragraph_opt="int", statement_opt="int", label_opt="str")
SOMEBODY = obj(id="int", name="str", places="[Place]")
PRESENCE = obj(results="[Somebody]")
FEED = obj(seq="int", more="bool", results="[Event]")
VIEW = obj(**ROW, name="str", query="str", columns="[str]", shared="bool", created_by="int?")
OUTCOME = obj(done="[int]", ops="[str]", sentence="str", refused="[Refusal]")
REFUSAL = obj(id="int", label="str", detail="str")
CELL_CHANGE = obj(id="int", label="str", column="str", before="str", after="str", problem="str?")
CELLS = obj(
    "`changes` with `preview`, else the outcome.",
    changes_opt="[CellChange]", done_opt="[int]", ops_opt="[str]", sentence_opt="str", refused_opt="[Refusal]",
)  # fmt: skip
STATEMENT_COUNTS = obj(claims="int", proposals="int", passages="int", documents="int")
CHOICES = obj(results="[Choice]")
CHOICE = obj(value="str", label="str")
FORMAT_FACTS = {
    "name": "str", "label": "str", "extension": "str", "mime": "str", "lossless": "bool", "url": "str", "losses": "str",
}  # fmt: skip
FORMAT = obj(**FORMAT_FACTS)
FORMATS = obj(results="[Format]")
LOSS = obj(code="str", count="int", detail="str")
LOSSES = obj(**FORMAT_FACTS, filters="any", file_name="str", counts="{int}", results="[Loss]")


def camel(constant: str) -> str:
    """STATEMENT_DETAIL -> StatementDetail."""
    return "".join(part.capitalize() for part in constant.split("_"))


OTHERS = (
    components_codebook, components_rounds, components_search, components_suggested, components_versions,
    components_watches,
)  # fmt: skip
#: Every component by its name, in the order above; pages of those that are listed come with them.
COMPONENTS: dict[str, Schema] = {
    camel(name): value
    for part in (dict(globals()), *map(vars, OTHERS))
    for name, value in part.items()
    if name.isupper() and isinstance(value, dict) and value.get("type") == "object"
}


def page_of(name: str) -> str:
    """The name of the component that is one page of another."""
    COMPONENTS.setdefault(f"PageOf{name}", page(name))
    return f"PageOf{name}"
