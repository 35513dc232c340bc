"""What the bodies of writes hold: read by the views, shown by the documentation (http/fields.py)."""

from __future__ import annotations

from annotations.http.fields import (
    Body,
    Field,
    boolean,
    by_name,
    code,
    codes,
    date,
    day,
    free,
    ids,
    inner,
    integer,
    many,
    needed,
    objects,
    or_null,
    span,
    text,
)
from annotations.rules import vocabulary
from annotations.rules.vocabulary import PROPOSAL_ROLES

# --- corpora, people, tokens
PUBLISHER: Body = {"publisher_name": text(200), "publisher_contact": text(200), "publisher_policy": text()}
CORPUS_NEW: Body = {
    "name": needed(text(120)), "slug": text(50, "letters, digits and hyphens"), "description": text(),
    "language": code(vocabulary.LANGUAGES, blank=True), "codebook": text(40, "ai-governance or empty"),
}  # fmt: skip
CORPUS: Body = {
    "name": text(120), "description": text(), "language": code(vocabulary.LANGUAGES, blank=True), **PUBLISHER,
}  # fmt: skip
MEMBER: Body = {"role": code(vocabulary.ROLES), "active": boolean("false: no longer a member")}
INVITATION: Body = {"role": needed(code(vocabulary.ROLES)), "note": text(120)}
TOKEN: Body = {
    "name": needed(text(80)), "write": boolean("false: it may only read"),
    "days": or_null(integer(1, 3650, "until it expires; null: never")),
}  # fmt: skip

# --- the codebook
TAG_SET_NEW: Body = {"name": needed(text(80)), "scope": needed(code(vocabulary.TAG_SCOPES)), "many": boolean()}
TAG_SET: Body = {"name": text(80), "many": boolean(), "order": integer(0, 10_000)}
TAG: Body = {
    "label": text(80), "label_zh_hans": text(80), "label_zh_hant": text(80), "definition": text(),
    "definition_zh_hans": text(), "definition_zh_hant": text(), "examples": text(),
    "use_when": text(), "not_when": text(),
    "colour": code(vocabulary.PALETTE), "key": text(1, "a digit from 1 to 9, or nothing"),
    "order": integer(0, 10_000), "deprecated": boolean("true: no longer offered; what carries it keeps it"),
    "parent": or_null(integer(about="id of a tag of the same set")),
}  # fmt: skip
TAG_NEW: Body = {
    **{name: field for name, field in TAG.items() if name not in ("order", "deprecated")},
    "set": needed(integer()), "label": needed(text(80)), "code": text(60),
}  # fmt: skip
TAG_CHOICE: Body = {
    "q": text(200, "words it holds"), "document": integer(), "by": integer(about="member who made it"),
    "tag": integer(about="another tag it carries"),
}  # fmt: skip
TAG_SPLIT: Body = {
    "parts": needed(objects({
        "ids": many(integer(), 10_000, "what goes there; or `filter`"), "filter": inner(TAG_CHOICE),
        "into": integer(about="id of a tag that is there; or `label`"), "label": text(80, "name of a new tag"),
        "definition": text(),
    }, 50)),
    "retire": boolean("retire the tag; nothing may be left with it"),
}  # fmt: skip
TAG_PLACE: Body = {"set": needed(integer()), "parent": or_null(integer(about="id of a tag of that set"))}
EDITION: Body = {"note": needed(text(200, "its name"))}
ROUND: Body = {"name": text(120), "guide": text()}
ROUND_NEW: Body = {
    "name": needed(text(120)), "guide": text(), "blind": boolean("false: coders see each other's passages"),
    "documents": needed(ids("of the documents to code")), "coders": needed(ids("of the members who code")),
    "each": integer(1, 20, "how many coders each document gets; 2 without it"),
}  # fmt: skip
ROUND_CLOSE: Body = {"anyway": boolean("true: leave out what is not ended yet")}
ASSIGNMENT: Body = {"state": needed(code(vocabulary.ASSIGNMENT_STATES))}
RULING: Body = {
    "start": needed(integer()), "end": needed(integer()), "reason": text(),
    "annotation": needed(or_null(integer(about="the coder's passage to take over; null: none, with a reason"))),
}  # fmt: skip
INTO: Body = {"into": needed(integer(about="id of the one that stays"))}
AGENT: Body = {
    "name": text(200), "type": code(vocabulary.AGENT_TYPES), "aliases": many(text(200), 50), "url": text(500),
    "note": text(),
}  # fmt: skip

# --- reading
COVERAGE: Body = {
    "version": needed(integer(about="id of the version that was read")),
    "ranges": needed(many(span("blocks, counted from 0"), 1000)),
}

# --- documents
FACTS: Body = {
    "title": text(500), "language": code(vocabulary.LANGUAGES), "genre": code(vocabulary.GENRES, blank=True),
    "authors": many(text(200), 100), "author_note": text(300), "affiliation": text(300), "publisher": text(300),
    "source_note": text(300), "url": text(2000), "published_date": date(), "not_before": date(),
    "reference_year": or_null(integer(0, 9999)), "rights": text(300),
}  # fmt: skip
DOCUMENT_NEW: Body = {
    "text": needed(text(50_000_000)), "again": boolean("load it although it is here already"),
    "ask": boolean("refuse it (409 document_named) when a document has the same address"), **FACTS,
}  # fmt: skip
DOCUMENT: Body = {
    **FACTS, "confirm": many(text(40), 20, "names of proposed facts that are right"), "note": text(),
    "translation_of": or_null(integer(about="id of the original; null: it is none")),
}  # fmt: skip
VERSION_NEW: Body = {"text": needed(text(50_000_000))}
READING: Body = {
    "state": needed(code(vocabulary.READING_STATES)), "paragraph": integer(0, 1_000_000),
}  # fmt: skip

# --- passages
STATEMENT_OF_PASSAGE: Body = {
    "kind": code(vocabulary.KINDS, about="a new statement of this kind"),
    "id": integer(about="or an existing statement"), "fit": code(vocabulary.FITS),
    "difference": code(vocabulary.DIFFERENCES, blank=True),
}  # fmt: skip
SELECTOR: Field = free({"type": ["object", "array"], "description": "W3C selector, or a list of them"})
ANNOTATION_NEW: Body = {
    "start": integer(about="code points, from 0"), "end": integer(about="code points, after the last character"),
    "space": text(5, "raw or clean"), "version": or_null(integer(about="id of the version; the current one")),
    "cleaner": text(40, "the cleaner whose clean text the offsets count in"),
    "exact": or_null(text(1_000_000, "the words that stand there; 409 when others do")), "selector": SELECTOR,
    "tags": ids(), "note": text(), "statements": objects(STATEMENT_OF_PASSAGE, 30),
    "statement": inner(STATEMENT_OF_PASSAGE),
}  # fmt: skip
SUGGESTION: Body = {
    "kind": code(vocabulary.KINDS, about="another one than suggested: a new statement"), "tags": ids(), "note": text(),
}  # fmt: skip
ANNOTATION: Body = {
    "note": text(), "tags": ids("all tags it shall have"), "add_tags": ids(), "remove_tags": ids(),
    "add_statements": objects(STATEMENT_OF_PASSAGE, 30), "remove_statements": ids("ids of occurrences"),
}  # fmt: skip
ANCHOR: Body = {
    **{name: ANNOTATION_NEW[name] for name in ("start", "end", "space", "version", "cleaner", "exact", "selector")},
    "lost": boolean("true: the current version no longer holds it"),
}  # fmt: skip
REASON: Body = {"reason": text(2000)}
SAME: Body = {"annotation": needed(integer())}
OCCURRENCE: Body = {
    "voice": code(vocabulary.VOICES, blank=True), "speaker": text(200, "a name; made when it is new"),
    "proposer": text(1000, "of a proposal: names, parted by ;"), "actor": text(1000, "likewise"),
    "author_stance": code(vocabulary.AUTHOR_STANCES, blank=True), "modality": code(vocabulary.MODALITIES, blank=True),
    "reported_via": text(300), "utterance_date": date(), "fit": code(vocabulary.FITS),
    "difference": code(vocabulary.DIFFERENCES, blank=True),
    "statement": integer(about="move the passage to this statement"),
    "like": integer(about="take over the facts of this occurrence"),
}  # fmt: skip
OP: Body = {"op": needed(text(64, "the X-Op of the answer to a write"))}

# --- statements
STATEMENT: Body = {
    "text": text(), "gloss_en": text(), "type": code(vocabulary.CLAIM_TYPES, blank=True),
    "more_types": codes(vocabulary.CLAIM_TYPES), "wording": code(vocabulary.WORDINGS), "note": text(),
    "priority": or_null(integer(0, 9)), "due": or_null(day()), "about_date": date(),
    "reference_year": or_null(integer(0, 9999)), "resolve_by": or_null(day()), "resolution_criteria": text(),
    "mechanism": code(vocabulary.MECHANISMS, blank=True), "instrument": code(vocabulary.INSTRUMENTS, blank=True),
    "bindingness": code(vocabulary.BINDINGNESS, blank=True), "target": text(), "deadline": date(),
    "specificity": or_null(integer(0, 3)),
}  # fmt: skip
STATEMENT_NEW: Body = {
    **STATEMENT, "kind": needed(code(vocabulary.KINDS)), "text": needed(text()),
    "language": code(vocabulary.LANGUAGES),
}  # fmt: skip
STATEMENT_CHANGE: Body = {
    **STATEMENT, "assignee": or_null(integer(about="id of a member")), "add_tags": ids(), "remove_tags": ids(),
    "agents": by_name(many(text(200), 50), PROPOSAL_ROLES.codes, "names by role"),
    "q1": code(vocabulary.VERIFIABLE), "q2": integer(1, 5), "q3": integer(1, 5), "q4": code(vocabulary.WORTH_CHECKING),
}  # fmt: skip
TRANSITION: Body = {
    "to": needed(code(vocabulary.STATUSES)), "reason": text(2000), "note": text(2000),
    "duplicate_of": or_null(integer()), "correction_note": text(2000, "public"),
    "correction_kind": code(vocabulary.CORRECTION_KINDS),
}  # fmt: skip
SPLIT: Body = {
    "text": needed(text()), "occurrences": ids("those that the new statement gets; all"),
    "take": boolean("true: they leave the first statement"),
}  # fmt: skip
RELATION_NEW: Body = {
    "statement": needed(integer(about="the other end")), "type": needed(code(vocabulary.RELATIONS)),
    "inward": boolean("true: the other statement is the source"), "state": code(vocabulary.RELATION_STATES),
    "rationale": text(),
}  # fmt: skip
RELATION: Body = {"state": code(vocabulary.RELATION_STATES), "rationale": text()}
DUPLICATE: Body = {
    "one": needed(integer(about="id of a statement")), "other": needed(integer(about="id of another one")),
    "decision": needed(code(vocabulary.DUPLICATE_DECISIONS)),
}  # fmt: skip
MILESTONE: Body = {
    "status": needed(code(vocabulary.PROGRESS)), "date": date(), "source": or_null(integer()), "note": text(),
}  # fmt: skip

# --- sources and checks
SOURCE: Body = {
    "title": text(500), "type": code(vocabulary.SOURCE_TYPES), "publisher": text(300), "authors": many(text(200), 100),
    "published_date": date(), "url": text(2000), "identifier": text(200),
    "language": code(vocabulary.LANGUAGES, blank=True), "reliability_note": text(), "interests_note": text(),
    "independent_group": text(80), "no_snapshot_reason": text(),
}  # fmt: skip
SOURCE_NEW: Body = {
    **SOURCE, "text": text(5_000_000, "becomes the first snapshot"),
    "citation": text(20_000, "one BibTeX or RIS entry, a DOI or a UN symbol; fills what is not given"),
    "again": boolean("although the address is here already"),
}  # fmt: skip
SNAPSHOT: Body = {"text": needed(text(5_000_000, "what the source says, as pasted"))}
EVIDENCE: Body = {
    "stance": code(vocabulary.EVIDENCE_STANCES), "quote": text(), "locator": text(200), "note": text(),
    "medium": code(vocabulary.MEDIUMS),
    "start": or_null(integer(about="where the quote begins in the text of the snapshot, code points; null: typed")),
    "end": or_null(integer(about="where it ends; text[start:end] must be the quote")),
}  # fmt: skip
EVIDENCE_NEW: Body = {
    **EVIDENCE, "source": needed(integer()), "stance": needed(code(vocabulary.EVIDENCE_STANCES)),
    "snapshot": or_null(integer(about="null: the newest")),
    "answer": or_null(integer(about="the answer it is placed under at once; null: not used yet")),
}  # fmt: skip
EVIDENCE_CHANGE: Body = {**EVIDENCE, "answer": or_null(integer(about="the answer it is placed under; null: not used"))}
BEGIN: Body = {"reason": text(2000, "why it is reopened"), "note": text(2000)}
SEARCH: Body = {"where": text(300), "terms": text(500), "date": date(), "outcome": text(2000)}
CHECK: Body = {
    "verdict": code(vocabulary.VERDICTS, blank=True), "flags": codes(vocabulary.FLAGS), "justification": text(),
    "as_of_date": date(), "limitations": text(), "claimant_contacted": code(vocabulary.CONTACTED, blank=True),
    "claimant_note": text(), "sole_source_reason": text(), "search_log": objects(SEARCH, 200),
}  # fmt: skip
QUESTION: Body = {"text": needed(text(2000))}
ANSWER: Body = {
    "text": text(10_000), "type": needed(code(vocabulary.ANSWER_TYPES)), "boolean_explanation": text(2000),
}  # fmt: skip
BLIND: Body = {"verdict": needed(code(vocabulary.VERDICTS)), "reason": text(2000)}
DECISION: Body = {"decision": needed(code(vocabulary.DECISIONS)), "note": text(2000)}

# --- comments
COMMENT_NEW: Body = {
    "body": needed(text(about="Markdown; @name names a member")), "parent": or_null(integer(about="what is answered")),
}  # fmt: skip
COMMENT: Body = {
    "body": text(about="one's own only"), "resolved": boolean("true: the thread is settled; false: it is not"),
}  # fmt: skip

# --- who is here
PRESENCE: Body = {
    "tab": needed(text(40, "a name of this page, the same each time")), "document": or_null(integer(1)),
    "paragraph": or_null(integer(1)), "statement": or_null(integer(1)), "left": boolean("true: the page is closed"),
}  # fmt: skip
