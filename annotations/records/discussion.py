"""Records of what members say to each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommentRecord:
    """A comment on one passage, statement or check; a reply names its `parent`."""

    uid: str
    annotation: str | None
    statement: str | None
    verification: str | None
    parent: str | None
    body: str  # Markdown as typed
    mentions: tuple[str, ...]  # members
    created_at: str
    created_by: str | None
    updated_at: str = ""
    resolved_at: str = ""
    resolved_by: str | None = None
