"""The life of a statement: first seen, who said it, where it spread, how its words and its verdict changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import orjson

from annotations.drawing import timeline
from annotations.models import Event, Member, Occurrence, Statement
from annotations.rules import vocabulary
from annotations.services import contradictions, history, lookup, sight
from annotations.text import difference, variants
from annotations.text.difference import Line

#: What a moment is, in the order in which lanes are drawn below the outlets.
KINDS = ("said", "wording", "verdict", "progress")


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened on a day ("" when nobody knows). `code` is of the vocabulary that goes with the kind;
    `lane` the outlet of a passage."""

    kind: str
    day: str
    lane: str = ""
    who: str = ""
    words: str = ""
    code: str = ""
    note: str = ""
    first: bool = False
    passage: Occurrence | None = None
    differs: tuple[str, ...] = ()
    changes: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Biography:
    """Moments by day, those without one last; `speakers` and `weeks` count passages."""

    moments: tuple[Moment, ...]
    speakers: tuple[tuple[str, int, str], ...]
    weeks: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]

    @property
    def first(self) -> Moment | None:
        return next((one for one in self.moments if one.first), None)


def of(statement: Statement, member: Member) -> Biography:
    """Everything that this member may see."""
    said = _said(statement, member)
    moments = [*said, *_wordings(statement, member), *_verdicts(statement, member), *_steps(statement)]
    moments.sort(key=lambda one: (one.day == "", one.day))
    seen = next((number for number, one in enumerate(moments) if one.kind == "said" and one.day), None)
    if seen is not None:
        moments[seen] = replace(moments[seen], first=True)
    return Biography(tuple(moments), _speakers(said), _weeks(said))


def _said(statement: Statement, member: Member) -> list[Moment]:
    """Passages on the day they were said, with how their words differ from those of the statement."""
    rows = lookup.occurrences(statement, member).select_related("annotation__document").order_by("id")
    found = []
    for row in rows:
        anchor = row.annotation.anchors.order_by("-version_id").first()
        quote, document = (anchor.quote if anchor else ""), row.annotation.document
        differs = variants.differences(quote, statement.text) if row.fit == "variant" else set()
        if row.difference:
            differs.add(row.difference)
        found.append(
            Moment(
                "said",
                contradictions.said_on(row),
                lane=document.publisher or document.title,
                who=row.attributed_to.name if row.attributed_to else "",
                words=quote,
                code=row.voice,
                passage=row,
                differs=tuple(code for code in vocabulary.DIFFERENCES.codes if code in differs),
            )  # fmt: skip
        )
    return found


def _wordings(statement: Statement, member: Member) -> list[Moment]:
    """Every change of its text, with what was there before."""
    events = history.of_object(statement.corpus, "statement", statement.pk).filter(kind="statement.updated")
    rows = list(events.order_by("seq"))
    hidden = sight.hidden(member, rows)
    found = []
    for row in rows:
        pair = _changed(row).get("text")
        if row.seq not in hidden and isinstance(pair, list) and len(pair) == 2:
            changes = tuple(difference.compare(str(pair[0] or ""), str(pair[1] or "")))
            found.append(Moment("wording", row.at[:10], who=str(row.actor or ""), words=str(pair[1]), changes=changes))
    return found


def _changed(event: Event) -> dict[str, Any]:
    payload = orjson.loads(event.payload) if event.payload else {}
    changes = payload.get("changes")
    return changes if isinstance(changes, dict) else {}


def _verdicts(statement: Statement, member: Member) -> list[Moment]:
    """Approved checks by the day they speak of, and the public record. What is not reviewed yet stays out, for all."""
    checks = statement.verifications.visible_to(member).filter(state="approved").order_by("number")
    found = [
        Moment("verdict", row.as_of_date or str(row.approved_at or "")[:10], code=row.verdict, note=f"v{row.number}")
        for row in checks
    ]
    record = statement.corrections.order_by("created_at", "id")
    return found + [
        Moment("verdict", row.created_at.date().isoformat(), words=row.public_note, note=row.kind) for row in record
    ]


def _steps(statement: Statement) -> list[Moment]:
    """Milestones that a second person confirmed."""
    rows = statement.milestones.filter(removed_at=None).exclude(confirmed_at=None).order_by("date", "id")
    return [Moment("progress", row.date, code=row.status, words=row.note) for row in rows]


def _speakers(said: list[Moment]) -> tuple[tuple[str, int, str], ...]:
    """(name, passages, first day) of everybody who says it, the most frequent first."""
    often = Counter(one.who for one in said if one.who)
    first = {name: min((one.day for one in said if one.who == name and one.day), default="") for name in often}
    return tuple((name, many, first[name]) for name, many in sorted(often.items(), key=lambda one: (-one[1], one[0])))


def _weeks(said: list[Moment]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """Passages by week and outlet; dates without a day are in no week."""
    found: dict[str, Counter[str]] = {}
    for one in said:
        day = timeline.day_of(one.day) if len(one.day) == 10 else None
        if day is not None:
            found.setdefault(timeline.week(day), Counter())[one.lane] += 1
    return tuple((week, tuple(sorted(many.items()))) for week, many in sorted(found.items()))
