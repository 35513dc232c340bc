"""What one person did at one go, told as one line: its events, which of them leads, and the days they stand under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext

from annotations.rules.errors import noop, render
from annotations.rules.events import EVENTS
from annotations.services.visits import Mark
from annotations.views.telling import Told

#: What an act is about when it holds several kinds: the first of these that is among them, else its first event.
LEADERS = (
    "bulk.imported", "bulk", "corpus.created", "document.loaded", "annotation.created", "annotation.removed",
    "annotation.restored", "review.decided", "statement.merged", "statement.split", "statement.moved",
    "statement.came_up", "statement.removed", "statement.restored", "statement.created", "verification.started",
    "round.closed",
)  # fmt: skip
MADE = noop("%(actor)s marked a passage in %(document)s and made %(labels)s")
LINKED = noop("%(actor)s marked a passage in %(document)s and linked it to %(labels)s")
#: So many numbers stand in a sentence; the others are folded with the rest.
NAMED = 6


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the activity. `rest`: the events that its sentence does not tell, oldest first."""

    lead: Told
    sentence: str
    rest: tuple[Told, ...]
    seq: int
    new: bool
    last_new: bool = False


def whole(rows: Sequence[Told], more: bool) -> list[list[Told]]:
    """Events (newest first) by act. When more follow, the last act may go on below: it is left to the next page,
    unless it is all there is."""
    found = [list(group) for _, group in groupby(rows, key=lambda row: (row.actor_id, row.op))]
    return found[:-1] if more and len(found) > 1 else found


def acts(groups: Iterable[list[Told]], mark: Mark, own: int) -> list[Act]:
    """Each as its line; what others did after the mark is new, and the last such line says so."""
    made = [_act(sorted(group, key=lambda row: row.seq), mark, own) for group in groups]
    fresh = [n for n, act in enumerate(made) if act.new]
    below = fresh and any(act.seq <= mark.seq for act in made[fresh[-1] + 1 :])
    if below:
        last = made[fresh[-1]]
        made[fresh[-1]] = Act(last.lead, last.sentence, last.rest, last.seq, new=True, last_new=True)
    return made


def _act(rows: list[Told], mark: Mark, own: int) -> Act:
    lead = next((row for kind in LEADERS for row in rows if row.kind == kind), rows[0])
    sentence, told = _joined(lead, rows)
    rest = tuple(row for row in rows if row.seq not in told)
    new = rows[-1].seq > mark.seq and lead.actor_id != own
    return Act(lead, sentence, rest, rows[-1].seq, new)


def _joined(lead: Told, rows: list[Told]) -> tuple[str, set[int]]:
    """The sentence of an act, and the seqs of the events that it tells."""
    if lead.kind == "annotation.created" and sum(row.kind == lead.kind for row in rows) == 1:
        return _marked(lead, rows)
    same = [row for row in rows if row.kind == lead.kind and _alike(row, lead)]
    named = tuple(dict.fromkeys(row.label for row in same if row.label))[:NAMED]
    if len(named) < 2:
        return lead.sentence, {lead.seq}
    sentence = EVENTS[lead.kind].sentence({**lead.values, "label": named}, gettext)
    return sentence, {row.seq for row in same if row.label in named and not row.changes and not row.words}


def _marked(lead: Told, rows: list[Told]) -> tuple[str, set[int]]:
    """A passage with the statements it was marked as, made anew or there before."""
    links = [row for row in rows if row.kind == "occurrence.created"]
    made = [row for row in rows if row.kind == "statement.created"]
    named = tuple(dict.fromkeys(row.label for row in made or links if row.label))[:NAMED]
    if not named:
        return lead.sentence, {lead.seq}
    sentence = render(MADE if made else LINKED, {**lead.values, "labels": named}, gettext)
    return sentence, {lead.seq, *(row.seq for row in made + links if row.label in named)}


def _alike(row: Told, lead: Told) -> bool:
    """Whether the sentences differ in the number only."""
    params = EVENTS[lead.kind].params if lead.kind in EVENTS else ()
    same = all(row.values.get(name) == lead.values.get(name) for name in params if name not in ("label", "fields"))
    return same and "label" in params and "fields" not in params


def days(rows: Iterable[Act]) -> Iterator[tuple[date, list[Act]]]:
    """The lines under their local days."""
    for day, group in groupby(rows, key=lambda act: timezone.localtime(act.lead.at).date()):
        yield day, list(group)
