"""Addresses of passages, statements, search, history and undo."""

from __future__ import annotations

from annotations.api import bodies
from annotations.api.schema.endpoint import Endpoint, Schema
from annotations.api.schema.filters import STATEMENT_FILTERS
from annotations.rules.vocabulary import DIFFERENCES, DUPLICATE_STATES, FITS, KINDS

VERSION: dict[str, Schema] = {"version": {"type": "integer", "description": "id of a version; the current one"}}
SIMILAR: dict[str, Schema] = {
    "similar_to": {"type": "string", "description": "the 20 most similar to these words, best first"},
    "ordering": {"type": "string", "description": "number, text, type, status, verdict, updated ...; -x turns it"},
}
SEARCH: dict[str, Schema] = {
    "q": {"type": "string", "maxLength": 200}, "document": {"type": "integer", "description": "in this one only"},
    "kind": {
        "type": "string", "enum": ["passage", "annotation", "statement", "source", "comment", "all"],
        "description": "passages when it is missing; `all` only counts",
    },
}  # fmt: skip
PAIRS: dict[str, Schema] = {
    "state": {"type": "string", "enum": list(DUPLICATE_STATES.codes), "description": "open when it is missing"},
    "kind": {"type": "string", "enum": list(KINDS.codes)}, "fit": {"type": "string", "enum": list(FITS.codes)},
    "difference": {"type": "string", "enum": [*DIFFERENCES.codes, "none"], "description": "of variants"},
    "q": {"type": "string", "maxLength": 200}, "statement": {"type": "integer", "description": "pairs of this one"},
}  # fmt: skip

LIKE: dict[str, Schema] = {
    "q": {"type": "string", "description": "these words"},
    "statement": {"type": "integer", "description": "each wording of this statement"},
    "annotation": {"type": "integer", "description": "the words of this passage"},
    "document": {"type": "integer", "description": "the words from `start` to `end` of its current text"},
    "start": {"type": "integer", "description": "raw code point"}, "end": {"type": "integer"},
}  # fmt: skip

TABLE = (
    Endpoint("GET", "api_annotations", "All annotations of a document, in text order", "Annotations",
             query=VERSION | {"ids": {"type": "string", "description": "only these, e.g. 12,15"}}),
    Endpoint(
        "POST", "api_annotations", "Highlight a passage, with tags, note and statements", "Annotation", 201,
        bodies.ANNOTATION_NEW,
        example={"start": 0, "end": 5, "space": "raw", "note": "", "tags": [], "statements": [{"kind": "claim"}]},
    ),
    Endpoint("GET", "api_same", "The identical passages of a document that could be marked alike", "SameList",
             query={"annotation": {"type": "integer"}}),
    Endpoint("POST", "api_same", "Mark all identical passages alike", "Repeated", 201, bodies.SAME),
    Endpoint("GET", "api_annotation", "An annotation", "Annotation"),
    Endpoint("PATCH", "api_annotation", "Change note, tags, statements", "Annotation", body=bodies.ANNOTATION,
             match=True),
    Endpoint("DELETE", "api_annotation", "Take an annotation away; others' as an editor, with a reason",
             body=bodies.REASON, match=True),
    Endpoint("POST", "api_annotation_restore", "Bring a removed annotation back", "Annotation", body={}),
    Endpoint("POST", "api_anchor", "Put a passage in its place in the current version, or say that it is lost",
             "Annotation", body=bodies.ANCHOR, match=True),
    Endpoint("PATCH", "api_occurrence", "Say how a passage expresses its statement, or move it to another one",
             "Annotation", body=bodies.OCCURRENCE, match=True),
    Endpoint("GET", "api_suggestions", "What machines propose to mark in a document, in text order", "Suggestions"),
    Endpoint("POST", "api_suggestions", "Look for claims and proposals in it now (annotator)", "Suggestions", body={}),
    Endpoint("POST", "api_suggestion_accept", "Make the suggested passage one's own (annotator)", "Decided",
             body=bodies.SUGGESTION),
    Endpoint("POST", "api_suggestion_reject", "Turn a suggestion down for good (annotator)", "Decided", body={}),
    Endpoint("GET", "api_statements", "Statements by the filters of the Tracker", "Statement", many=True,
             query={**SIMILAR, **STATEMENT_FILTERS}),
    Endpoint(
        "POST", "api_statements", "A statement without a passage", "StatementDetail", 201, bodies.STATEMENT_NEW,
        example={"kind": "claim", "text": "There were 233 incidents in 2024.", "type": "quantity", "due": "2026-12-01"},
    ),
    Endpoint("GET", "api_statement", "A statement, with the steps that one may take", "StatementDetail"),
    Endpoint("PATCH", "api_statement", "Edit a statement", "StatementDetail", body=bodies.STATEMENT_CHANGE,
             match=True),
    Endpoint("POST", "api_transitions", "Move a statement on; 409 lists what is missing", "StatementDetail",
             body=bodies.TRANSITION, match=True),
    Endpoint("POST", "api_merge", "Merge a statement into another one, which is answered (checker)", "StatementDetail",
             body=bodies.INTO, match=True),
    Endpoint("POST", "api_split", "A second statement on the same passages", "StatementDetail", 201, bodies.SPLIT),
    Endpoint("GET", "api_occurrences", "The passages of a statement", "Occurrence", many=True),
    Endpoint("GET", "api_relations", "Relations of a statement, from its end", "Relation", many=True),
    Endpoint("POST", "api_relations", "Relate two statements", "Relation", 201, bodies.RELATION_NEW),
    Endpoint("GET", "api_duplicates", "Pairs of statements that may say the same, by state and difference", "Duplicate",
             many=True, query=PAIRS),
    Endpoint("POST", "api_duplicates", "Tell two apart for good, or keep both", "Relation", 201, bodies.DUPLICATE),
    Endpoint("GET", "api_alike", "More like this: the passages most like one of `q`, `statement`, `annotation`, "
             "`document`", "Passage", many=True, query=LIKE),
    Endpoint("GET", "api_shared", "The documents that share text with one, the most first", "Partner", many=True),
    Endpoint("GET", "api_shared_with", "Every run of words that two documents share", "Stretches",
             query={"page": {"type": "integer"}, "page_size": {"type": "integer", "maximum": 200}}),
    Endpoint("GET", "api_relation", "A relation, from its source", "Relation"),
    Endpoint("PATCH", "api_relation", "Confirm or turn down a relation", "Relation", body=bodies.RELATION, match=True),
    Endpoint("DELETE", "api_relation", "Remove a relation", match=True),
    Endpoint("GET", "api_statement_events", "The history of a statement, newest first", "Event", many=True),
    Endpoint("GET", "api_provenance", "Where a statement comes from and what was done with it: PROV-O",
             media="application/ld+json"),
    Endpoint("GET", "api_quotation", "The words that a claim says were said, beside the snapshots of its sources",
             "Quotations",
             query={"snapshot": {"type": "integer", "description": "id of one more snapshot of a source to look in"}}),
    Endpoint("GET", "api_events", "The feed: events after a seq, oldest first", "Feed",
             query={
                 "after": {"type": "integer", "description": "the seq of the last event you have"},
                 "document": {"type": "integer", "description": "only events of this document, without hidden ones"},
                 "person": {"type": "integer", "description": "only what this member did, without hidden ones"},
                 "statement": {"type": "string", "description": "only events of this statement, as C-12, and of what"
                               " hangs on it, without hidden ones"},
             }),
    Endpoint("GET", "api_presence", "Who is here now: members with the pages they have open", "Presence"),
    Endpoint("POST", "api_presence", "Say where one is; kept in memory for 45 seconds", "Presence",
             body=bodies.PRESENCE),
    Endpoint("POST", "api_undo", "Undo one of one's own ops", "Undone", body=bodies.OP),
    Endpoint("POST", "api_redo", "Redo it", "Undone", body=bodies.OP),
    Endpoint("GET", "api_search", "Sentences, or what people made, that hold some words", "Search", query=SEARCH),
)  # fmt: skip
