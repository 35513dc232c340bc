"""Why an event concerns somebody: the reasons of notices, in words."""

from __future__ import annotations

from collections.abc import Mapping

from annotations.rules.errors import noop

#: The one that stands first wins, when one event concerns somebody in several ways.
REASONS: Mapping[str, str] = {
    "mention": noop("You were named"),
    "assigned": noop("Given to you"),
    "due": noop("Can be checked now"),
    "reopened": noop("Opened again"),
    "review": noop("Your check was reviewed"),
    "reply": noop("Reply to you"),
    "work": noop("On your work"),
    "watch": noop("What you watch"),
    "webhook": noop("A webhook does not answer"),
}
