"""What a feed is filtered by and summed up in: groups of kinds of events, and the parts of a digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.rules.errors import noop
from annotations.rules.events import EVENTS

#: What a reader of the feed may keep to, in the order of the screen.
GROUPS: Mapping[str, str] = {
    "passages": noop("Passages"),
    "statements": noop("Claims and proposals"),
    "checking": noop("Checking"),
    "documents": noop("Documents"),
    "people": noop("People and codebook"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Several events of one person in one sentence. `starts`: kinds, or what they begin with; `unit` is what is
    counted: objects of this unit once each, "change" every event."""

    code: str
    group: str
    starts: tuple[str, ...]
    template: str
    unit: str = "change"

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(kind for kind in EVENTS if PART_OF[kind] is self)


#: A kind belongs to the first part that it fits: the special ones stand first.
PARTS = (
    Part("marked", "passages", ("annotation.created",), noop("%(actor)s marked %(count)s in %(documents)s"), "passage"),
    Part("passages", "passages", ("annotation.",), noop("%(actor)s changed %(count)s in %(documents)s"), "passage"),
    Part(
        "offered", "documents", ("suggestion.offered",),
        noop("In the name of %(actor)s suggestions were found in %(count)s"), "document",
    ),
    Part("suggested", "passages", ("suggestion.",), noop("%(actor)s decided on suggestions: %(count)s")),
    Part("linked", "passages", ("occurrence.",), noop("%(actor)s linked passages to statements: %(count)s")),
    Part("made", "statements", ("statement.created",), noop("%(actor)s made %(count)s"), "statement"),
    Part(
        "moved", "statements", ("statement.moved", "statement.came_up"), noop("%(actor)s moved %(count)s on"),
        "statement",
    ),
    Part("statements", "statements", ("statement.",), noop("%(actor)s worked on %(count)s"), "statement"),
    Part("related", "statements", ("relation.",), noop("%(actor)s related statements: %(count)s")),
    Part("comments", "statements", ("comment.",), noop("%(actor)s commented: %(count)s")),
    Part("milestones", "checking", ("milestone.",), noop("%(actor)s worked on milestones: %(count)s")),
    Part("sources_added", "checking", ("source.created",), noop("%(actor)s added %(count)s"), "source"),
    Part("sources", "checking", ("source.",), noop("%(actor)s worked on sources: %(count)s")),
    Part(
        "checks", "checking", ("verification.", "evidence.", "review.", "correction.", "revealed"),
        noop("%(actor)s worked on checks: %(count)s"),
    ),
    Part("added", "documents", ("document.loaded",), noop("%(actor)s added %(count)s"), "document"),
    Part("read", "documents", ("document.read",), noop("%(actor)s finished %(count)s"), "document"),
    Part(
        "documents", "documents", ("document.", "version.", "reading.", "bulk"),
        noop("%(actor)s changed documents: %(count)s"),
    ),
    Part("codebook", "people", ("codebook.",), noop("%(actor)s changed the codebook: %(count)s")),
    Part(
        "watches", "documents", ("watch.found", "watch.repeated"),
        noop("What you watch was found in texts of %(actor)s: %(count)s"),
    ),
    Part("watched", "people", ("watch.",), noop("%(actor)s changed watches: %(count)s")),
    Part("webhooks", "people", ("webhook.",), noop("%(actor)s worked on webhooks: %(count)s")),
    Part(
        "people", "people", ("corpus.", "member.", "agent.", "view.", "round.", "layer."),
        noop("%(actor)s changed people and settings: %(count)s"),
    ),
)  # fmt: skip


def part_of(kind: str) -> Part:
    """The part of a kind. A new kind that fits none stands in the last one until its test is heard."""
    return next((part for part in PARTS if kind.startswith(part.starts)), PARTS[-1])


PART_OF: Mapping[str, Part] = {kind: part_of(kind) for kind in EVENTS}


def kinds_of(group: str) -> tuple[str, ...]:
    """The kinds of events of a group."""
    return tuple(kind for kind, part in PART_OF.items() if part.group == group)
