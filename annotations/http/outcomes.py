"""The result of a bulk action as sentences: how many were done, and each refusal once with the rows it stands for."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from annotations.http.problems import sentence
from annotations.models import Statement
from annotations.rules.errors import Problem
from annotations.services.bulk import Outcome

LABELS, REASONS = 8, 6


def told(outcome: Outcome) -> str:
    """“7 done; 2 refused: C-3, C-5: Choose the type of the claim.” Long lists are cut, their length named."""
    done, refused = len(outcome.done), len(outcome.refused)
    if not refused:
        return ngettext("%(n)s done.", "%(n)s done.", done) % {"n": done}
    head = gettext("%(done)s done; %(refused)s refused:") % {"done": done, "refused": refused}
    return f"{head} {' '.join(reasons(outcome))}"


def reasons(outcome: Outcome) -> list[str]:
    """One sentence a reason, with the labels it holds for."""
    found: dict[str, list[Statement]] = {}
    for statement, problem in outcome.refused:
        found.setdefault(why(problem), []).append(statement)
    lines = [f"{labels(rows)}: {reason}" for reason, rows in found.items()]
    rest = len(lines) - REASONS
    if rest > 0:
        lines[REASONS:] = [ngettext("And %(n)s more reason.", "And %(n)s more reasons.", rest) % {"n": rest}]
    return lines


def labels(rows: list[Statement]) -> str:
    names = gettext(", ").join(row.label for row in rows[:LABELS])
    rest = len(rows) - LABELS
    return names if rest <= 0 else gettext("%(names)s and %(n)s more") % {"names": names, "n": rest}


def why(problem: Problem) -> str:
    """The sentence of a problem, with each missing thing where it names some."""
    missing = getattr(problem, "reasons", ())
    return " ".join([sentence(problem), *(sentence(one) for one in missing)])
