"""What must be true of every record of a dump before anything is written: uids, times, dates, codes; no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from annotations.records import EvidenceRecord
from annotations.rules import vocabulary as v
from annotations.rules.errors import Invalid, Problem, noop
from annotations.text.cleaning import CLEANERS

Tables = Mapping[str, Sequence[Any]]  # Any: each table holds the record type that records.TABLES names

#: table (or part of its records): fields with a time, with a day, with a code. Codes that the program does not act on
#: are taken as they come.
MOMENTS: Mapping[str, tuple[str, ...]] = {
    "documents": ("created_at",), "versions": ("created_at",), "annotations": ("created_at", "updated_at"),
    "statements": ("created_at", "updated_at"), "occurrences": ("created_at",), "relations": ("created_at",),
    "sources": ("created_at",), "evidence": ("created_at",), "verifications": ("created_at",),
    "reviews": ("created_at",), "milestones": ("created_at",), "snapshots": ("retrieved_at",),
    "corrections": ("created_at",), "batches": ("created_at",), "comments": ("created_at",),
}  # fmt: skip
#: The same where "" may stand: not known, or not told by an older dump.
SOME_MOMENTS: Mapping[str, tuple[str, ...]] = {
    "documents": ("updated_at",), "statements": ("published_at",), "occurrences": ("updated_at",),
    "relations": ("updated_at",), "sources": ("updated_at",), "evidence": ("updated_at",),
    "verifications": ("updated_at", "approved_at"), "milestones": ("updated_at", "confirmed_at"),
    "saved_views": ("created_at", "updated_at"), "comments": ("updated_at", "resolved_at"),
}  # fmt: skip
DAYS: Mapping[str, tuple[str, ...]] = {"statements": ("due", "resolve_by")}
CODES: Mapping[str, Mapping[str, Sequence[str]]] = {
    "members": {"role": v.ROLES.codes},
    "tag_sets": {"scope": v.TAG_SCOPES.codes},
    "tags": {"colour": v.PALETTE.codes},
    "versions": {"cleaner": tuple(CLEANERS)},
    "anchors": {"state": v.ANCHOR_STATES.codes},
    "statements": {
        "kind": v.KINDS.codes, "work": v.WORK.codes, "public": v.PUBLIC.codes, "wording": v.WORDINGS.codes,
        "verdict": ("", *v.VERDICTS.codes), "progress": ("", *v.PROGRESS.codes),
    },
    "occurrences": {"fit": v.FITS.codes, "modality": ("", *v.MODALITIES.codes)},
    "relations": {"type": v.RELATIONS.codes, "state": v.RELATION_STATES.codes},
    "verifications": {
        "state": ("in_progress", "in_review", "changes_requested", "approved"), "verdict": ("", *v.VERDICTS.codes),
    },
    "corrections": {"kind": v.CORRECTION_KINDS.codes},
    "evidence": {"stance": v.EVIDENCE_STANCES.codes},
    "snapshots": {"way": v.SNAPSHOT_WAYS.codes},
    "answers": {"type": v.ANSWER_TYPES.codes},
    "milestones": {"status": v.PROGRESS.codes},
}  # fmt: skip
#: table: field that names one or several records, and the table that must hold them.
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "tags": {"tag_set": "tag_sets", "parent": "tags", "merged_into": "tags"},
    "sources": {"created_by": "members"},
    "snapshots": {"created_by": "members"},
    "documents": {"tags": "tags", "created_by": "members"},
    "versions": {"created_by": "members"},
    "annotations": {"document": "documents", "tags": "tags", "created_by": "members"},
    "anchors": {"version": "versions"},
    "statements": {"assignee": "members", "redirect_to": "statements", "tags": "tags", "created_by": "members"},
    "proposals": dict.fromkeys(v.PROPOSAL_ROLES.codes, "agents"),
    "occurrences": {
        "annotation": "annotations", "statement": "statements", "attributed_to": "agents", "created_by": "members",
    },
    "relations": {"source": "statements", "target": "statements", "created_by": "members"},
    "batches": {"created_by": "members"},
    "corrections": {"created_by": "members"},
    "parts": {"agent": "agents"},
    "verifications": {
        "statement": "statements", "author": "members", "created_by": "members", "contributors": "members",
    },
    "reviews": {"reviewer": "members"},
    "evidence": {
        "statement": "statements", "answer": "answers", "source": "sources", "snapshot": "snapshots",
        "created_by": "members",
    },
    "milestones": {
        "statement": "statements", "source": "sources", "created_by": "members", "confirmed_by": "members",
        "refused_by": "members",
    },
    "saved_views": {"owner": "members"},
    "comments": {
        "annotation": "annotations", "statement": "statements", "verification": "verifications", "parent": "comments",
        "created_by": "members", "resolved_by": "members", "mentions": "members",
    },
}  # fmt: skip
#: Parts of records that have no uid of their own.
NAMELESS = frozenset(("anchors", "proposals", "parts"))


def check(tables: Tables) -> None:
    """Raise Invalid, naming table, record and field, for the first record that cannot be stored."""
    every = dict(parts(tables))
    held = {name: {record.uid for record in records} for name, records in every.items() if name not in NAMELESS}
    for name, records in every.items():
        wrong = _wrong(name, held)
        for number, record in enumerate(records, 1):
            for field, is_wrong, template in wrong:
                if is_wrong(getattr(record, field)):
                    raise misfit(template, name, number, record, field)
    said = {one.uid: one.text for record in tables["sources"] for one in record.snapshots}
    for number, record in enumerate(tables["evidence"], 1):
        if _is_misplaced(record, said):
            raise misfit(CANNOT, "evidence", number, record, "start" if record.start is not None else "end")


def parts(tables: Tables) -> Iterator[tuple[str, Sequence[Any]]]:
    """Every table, and the records inside records as tables of their own."""
    yield from tables.items()
    yield "versions", [one for record in tables["documents"] for one in record.versions]
    yield "anchors", [one for record in tables["annotations"] for one in record.anchors]
    questions = [one for record in tables["verifications"] for one in record.questions]
    yield "questions", questions
    yield "answers", [one for question in questions for one in question.answers]
    yield "reviews", [one for record in tables["verifications"] for one in record.reviews]
    proposals = [record.proposal for record in tables["statements"] if record.proposal]
    yield "proposals", proposals
    yield "parts", [one for proposal in proposals for one in proposal.parts]
    yield "corrections", [one for record in tables["statements"] for one in record.corrections]
    yield "snapshots", [one for record in tables["sources"] for one in record.snapshots]
    yield "batches", [record.came_with for record in tables["documents"] if record.came_with]


CANNOT = noop(
    "%(table)s, record %(number)s (%(uid)s): “%(value)s” cannot stand in “%(name)s”. Nothing was imported; "
    "correct it in the file, or export it again."
)
DANGLING = noop(
    "%(table)s, record %(number)s (%(uid)s): “%(name)s” names %(value)s, which the file does not hold. "
    "Nothing was imported; export it again."
)
Check = tuple[str, Callable[[Any], bool], str]


def _wrong(name: str, held: Mapping[str, set[str]]) -> list[Check]:
    """The checks of one table: field, what is true of a value that cannot stand there, and how that is said."""
    found: list[Check] = [] if name in NAMELESS else [("uid", _is_no_uid, CANNOT)]
    found += [(field, _is_no_moment, CANNOT) for field in MOMENTS.get(name, ())]
    found += [(field, _is_some_wrong_moment, CANNOT) for field in SOME_MOMENTS.get(name, ())]
    found += [(field, _is_no_day, CANNOT) for field in DAYS.get(name, ())]
    found += [(field, _outside(codes), CANNOT) for field, codes in CODES.get(name, {}).items()]
    found += [(field, _not_in(held[other]), DANGLING) for field, other in REFERENCES.get(name, {}).items()]
    if name == "statements":
        found.append(("triage_answers", _are_no_answers, CANNOT))
    return found


def _is_misplaced(record: EvidenceRecord, said: Mapping[str, str]) -> bool:
    """Whether the quote is not what stands at the place in the snapshot that it names."""
    if record.start is None and record.end is None:
        return False
    if record.snapshot is None or type(record.start) is not int or type(record.end) is not int:
        return True
    return not 0 <= record.start < record.end or said[record.snapshot][record.start : record.end] != record.quote


def _is_no_uid(value: str) -> bool:
    try:
        return str(UUID(value)) != value
    except ValueError:
        return True


def _is_no_moment(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        return True


def _is_some_wrong_moment(value: str) -> bool:
    return bool(value) and _is_no_moment(value)


def _is_no_day(value: str) -> bool:
    try:
        return bool(value) and not date.fromisoformat(value)
    except ValueError:
        return True


def _outside(codes: Sequence[str]) -> Callable[[Any], bool]:
    allowed = frozenset(codes)
    return lambda value: value not in allowed


def _not_in(uids: set[str]) -> Callable[[Any], bool]:
    def check(value: str | tuple[str, ...] | None) -> bool:
        return not uids.issuperset(value) if isinstance(value, tuple) else value is not None and value not in uids

    return check


def _are_no_answers(value: Mapping[str, object]) -> bool:
    """q1, q4 and the note are text, q2 and q3 small numbers (models/statement.py)."""
    words = all(isinstance(value.get(name, ""), str) for name in ("q1", "q4", "note"))
    numbers = (value.get(name) for name in ("q2", "q3"))
    return not words or any(number is not None and type(number) is not int for number in numbers)


def check_moment(value: str, name: str) -> None:
    """Raise Invalid unless the value is a time with its zone."""
    if _is_no_moment(value):
        raise misfit(CANNOT, "corpus", 1, None, name, value)


def misfit(template: str, table: str, number: int, record: Any, field: str, value: object = None) -> Problem:
    shown = getattr(record, field) if value is None else value
    return Invalid(
        "dump_value", template, field=f"{table}[{number}]", table=table, number=number, name=field,
        uid=getattr(record, "uid", "—"), value=str(shown)[:80],
    )  # fmt: skip
