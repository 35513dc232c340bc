"""Who, beyond the role, may take a step of the workflow: CONDITIONS, by name.

A condition gives None or a Forbidden; the first line of its docstring is its name in docs/workflow.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from annotations.rules.errors import Forbidden, noop
from annotations.rules.facts import Facts
from annotations.rules.roles import at_least

Condition = Callable[[Facts], Forbidden | None]


def assignee(facts: Facts) -> Forbidden | None:
    """the assignee; a free claim is taken on by starting; an editor may start for somebody"""
    if facts.is_assignee or not facts.has_assignee or at_least(facts.role, "editor"):
        return None
    return Forbidden("not_assignee", noop("Somebody else is assigned to it; an editor can pass it on."))


def holder(facts: Facts) -> Forbidden | None:
    """the assignee or an editor"""
    if facts.is_assignee or facts.is_author or at_least(facts.role, "editor"):
        return None
    return Forbidden("not_holder", noop("Only the person who is checking it, or an editor, can hand it back."))


def author(facts: Facts) -> Forbidden | None:
    """the author of this version of the check"""
    if facts.is_author:
        return None
    return Forbidden("not_author", noop("Only the person who made this check can do that."))


def second_person(facts: Facts) -> Forbidden | None:
    """not the author of the check"""
    if not facts.is_author:
        return None
    return Forbidden("own_check", noop("You made this check; another person has to review it."))


def independent(facts: Facts) -> Forbidden | None:
    """not the author, and not the only one who brought evidence"""
    if facts.is_author or not facts.is_sole_contributor:
        return second_person(facts)
    return Forbidden("own_evidence", noop("All the evidence comes from you; another person has to approve it."))


_CONDITIONS: tuple[Condition, ...] = (assignee, holder, author, second_person, independent)
CONDITIONS: Mapping[str, Condition] = {condition.__name__: condition for condition in _CONDITIONS}
