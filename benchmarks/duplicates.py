"""Possible duplicates among 10,000 statements: the first look, one statement that changed, the page of pairs.

    python -m benchmarks.duplicates [--statements 10000] [--json]

Statements are sentences of the made-up corpus with characters of chance between (reuse.py); one in five is an earlier
one once more: in the other script, with a character changed, or with one left out. There are no documents: looking
through texts is a step of its own. A turn is one call of `catch_up` as the job calls it. Promises: no turn of the first
look takes more than 1.5 CPU s; after a statement was reworded, or made, the job is done in 50 CPU ms (the median of
30); the page takes at most 60 CPU ms; nine of ten planted pairs are found.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import reuse, tracker

STATEMENTS, TIMES = 10_000, 30
COPIED = 5  # one in so many is alike another one
NUMBERED = 1_000  # the first number; those below are for statements that are made


def run(statements: int = STATEMENTS) -> dict[str, float]:
    """Figures by name; CPU time of this process."""
    tracker.prepare()
    from annotations.models import Lookalike
    from annotations.services import recurrence

    words, copied = texts(statements)
    member = fill(words)
    before = most = resident()
    turns: list[float] = []
    done = False
    while not done:
        began = time.process_time()
        done = recurrence.catch_up(member.corpus_id)
        turns.append(time.process_time() - began)
        most = max(most, resident())
    pairs = set(Lookalike.objects.values_list("one", "other"))
    return {
        "statements": statements,
        "first look CPU s": round(sum(turns), 1),
        "turns": len(turns),
        "longest turn CPU s": round(max(turns), 2),
        "memory grown MB": round((most - before) / 1e6, 1),
        "pairs": len(pairs),
        "planted pairs found": round(sum(pair in pairs for pair in copied) / len(copied), 3),
        **changes(member, words),
        **pages(member),
    }


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def texts(count: int) -> tuple[list[str], list[tuple[int, int]]]:
    """Words of so many statements; and which of them are alike, as the ids that they will have."""
    import opencc

    chance, turned = random.Random(6), opencc.OpenCC("s2t")
    words: list[str] = []
    copied = []
    for number, text in enumerate(reuse.sentences(count)):
        if number % COPIED == COPIED - 1:
            other = chance.randrange(number)
            text, change = words[other], chance.choice(("的", ""))
            at = chance.randrange(2, len(text) - 2)
            text = turned.convert(text) if chance.randrange(3) == 0 else text[:at] + change + text[at + 1 :]
            copied.append((other + 1, number + 1))
        words.append(text)
    return words, copied


def fill(words: list[str]) -> Any:
    """A member of a corpus of these claims, written without the services."""
    from django.utils import timezone

    from annotations.models import Member, Statement, User
    from annotations.services import corpora
    from annotations.text.folding import fold_text

    user = User.objects.create_user(username="bench", password="a long enough password")
    corpus = corpora.create(user=user, name="Bench")
    member = Member.objects.select_related("corpus").get(corpus=corpus)
    now = timezone.now()
    common = {"corpus": corpus, "kind": "claim", "created_at": now, "updated_at": now, "created_by": member}
    rows = [
        Statement(**common, number=NUMBERED + number, text=text, fold=fold_text(text))
        for number, text in enumerate(words)
    ]  # fmt: skip
    Statement.objects.bulk_create(rows, batch_size=1_000)
    return member


def changes(member: Any, words: list[str]) -> dict[str, float]:
    """What the job needs after one statement was reworded, and after one was made."""
    from annotations.models import Statement
    from annotations.services import statements
    from annotations.services.op import Op

    chance = random.Random(8)
    rows = {row.pk: row for row in Statement.objects.select_related("corpus")}

    def reword(op: Op) -> None:
        statements.update(op, rows[chance.choice(list(rows))], text=f"据称，{chance.choice(words)}")

    def make(op: Op) -> None:
        statements.create(op, "claim", f"据报道，{chance.choice(words)}")

    return {"reworded CPU ms": after(member, reword), "new CPU ms": after(member, make)}


def after(member: Any, verb: Callable[[Any], None]) -> float:
    """CPU milliseconds of the job after such an op, the median."""
    from annotations.services import recurrence
    from annotations.services.op import writing

    spent = []
    for _ in range(TIMES):
        with writing(by=member) as op:
            verb(op)
        began = time.process_time()
        while not recurrence.catch_up(member.corpus_id):
            pass
        spent.append((time.process_time() - began) * 1000)
    return round(statistics.median(spent), 1)


def pages(member: Any) -> dict[str, float]:
    """The page of pairs over the test client, templates included: the first, a later one, one that is searched."""
    from django.test import Client

    client = Client()
    client.force_login(member.user)

    def page(query: str) -> Callable[[], object]:
        def read() -> None:
            answer = client.get(f"/c/{member.corpus.slug}/duplicates/{query}", headers={"Host": "127.0.0.1"})
            assert answer.status_code == 200, answer.status_code

        return read

    asked = {"page CPU ms": "", "page 50 CPU ms": "?page=50", "page of a word CPU ms": "?q=风险"}
    return {name: tracker.middle(page(query)) for name, query in asked.items()}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=STATEMENTS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = run(asked.statements)
    print(json.dumps(figures) if asked.json else "\n".join(f"{name:24} {value:g}" for name, value in figures.items()))
