"""The workflow as pictures (Mermaid) and as the page docs/workflow.md, both made from the table in rules/workflow.py.

Rewrite the page with: python -m annotations.rules.diagram > docs/workflow.md
"""

from __future__ import annotations

from collections.abc import Callable

from annotations.rules.conditions import CONDITIONS
from annotations.rules.guards import GUARDS
from annotations.rules.roles import VERBS
from annotations.rules.status import status_label
from annotations.rules.vocabulary import OCCASIONS, PROGRESS, ROLES
from annotations.rules.workflow import ANY, WORKFLOW, Transition

_INTRODUCTION = """\
# Workflow

Made from the table in `annotations/rules/workflow.py` by `python -m annotations.rules.diagram`; a test compares them.

Three columns say where a statement is: `work`, `public` and `verdict`. The word shown is the first that holds of
withdrawn, paused, published, and else the work. While a later version is open, an earlier one can stay public.
"""

_PROGRESS = """\
## Progress of a proposal

A milestone has a date and a source; one person enters it, another confirms or refuses it. The progress is the latest
confirmed milestone. Any order is allowed, except that nothing follows superseded. Overdue follows from the deadline.

| code | shown as | meaning |
|---|---|---|
"""


def diagram(kind: str) -> str:
    """A Mermaid state diagram of one kind (claim or proposal). Names in it are the codes."""
    lines = ["stateDiagram-v2", "    [*] --> untriaged"]
    for step in _steps(kind):
        lines += [f"    {source} --> {step.target}: {step.label}" for source in step.source or ("any_state",)]
    return "\n".join([*lines, "    withdrawn --> [*]"]) + "\n"


def page() -> str:
    """The whole of docs/workflow.md."""
    kinds = "".join(_section(kind, heading) for kind, heading in (("claim", "Claims"), ("proposal", "Proposals")))
    rows = "".join(f"| `{term.code}` | {term.label} | {term.definition} |\n" for term in PROGRESS)
    return f"{_INTRODUCTION}\n{kinds}{_PROGRESS}{rows}"


def _steps(kind: str) -> list[Transition]:
    return [step for step in WORKFLOW if step.kind == kind]


def _section(kind: str, heading: str) -> str:
    head = "| from | to | button | role | who, beyond the role | needs |\n|---|---|---|---|---|---|\n"
    rows = "".join(_row(step) for step in _steps(kind))
    return f"## {heading}\n\n```mermaid\n{diagram(kind)}```\n\n{head}{rows}\n"


def _row(step: Transition) -> str:
    sources = ", ".join(status_label(step.kind, code) for code in step.source) if step.source != ANY else "any"
    role = f"{ROLES.label(VERBS[step.verb].role)} (`{step.verb}`)"
    needs = "; ".join(_name(GUARDS[name]) for name in step.needs)
    if step.by_itself:
        needs += f". By itself: {OCCASIONS.label(step.by_itself).lower()}"
    who = _name(CONDITIONS[step.condition]) if step.condition else ""
    cells = (sources, status_label(step.kind, step.target), step.label, role, who, needs)
    return f"| {' | '.join(cells)} |\n"


def _name(rule: Callable[..., object]) -> str:
    return (rule.__doc__ or "").splitlines()[0]


if __name__ == "__main__":
    print(page(), end="")
