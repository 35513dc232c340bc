"""What each export format cannot carry, counted, with the unit in words: shown before anybody downloads.

A line without a number speaks of a kind of thing; a line with a number is left out when there is none of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from annotations.records import Export, Loss
from annotations.rules.errors import noop


@dataclass(frozen=True, slots=True)
class Item:
    """One possible loss; `count` says how many there are of it, None that the line is always true."""

    code: str
    template: str
    count: Callable[[Export], int] | None = None


def _counted(key: str) -> Callable[[Export], int]:
    return lambda export: export.counts.get(key, 0)


def bare_passages(export: Export) -> int:
    """Passages without a statement: from counts["bare_passages"] when the caller knows it, else by reading them."""
    if "bare_passages" in export.counts:
        return export.counts["bare_passages"]
    return sum(not passage.statements for passage in export.passages())


def bare_statements(export: Export) -> int:
    """Statements without a passage: from counts["bare_statements"], else the rows that name no annotation."""
    if "bare_statements" in export.counts:
        return export.counts["bare_statements"]
    return sum(not row.annotation_id for row in export.rows())


def _item(code: str, template: str, key: str) -> Item:
    return Item(code, template, _counted(key))


HISTORY = _item("history", noop("Events of the history: %(count)s. Only a backup keeps them."), "events")
COMMENTS = _item("comments", noop("Comments: %(count)s."), "comments")
SNAPSHOTS = _item("snapshots", noop("Archived snapshots of sources: %(count)s."), "snapshots")
READING = _item("reading", noop("Records of who has read what: %(count)s."), "reading")
FILES = _item("files", noop("The uploaded files of documents: %(count)s. Their text is in the dump."), "documents")
ACCOUNTS = _item(
    "accounts", noop("Accounts of members, with e-mail address, password and time of joining: %(count)s."), "members"
)
REMOVED = _item(
    "removed",
    noop("Removed documents, passages, statements and sources that can be brought back: %(count)s."),
    "removed",
)
OWN_VIEWS = _item("own-views", noop("Saved views that are not shared: %(count)s."), "own_views")
CLOSED = _item(
    "closed-checks", noop("Checks under way, which only those who work on them may read: %(count)s."), "closed_checks"
)
ROUNDS = _item("rounds", noop("Coding rounds, and whose layer a passage belongs to: %(count)s."), "rounds")
CORRECTIONS = _item("corrections", noop("Corrections of published checks: %(count)s."), "corrections")
ROLES = _item("roles", noop("Roles of members: %(count)s."), "members")
TEXTS = _item("texts", noop("Full texts and earlier versions of documents: %(count)s."), "documents")
FACTS = _item(
    "document-facts", noop("Authors, publishers, rights, notes and tags of documents: %(count)s."), "documents"
)
BARE_DOCUMENTS = _item("bare-documents", noop("Documents without a passage: %(count)s."), "bare_documents")
CONFIDENCE = _item("confidence", noop("How sure somebody is of a passage: %(count)s."), "confidence")
BARE_PASSAGES = Item("bare-passages", noop("Passages without a statement: %(count)s."), bare_passages)
BARE_STATEMENTS = Item("bare-statements", noop("Statements without a passage: %(count)s."), bare_statements)
EVIDENCE = _item("evidence", noop("Quotes, stances and notes of pieces of evidence: %(count)s."), "evidence")
CHECKS = _item("checks", noop("Questions, answers, search logs and reviews of checks: %(count)s."), "verifications")
REASONS = _item("reasons", noop("Justification, flags and questions of checks: %(count)s."), "verifications")
UNPUBLISHED = _item("unpublished", noop("Checks whose verdict is not published, among: %(count)s."), "verifications")
MILESTONES = _item("milestones", noop("Dates, sources and notes of milestones: %(count)s."), "milestones")
RELATION_REASONS = _item(
    "relation-reasons",
    noop("Reasons of relations, and relations other than supports, attacks and restates, among: %(count)s."),
    "relations",
)
RELATIONS = _item("relations", noop("Relations between statements: %(count)s."), "relations")
CODEBOOK = _item("codebook", noop("Definitions, colours and order of tags: %(count)s."), "tags")
AGENTS = _item("agents", noop("Types, other names and notes of persons and bodies: %(count)s."), "agents")
SOURCE_NOTES = _item("source-notes", noop("Publishers, identifiers and notes of sources: %(count)s."), "sources")
SOURCES = _item("sources", noop("Sources: %(count)s."), "sources")
ANATOMY = _item(
    "anatomy", noop("Proposer, actor, mechanism, deadline and other facts of statements: %(count)s."), "statements"
)
WORDING = _item("wording", noop("Voice, speaker and strength of wording of occurrences: %(count)s."), "occurrences")
TRIAGE = _item(
    "triage",
    noop("Triage, priority, notes, dates, target and specificity of statements, and who enforces them: %(count)s."),
    "statements",
)
SAID = _item("said", noop("When something was said, and which facts nobody has confirmed: %(count)s."), "occurrences")
REPORTED = _item(
    "reported", noop("Through whom, when and how different something was said, and what the author thinks: %(count)s."),
    "occurrences",
)  # fmt: skip
VIEWS = _item("views", noop("Saved views: %(count)s."), "saved_views")
APOSTROPHES = Item(
    "apostrophes", noop("A cell that a spreadsheet would take for a formula gets an apostrophe in front.")
)
CONTROLS = Item("controls", noop("Control characters are removed from cells."))
LONG_CELLS = Item("long-cells", noop("A cell holds 32,767 characters; what is longer is cut and ends with …."))
SUGGESTIONS = _item(
    "suggestions", noop("Suggestions that were turned down, which may be suggested again: %(count)s."), "turned_down"
)

#: What happens at the desk, around the findings: no file but a backup carries it.
DESK = (REMOVED, CLOSED, OWN_VIEWS, ROUNDS, SUGGESTIONS, COMMENTS, READING, HISTORY)
#: The same for the dump, which carries what is said there.
OUTSIDE = tuple(item for item in DESK if item is not COMMENTS)
#: What a table of statements and passages has no column for.
TABLE = (
    TEXTS, FACTS, BARE_DOCUMENTS, CONFIDENCE, TRIAGE, SAID, CHECKS, CORRECTIONS, EVIDENCE, MILESTONES,
    RELATION_REASONS, SOURCE_NOTES, SNAPSHOTS, AGENTS, CODEBOOK, VIEWS, ROLES, *DESK,
)  # fmt: skip
#: What a list of passages has no place for.
PASSAGES = (
    BARE_STATEMENTS, TEXTS, FACTS, BARE_DOCUMENTS, CONFIDENCE, ANATOMY, REPORTED, REASONS, CORRECTIONS, EVIDENCE,
    MILESTONES, RELATIONS, SOURCES, SNAPSHOTS, AGENTS, CODEBOOK, VIEWS, ROLES, *DESK,
)  # fmt: skip


def reporter(*items: Item) -> Callable[[Export], list[Loss]]:
    """The loss report of a format: those of `items` that an export really has, the filter first when there is one."""

    def report(export: Export) -> list[Loss]:
        found = _filtered(export)
        for item in items:
            count = item.count(export) if item.count else 0
            if count or item.count is None:
                found.append(Loss(item.code, item.template, count))
        return found

    return report


def _filtered(export: Export) -> list[Loss]:
    if not export.filters:
        return []
    template = noop("Only what this filter lets through is here: %(filters)s.")
    return [Loss("filter", template, params={"filters": export.filters})]
