"""CPU milliseconds of what is drawn and compared over 10,000 statements: contradictions, graph, a biography.

    python -m benchmarks.related [--statements 10000] [--json]

The corpus is that of tracker.py with sentences of corpus.py for words; 3,000 relations join the first 2,000 statements;
200 passages express the first. `contradictions, anew` compares (the newest 5,000 statements: contradictions.POOL), as
after a statement was worded; `contradictions, page` is the first page when nothing changed since. Nothing is promised.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from typing import Any

from benchmarks import corpus, tracker

STATEMENTS, LINKED, RELATIONS, PASSAGES, PAGE = 10_000, 2_000, 3_000, 200, 20


def run(statements: int = STATEMENTS) -> dict[str, Any]:
    """All figures; see the module."""
    tracker.prepare()
    from annotations.models import Statement
    from annotations.services import biography, contradictions, relation_graph

    made = made_of(statements)
    first = Statement.objects.select_related("corpus").order_by("id")[0]
    anew = once(lambda: contradictions.counts(made.member))
    return {
        "statements": statements,
        "contradictions, anew ms": anew,
        "contradictions, page ms": tracker.middle(lambda: contradictions.pairs(made.member, "open", 0, PAGE)),
        "contradictions found": contradictions.counts(made.member)["open"],
        f"graph of {LINKED:,} statements ms": tracker.middle(
            lambda: relation_graph.picture(made.member, relation_graph.Asked())
        ),
        "graph around one ms": tracker.middle(
            lambda: relation_graph.picture(made.member, relation_graph.Asked(around=first, depth=2))
        ),
        f"biography of {PASSAGES} passages ms": tracker.middle(lambda: biography.of(first, made.member)),
    }


def once(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return round(1000 * (time.process_time() - before), 1)


def made_of(statements: int) -> Any:
    """The corpus with relations and one statement that was said often."""
    from annotations.models import Occurrence, Relation, Statement
    from annotations.rules import vocabulary
    from annotations.text.folding import fold_text

    class Made(tracker.Made):
        def statement(self, number: int) -> Any:
            row = super().statement(number)
            row.text = corpus.sentence(self.random)
            row.fold = fold_text(row.text)
            return row

    made = Made(statements)
    pks = list(Statement.objects.order_by("id").values_list("pk", flat=True)[:LINKED])
    types = vocabulary.RELATIONS.codes
    pairs = {tuple(made.random.sample(pks, 2)) for _ in range(RELATIONS)}
    rows = [
        Relation(**made.common(), source_id=one, target_id=other, type=types[number % len(types)], state="confirmed")
        for number, (one, other) in enumerate(sorted(pairs))
    ]
    Relation.objects.bulk_create(rows)
    said = list(Occurrence.objects.order_by("id").values_list("pk", flat=True)[:PASSAGES])
    Occurrence.objects.filter(pk__in=said).update(statement_id=pks[0])
    return made


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=STATEMENTS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = run(asked.statements)
    print(json.dumps(figures) if asked.json else "\n".join(f"{name:36} {value}" for name, value in figures.items()))
