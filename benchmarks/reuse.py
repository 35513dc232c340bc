"""Finding repeats among 50,000 passages: what a query costs, and whether it finds what was edited.

    python -m benchmarks.reuse [--passages 50000] [--json]

Documents of the made-up corpus with characters drawn at random mixed into each passage, so that unrelated passages
differ, as in prototypes; queries are passages of theirs with 10 % of the characters edited, in the other script.
Promise: at most 5 CPU ms a query (the median), recall among the first five at least 0.9. Beside it: sketching them.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from typing import Any

import django

PASSAGES, QUERIES = 50_000, 200
EDITS = 0.1


def run(passages: int = PASSAGES) -> dict[str, float]:
    """Figures by name."""
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    corpus, texts = fill(passages)
    from annotations.services import recurrence, sketches

    began = time.process_time()
    while not recurrence.catch_up(corpus.corpus_id, 60.0):
        pass
    figures = {"sketching CPU s": round(time.process_time() - began, 1), "passages": len(texts)}
    chance = random.Random(5)
    spent, hits = [], 0
    for at in chance.sample(range(len(texts)), QUERIES):
        asked = edited(texts[at], chance)
        began = time.process_time()
        found = recurrence.more_like(corpus, asked, limit=5)
        spent.append((time.process_time() - began) * 1000)
        hits += any(bare(one.quote) in bare(texts[at]) for one in found)
    assert sketches.pending(corpus.corpus_id) == []
    spent.sort()
    return {
        **figures,
        "query CPU ms": round(statistics.median(spent), 2),
        "query p95 CPU ms": round(spent[int(len(spent) * 0.95)], 2),
        "recall at 5": round(hits / QUERIES, 3),
    }


def bare(text: str) -> str:
    from annotations.text import reuse

    return reuse.passage(text).words.words


def fill(passages: int) -> tuple[Any, list[str]]:
    """A Member of a corpus of so many sentences in documents of fifty; and the sentences."""
    from annotations.models import Member, User
    from annotations.records import SourceText
    from annotations.services import bulk_load, corpora, documents, preparing
    from annotations.services.op import writing
    from annotations.text.blocks import from_plain

    user = User.objects.create_user(username="bench", full_name="Bench", password="a long enough password")
    member = Member.objects.select_related("corpus").get(corpus=corpora.create(user=user, name="Bench"))
    texts = sentences(passages)
    for start in range(0, len(texts), 5_000):
        batch = []
        for first in range(start, min(start + 5_000, len(texts)), 50):
            raw = f"第{first}篇\n\n" + "\n".join(texts[first : first + 50]) + "\n"
            source = SourceText(raw, tuple(from_plain(raw)), reader="txt")
            batch.append(bulk_load.ready(preparing.prepare(source), f"{first}.txt"))
        with writing(by=member) as op:
            bulk_load.store(op, batch, documents.new_batch(op, "bench"), again=True)
    return member, texts


def sentences(count: int) -> list[str]:
    """Clauses of the made-up corpus, two and two with some characters of chance between."""
    from annotations.text.sentences import split
    from benchmarks import corpus

    chance = random.Random(4)
    clauses: list[str] = []
    number = 0
    while len(clauses) < 4_000:
        text = corpus.document(number, spans=0).text
        clauses += [text[a:b].rstrip("。！？；\n") for a, b in split(text, 0, len(text)) if 6 < b - a < 40]
        number += 1
    alphabet = sorted({char for clause in clauses for char in clause if "\u4e00" <= char <= "\u9fff"})
    found = []
    for _ in range(count):
        mixed = "".join(chance.choices(alphabet, k=chance.randint(10, 30)))
        found.append(f"{chance.choice(clauses)}{mixed}{chance.choice(clauses)}。")
    return found


def edited(text: str, chance: random.Random) -> str:
    """A tenth of the characters replaced, left out or added to, in Traditional characters."""
    import opencc

    found = []
    for char in text:
        at = chance.random()
        if at < EDITS / 3:
            continue
        found.append(chance.choice(text) if at < 2 * EDITS / 3 else char)
        if at > 1 - EDITS / 3:
            found.append(chance.choice(text))
    return str(opencc.OpenCC("s2t").convert("".join(found)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=PASSAGES)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = run(asked.passages)
    print(json.dumps(found) if asked.json else ", ".join(f"{name} {value:g}" for name, value in found.items()))


if __name__ == "__main__":
    main()
