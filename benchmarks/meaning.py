"""What comparing by meaning adds to suggested claims and proposals, with the embedding that AIGOV_EMBEDDING names.

    AIGOV_EMBEDDING=FOLDER python -m benchmarks.meaning [--json] [--settle | --english]

The gold sets and the figures of benchmarks/suggestions.py, leave-one-document-out: the words of 0, 20 and 60 decisions
in the other documents of the set (rules and learner), and the same with their meaning. Then, of the passages that are
suggested: how many meaning speaks for, and how many of those point at a passage of the expert (what the suggester
“Meaning” would be told). And opposites and repeats of tests/gold/reuse.toml, which are equally close: why nothing is
called the same by meaning. --settle measures the documents on which the two constants of services/nearness.py were
settled, for other values of them; --english the English documents of all sets and of the demo, taken for one corpus.
"""

from __future__ import annotations

import argparse
import json
import os
import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.suggestions import SETS, Tally, tally

DECISIONS = (0, 20, 60)
STRENGTHS, RIDGES = (0.0, 1.0, 2.0, 4.0), (0.5, 1.0, 2.0)
REUSE = Path(__file__).resolve().parents[1] / "tests" / "gold" / "reuse.toml"


class Vectors:
    """Vectors of texts, each worked out once."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.known: dict[str, bytes] = {}
        self.spent = 0.0

    def of(self, texts: Sequence[str]) -> list[bytes]:
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        began = time.process_time()
        self.known.update(zip(new, self.model.vectors(new), strict=True))
        self.spent += time.process_time() - began
        return [self.known[text] for text in texts]


def everything(vectors: Vectors) -> dict[str, object]:
    """The figures of each set, by its name, and the cost."""
    from tests.text import suggest_gold as gold

    found: dict[str, object] = {name: measured(gold.written(folder), vectors) for folder, name in SETS.items()}
    found["CPU ms for each passage"] = round(1000 * vectors.spent / max(1, len(vectors.known)), 2)
    found["passages"] = len(vectors.known)
    return found | {"repeats and opposites": alike(vectors)}


def measured(documents: Mapping[str, Any], vectors: Vectors) -> dict[str, object]:
    figures: dict[str, object] = {}
    for number in DECISIONS:
        plain, meant, right, told = Tally(), Tally(), 0, 0
        for name, document in documents.items():
            others = [other for key, other in documents.items() if key != name]
            words, known = knowledge(others, document, number, vectors)
            plain += tally(document, document.suggested(learned=words))
            suggested = document.suggested(learned=known)
            meant += tally(document, suggested)
            close = [one for one in suggested if known.close(document.text[one.start : one.end])]
            told += len(close)
            right += tally(document, close).right
        figures[f"{number} decisions, words"] = plain.figures()
        figures[f"{number} decisions, words and meaning"] = meant.figures()
        figures[f"{number} decisions, “Meaning”"] = {"suggestions": told, "precision": round(right / max(1, told), 3)}
    return figures


def knowledge(others: Sequence[Any], document: Any, decisions: int, vectors: Vectors) -> tuple[Any, Any]:
    """What so many decisions in the other documents teach about the passages of this one: by words, by both."""
    from annotations.services.meaning import Taught
    from annotations.services.nearness import Judged, Taste, enough
    from annotations.text.suggest import candidates
    from tests.text import suggest_gold as gold

    words = gold.taught(others, decisions)
    said: dict[str, bool] = {}
    for one in gold.lessons(others, decisions):
        said[one.text] = said.get(one.text, False) or one.right
    judged = [Judged(text, *vectors.of([text]), right) for text, right in said.items()]
    if not enough(judged):
        return words, Taught(words, {})
    texts = [document.text[one.start : one.end] for one in candidates(document.text, document.parts)]
    return words, Taught(words, dict(zip(texts, Taste(judged).of(vectors.of(texts)), strict=True)))


def alike(vectors: Vectors) -> dict[str, float]:
    """How close repeats, opposites and other passages are on average, 0 to 1."""
    import numpy as np

    rows = tomllib.loads(REUSE.read_text())["passage"]

    def closeness(pairs: Sequence[tuple[str, str]]) -> float:
        one, other = (
            np.frombuffer(b"".join(vectors.of(side)), "<f2").reshape(len(pairs), -1).astype(float)
            for side in ([pair[at] for pair in pairs] for at in (0, 1))
        )
        return round(float((one * other).sum(1).mean()), 3)

    texts = [row["text"] for row in rows]
    return {
        "repeats": closeness([(row["text"], one) for row in rows for one in row.get("repeats", ())]),
        "opposites": closeness([(row["text"], one) for row in rows for one in row.get("opposites", ())]),
        "other passages": closeness(list(zip(texts, texts[1:] + texts[:1], strict=True))),
    }


def settle(vectors: Vectors) -> dict[str, object]:
    """What other constants give on the development documents of the rules."""
    from annotations.services import nearness
    from tests.text import suggest_gold as gold

    documents = {key: gold.demo(key) for key in gold.DEVELOPMENT}
    found = {}
    for nearness.RIDGE in RIDGES:
        for nearness.STRENGTH in STRENGTHS:
            figures = measured(documents, vectors)
            key = f"ridge {nearness.RIDGE}, strength {nearness.STRENGTH}"
            found[key] = {name: value for name, value in figures.items() if name.endswith("words and meaning")}
    return found


def english(vectors: Vectors) -> dict[str, object]:
    """The figures of the English documents; the demo's were known when the weights of the rules were set."""
    from annotations.text.suggest.units import is_han
    from tests.text import suggest_gold as gold

    documents = {name: one for folder in SETS for name, one in gold.written(folder).items()}
    documents |= {key: gold.demo(key) for key in (*gold.DEVELOPMENT, *gold.CHECKED)}
    return measured({name: one for name, one in documents.items() if not is_han(one.text)}, vectors)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--settle", action="store_true")
    parser.add_argument("--english", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aigov.settings")
    import django

    django.setup()
    from annotations.services import embedding

    model = embedding.load()
    if model is None:
        raise SystemExit("AIGOV_EMBEDDING names no embedding that can be used (see manage.py check).")
    found = (settle if asked.settle else english if asked.english else everything)(Vectors(model))
    print(json.dumps(found, ensure_ascii=False, indent=None if asked.json else 1))


if __name__ == "__main__":
    main()
