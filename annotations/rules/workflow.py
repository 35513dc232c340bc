"""The workflow of claims and of proposals: one table of steps, and the questions asked of it (moves, allowed, check).

Three columns (UX.md 4.5): `work` (untriaged ... approved, tracked), `public` (none, published, paused, withdrawn) and
`verdict`. A step changes the column its target belongs to; the other one may narrow from where it is possible. A claim
reopened without a pause keeps public = published while work goes through in_progress again.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotations.rules import roles
from annotations.rules.conditions import CONDITIONS
from annotations.rules.errors import Forbidden, Msgid, Problem, Refused, noop
from annotations.rules.facts import Facts
from annotations.rules.guards import GUARDS
from annotations.rules.status import being_rechecked, shown_labels, shown_status, status_label
from annotations.rules.vocabulary import KINDS, PROPOSAL_WORK, PUBLIC, STATUSES

__all__ = [
    "ANY", "OPEN", "WORKFLOW", "Facts", "Move", "Transition", "allowed", "being_rechecked", "check",
    "check_kind", "moves", "shown_status", "status_label",
]  # fmt: skip

#: Work moves on in any of these; nothing moves once withdrawn.
OPEN = ("none", "published", "paused")
ANY: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: from any of `works` (ANY = all) while the public state is one of `publics`, to `target`."""

    kind: str
    works: tuple[str, ...]
    publics: tuple[str, ...]
    target: str
    verb: str  # roles.VERBS
    label: str  # msgid of the button
    needs: tuple[str, ...] = ()  # GUARDS, in the order in which the page lists them
    condition: str = ""  # CONDITIONS
    by_itself: str = ""  # OCCASIONS
    opens_version: bool = False  # a new Verification v_n+1 (or v_1) starts

    @property
    def column(self) -> str:
        """The column that changes: work or public."""
        return "public" if self.target in PUBLIC else "work"

    @property
    def source(self) -> tuple[str, ...]:
        """The shown states it starts from; ANY for every one."""
        special = tuple(public for public in self.publics if public != "none")
        return special if self.publics != OPEN and special else self.works

    def starts_from(self, kind: str, work: str, public: str) -> bool:
        return kind == self.kind and public in self.publics and (self.works == ANY or work in self.works)


_TRIAGED = ("occurrence", "claim_type", "worth", "stands_alone")
_DESCRIBED = ("occurrence", "mechanism", "specificity", "stands_alone")
_CHECKED = (
    "verdict", "justification", "as_of", "question", "answers_evidenced", "booleans_explained", "evidence_minimum",
)  # fmt: skip
_PRESENTABLE = ("stands_alone", "verdict", "justification", "as_of", "archived", "no_open_comment", "publisher")
_ASIDE = ("triage_reason", "duplicate_link")


def _claim(work: str, target: str, verb: str, label: str, *needs: str, condition: str = "", **more: str) -> Transition:
    opens = (work, target) == ("queued", "in_progress")
    return Transition("claim", (work,), OPEN, target, verb, label, needs, condition, opens_version=opens, **more)


def _proposal(work: str, target: str, verb: str, label: str, *needs: str) -> Transition:
    return Transition("proposal", (work,), OPEN, target, verb, label, needs)


def _reopen(*publics: str) -> Transition:
    return Transition(
        "claim", ("approved",), publics, "in_progress", "reopen", noop("Reopen"), ("reason",),
        by_itself="evidence_lost", opens_version=True,
    )  # fmt: skip


WORKFLOW: tuple[Transition, ...] = (
    _claim("untriaged", "queued", "triage", noop("Queue for checking"), *_TRIAGED),
    _claim("untriaged", "set_aside", "set_aside", noop("Set aside"), *_ASIDE, "resolution"),
    _claim("set_aside", "queued", "requeue", noop("Queue after all"), *_TRIAGED, "note", by_itself="resolve_by"),
    _claim("queued", "in_progress", "verify", noop("Start checking"), condition="assignee"),
    _claim("in_progress", "queued", "verify", noop("Hand back"), "note", condition="holder"),
    _claim("in_progress", "in_review", "verify", noop("Send to review"), *_CHECKED, condition="author"),
    _claim("in_review", "changes_requested", "review", noop("Send back"), "comment", condition="second_person"),
    _claim("changes_requested", "in_progress", "verify", noop("Take up again"), condition="author"),
    _claim(
        "in_review", "approved", "review", noop("Approve"), "blind_verdict", "verdicts_agree", "archived",
        condition="independent",
    ),
    Transition("claim", ("approved",), ("none",), "published", "publish", noop("Publish"), _PRESENTABLE),
    Transition(
        "claim", ("approved",), ("published", "paused"), "published", "correct", noop("Publish again"),
        ("newer_version", *_PRESENTABLE, "correction"),
    ),
    Transition("claim", ANY, ("published",), "paused", "publish", noop("Pause"), ("reason",)),
    _reopen("none"),
    _reopen("published", "paused"),
    Transition("claim", ANY, OPEN, "withdrawn", "withdraw", noop("Withdraw"), ("reason",)),
    _proposal("untriaged", "tracked", "triage", noop("Track"), *_DESCRIBED),
    _proposal("untriaged", "set_aside", "set_aside", noop("Do not track"), *_ASIDE),
    _proposal("tracked", "set_aside", "requeue", noop("Stop tracking"), "note"),
    _proposal("set_aside", "tracked", "requeue", noop("Track after all"), *_DESCRIBED, "note"),
    Transition("proposal", ANY, OPEN, "withdrawn", "withdraw", noop("Withdraw"), ("reason",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """A step that the state offers: not this person's when `forbidden`, not ready while something is `missing`."""

    transition: Transition
    forbidden: Forbidden | None = None
    missing: tuple[Problem, ...] = ()

    @property
    def ready(self) -> bool:
        return self.forbidden is None and not self.missing


def moves(facts: Facts) -> list[Move]:
    """Every step the state offers, in table order, with the reason against each (a page shows them disabled)."""
    return [Move(step, _who(facts, step), _missing(facts, step)) for step in _steps(facts)]


def allowed(facts: Facts) -> list[Move]:
    """The steps that this person may take, perhaps once what is missing is there."""
    return [move for move in moves(facts) if move.forbidden is None]


def check(facts: Facts, target: str) -> Transition:
    """The step to `target`. Raises Invalid (no such state), Refused (not from here; or with `reasons`), Forbidden."""
    STATUSES.check(target, "to")
    _check_kind(facts.kind, target)
    step = next((step for step in _steps(facts) if step.target == target), None)
    if step is None:
        raise _illegal(facts, target)
    if forbidden := _who(facts, step):
        raise forbidden
    if missing := _missing(facts, step):
        sentence = noop("“%(step)s” still needs something.")
        raise Refused("needs", sentence, reasons=missing, step=Msgid(step.label))
    return step


def _steps(facts: Facts) -> list[Transition]:
    steps = [step for step in WORKFLOW if step.starts_from(facts.kind, facts.work, facts.public)]
    return [step for step in steps if not facts.occasion or step.by_itself == facts.occasion]


def _who(facts: Facts, step: Transition) -> Forbidden | None:
    if facts.occasion:
        return None
    condition = CONDITIONS.get(step.condition)
    return roles.forbidden(facts.role, step.verb) or (condition(facts) if condition else None)


def _missing(facts: Facts, step: Transition) -> tuple[Problem, ...]:
    if facts.occasion:
        return ()
    found = (GUARDS[name](facts) for name in step.needs)
    return tuple(problem for problem in found if problem)


def check_kind(kind: str) -> None:
    """Refused, when a verification is asked for a proposal (UX.md 4.3)."""
    if kind == "proposal":
        raise Refused(
            "proposal_has_progress",
            noop(
                "A proposal has progress, not a verdict. "
                "To check that it was made, mark the passage as a claim too."
            ),
        )  # fmt: skip


def _check_kind(kind: str, target: str) -> None:
    if kind == "proposal" and target not in PROPOSAL_WORK and target != "withdrawn":
        check_kind(kind)
    if kind == "claim" and target == "tracked":
        sentence = noop("A claim has a verdict, not progress. To follow a demand, mark the passage as a proposal too.")
        raise Refused("claim_has_verdict", sentence)


def _illegal(facts: Facts, target: str) -> Problem:
    states = shown_labels(facts.kind, facts.work, facts.public)
    here = {"kind": Msgid(KINDS.label(facts.kind)), "state": states}
    if target in (facts.work, facts.public):
        return _with(Refused("illegal", noop("This statement (%(kind)s) is there already: %(state)s.")), **here)
    targets = dict.fromkeys(step.target for step in _steps(facts))
    following = tuple(Msgid(status_label(facts.kind, code)) for code in targets)
    here["target"] = Msgid(status_label(facts.kind, target))
    if not following:
        sentence = noop("“%(target)s” is not possible: this statement (%(kind)s) is %(state)s, and stays so.")
        return _with(Refused("illegal", sentence), **here)
    sentence = noop("“%(target)s” is not possible now: this statement (%(kind)s) is %(state)s. Possible: %(next)s.")
    return _with(Refused("illegal", sentence), next=following, **here)


def _with(problem: Problem, **params: object) -> Problem:
    problem.params.update(params)
    return problem
