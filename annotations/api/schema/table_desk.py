"""Addresses of sources, evidence, checks and milestones; of the Tracker, export and import."""

from __future__ import annotations

from annotations.api import bodies
from annotations.api.schema.endpoint import Endpoint, Schema
from annotations.api.schema.filters import STATEMENT_FILTERS
from annotations.http.fields import boolean, free, ids, needed, objects, text

Q: dict[str, Schema] = {"q": {"type": "string", "maxLength": 200, "description": "words it must hold"}}
INCLUDE: dict[str, Schema] = {
    "include": {"type": "string", "description": "unreviewed: one's own open checks, too"},
    "ordering": {"type": "string"},
}
ANYTHING = free({})
BULK = {
    "ids": ids(), "query": text(4000, "or: all that this query of the list names"),
    "action": needed(text(30, "assign, due, tag, type, move, triage")), "assignee": ANYTHING, "due": ANYTHING,
    "add": ANYTHING, "remove": ANYTHING, "type": ANYTHING, "mechanism": ANYTHING, "to": ANYTHING, "reason": ANYTHING,
    "note": ANYTHING, "duplicate_of": ANYTHING, "correction_note": ANYTHING, "resolve_by": ANYTHING,
    "resolution_criteria": ANYTHING, "q1": ANYTHING, "q2": ANYTHING, "q3": ANYTHING, "q4": ANYTHING,
    "specificity": ANYTHING,
}  # fmt: skip
CELL = {"id": needed(ANYTHING), "column": needed(text(40)), "words": needed(text()), "version": ANYTHING}
VIEW = {"name": text(200), "query": text(2000), "columns": free({"type": "array"}), "shared": boolean()}

TABLE = (
    Endpoint("GET", "api_sources", "Sources by title", "Source", many=True, query=Q),
    Endpoint(
        "POST", "api_sources",
        "A new source (checker), also as multipart with a `file`; 409 names the one that is here", "Source", 201,
        bodies.SOURCE_NEW, upload=True,
        example={"title": "Annual report", "type": "primary_document", "text": "There were 233 incidents."},
    ),
    Endpoint("GET", "api_source", "A source with its snapshots", "Source"),
    Endpoint("PATCH", "api_source", "Edit a source (checker)", "Source", body=bodies.SOURCE, match=True),
    Endpoint("DELETE", "api_source", "Remove a source that nothing rests on (checker)", match=True),
    Endpoint("GET", "api_snapshots", "What is archived of a source, without the texts", "Snapshot", many=True),
    Endpoint("POST", "api_snapshots", "Archive what a source says (checker): pasted, or a multipart `file`", "Snapshot",
             201, bodies.SNAPSHOT, upload=True),
    Endpoint("GET", "api_snapshot", "A snapshot with its text", "SnapshotText"),
    Endpoint("GET", "api_snapshot_file", "The file of a snapshot: as uploaded, or the WARC of a capture",
             media="*/*"),
    Endpoint("GET", "api_captures", "What became of each wish to capture the address, newest first", "Capture",
             many=True),
    Endpoint("POST", "api_captures", "Have the address of a source captured (checker)", "Capture", 201, {}),
    Endpoint("GET", "api_capture", "How far a capture is", "Capture"),
    Endpoint("GET", "api_evidence", "Evidence on a statement", "Evidence", many=True),
    Endpoint("POST", "api_evidence", "Add evidence (checker)", "Evidence", 201, bodies.EVIDENCE_NEW),
    Endpoint("GET", "api_evidence_item", "A piece of evidence", "Evidence"),
    Endpoint("PATCH", "api_evidence_item", "Change evidence, place it under an answer (checker)", "Evidence",
             body=bodies.EVIDENCE_CHANGE, match=True),
    Endpoint("DELETE", "api_evidence_item", "Withdraw evidence (checker)", match=True),
    Endpoint("GET", "api_verifications", "The checks of a claim, as far as one may read them", "Verification",
             many=True),
    Endpoint("POST", "api_verifications", "Begin a check (checker)", "Verification", 201, bodies.BEGIN),
    Endpoint("GET", "api_verification", "A check, as far as one may read it", "Verification"),
    Endpoint("PATCH", "api_verification", "Write a check: by whose it is", "Verification", body=bodies.CHECK,
             match=True),
    Endpoint("POST", "api_questions", "Add a question", "Verification", 201, bodies.QUESTION),
    Endpoint("DELETE", "api_question", "Drop a question; needs the ETag of the check", match=True),
    Endpoint("POST", "api_answers", "Answer a question", "Verification", 201, bodies.ANSWER),
    Endpoint("POST", "api_reviews", "Record one's own verdict before the other one is shown (reviewer)",
             "Verification", 201, bodies.BLIND),
    Endpoint("POST", "api_decision", "Approve a check or send it back (reviewer)", "Verification",
             body=bodies.DECISION),
    *(
        endpoint
        for name, thing in (("annotation", "a passage"), ("statement", "a statement"), ("verification", "a check"))
        for endpoint in (
            Endpoint("GET", f"api_{name}_comments", f"What is said about {thing}, thread by thread", "Comment",
                     many=True),
            Endpoint("POST", f"api_{name}_comments", f"Comment on {thing}, or answer (annotator)", "Comment", 201,
                     bodies.COMMENT_NEW, example={"body": "Which year is meant?"}),
        )
    ),
    Endpoint("GET", "api_comment", "A comment", "Comment"),
    Endpoint("PATCH", "api_comment", "Change one's own comment; settle a thread or take it up again (annotator)",
             "Comment", body=bodies.COMMENT, match=True),
    Endpoint("DELETE", "api_comment", "Remove one's own comment; an editor any", match=True),
    Endpoint("GET", "api_milestones", "The steps of a proposal, by date", "Milestone", many=True),
    Endpoint("POST", "api_milestones", "Enter a step (checker)", "Milestone", 201, bodies.MILESTONE),
    Endpoint("POST", "api_milestone_confirm", "Confirm a step that another person entered (checker)", "Milestone",
             body={}),
    Endpoint("POST", "api_milestone_refuse", "Refuse it, with a reason (checker)", "Milestone", body=bodies.REASON),
    Endpoint("POST", "api_bulk", "Many statements at once; each is done, or refused with its reason", "Outcome",
             body=BULK),
    Endpoint("POST", "api_cells", "Cells of the Tracker by their words, shown or written", "Cells",
             body={"cells": needed(objects(CELL, 100_000)), "preview": boolean()}),
    Endpoint("GET", "api_counts", "How many statements, passages and documents a filter lets through",
             "StatementCounts", query=STATEMENT_FILTERS),
    Endpoint("GET", "api_choices", "What a filter can be set to: agent, document", "Choices", query=Q),
    Endpoint("GET", "api_views", "One's own and shared views", "View", many=True),
    Endpoint("POST", "api_views", "Keep a view; one's own of the same name is replaced", "View", 201, VIEW,
             example={"name": "Queued claims", "query": "kind=claim&status=queued"}),
    Endpoint("GET", "api_view", "A view", "View"),
    Endpoint("PATCH", "api_view", "Change a view", "View", body=VIEW, match=True),
    Endpoint("DELETE", "api_view", "Remove a view", match=True),
    Endpoint("GET", "api_formats", "The formats of export", "Formats"),
    Endpoint("GET", "api_export", "The file, streamed; the Link header names the loss report", media="*/*",
             query={**INCLUDE, **STATEMENT_FILTERS}),
    Endpoint("GET", "api_export_losses", "What this format would leave out", "Losses",
             query={**INCLUDE, **STATEMENT_FILTERS}),
    Endpoint(
        "POST", "api_import", "A table, annotations of another program, or a dump: as multipart `file`, or as the body "
        "itself with `?name=`; 200 when nothing was new", "any", 201, {}, keyed=False, upload=True,
        query={
            name: {"type": "string"}
            for name in ("format", "mapping", "kind", "document", "sheet", "dry_run", "name")
        },
    ),
    Endpoint("GET", "api_schema", "This document", "any"),
)  # fmt: skip
