"""The figures of a run as tables: on the terminal, and as the page docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import promises
from benchmarks.promises import Number, Promise
from benchmarks.server import ROOT

HEAD = """# Benchmarks

Made by `make bench ARGS=--write` from a run on the machine named below; how each figure is taken stands in
[benchmarks/README.md](../benchmarks/README.md) and at the head of each module. “Promised” figures are those that the
project holds itself to. CPU figures and ratios can be compared between machines of the same kind; wall times only as
far as the machine was idle. “Busy” is the wall time over the CPU time of a busy loop before and after the benchmark:
1.0 means a core to itself, 2.0 that other programs took half of it.

“Peers” were measured earlier on the same kind of machine (2 cores, shared, SQLite everywhere) with the corpus of
`benchmarks/corpus.py` at the sizes named: doccano 1.8.4, Label Studio 1.23.2, taguette 1.5.2. A range goes from the
fastest of them to the slowest that could do it at all.
"""
PEERS = """
## What the peers needed for the rest

Measured earlier on the same kind of machine; the app's own figures for these are in the tables above as far as they
have been measured there.

| what | peers |
|---|---|
| create one annotation over HTTP | 13–100 CPU ms; p99 with 8 writers 243–2,100 ms |
| open a document with 1,000 annotations | 152–928 ms; the page 5.7–25 s |
| open a document with 10,000 annotations, 500,000 characters | not usable |
| list page of 50 with a tag filter, 10,000 documents × 20 | 190–16,000 CPU ms; doccano's count is wrong |
| search of 2- and 4-character Chinese words | 205–283 CPU ms over 1,000 documents; taguette has none |
| import 10,000 documents × 20 annotations | 98–640 documents a second |
| export 200,000 annotations | 22–38 s; +700 to +2,500 MB of memory |
| start to the first page · idle memory (RSS) · installed size | 1.5–24 s · 77–898 MB · 74–794 MB |
| re-anchoring after an edit | in the browser, seconds to minutes, with orphans |
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """One benchmark's figures, and under which circumstances they were taken."""

    benchmark: str
    figures: promises.Figures
    at: str
    busy: tuple[float, float]
    load: float
    commit: str

    def as_json(self) -> dict[str, object]:
        return {
            "figures": dict(self.figures), "at": self.at, "busy": list(self.busy), "load": self.load,
            "commit": self.commit,
        }  # fmt: skip


def machine() -> str:
    """Processor, cores, memory and versions in one line."""
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    parts = (
        model or platform.machine(), f"{os.cpu_count()} cores", f"{memory / 1024**2:.0f} GiB", platform.system(),
        f"Python {platform.python_version()}", f"SQLite {_sqlite()}",
    )  # fmt: skip
    return ", ".join(parts)


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def _sqlite() -> str:
    import aigov  # puts the SQLite in place that the application uses

    return str(sys.modules["sqlite3"].sqlite_version) if aigov else sqlite3.sqlite_version


def commit() -> str:
    """The commit that is checked out, with + when files differ from it; "" outside a repository."""
    try:
        named = subprocess.run(
            ["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return named.stdout.strip()


def shown(value: Number | str) -> str:
    """A figure as people read it: thousands parted; a benchmark has rounded it."""
    return value if isinstance(value, str) else f"{value:,.6g}"


def verdict(promise: Promise | None, value: Number | str) -> str:
    """yes, no, or nothing where nothing was promised."""
    if promise is None or isinstance(value, str):
        return ""
    return "yes" if promise.kept(value) else "**no**"


def rows(taken: Taken) -> Iterator[tuple[str, str, str, str, str]]:
    """Figure, value, promise, kept, peers; promised figures first."""
    judged = promises.of(taken.benchmark)
    order = {figure: place for place, figure in enumerate(judged)}
    names = sorted(taken.figures, key=lambda name: order.get(name, len(order)))
    for name in names:
        value, promise = taken.figures[name], judged.get(name)
        words, peers = (promise.words, promise.peers) if promise else ("", "")
        yield name, shown(value), words, verdict(promise, value), peers


def table(taken: Taken) -> str:
    """One benchmark as a Markdown table."""
    lines = [
        f"## {taken.benchmark}", "",
        f"{taken.at} · commit {taken.commit or 'unknown'} · busy {taken.busy[0]:g} before, {taken.busy[1]:g} after · "
        f"load {taken.load:g}", "",
        "| figure | measured | promised | kept | peers |", "|---|--:|---|---|---|",
    ]  # fmt: skip
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows(taken))]) + "\n"


def page(results: Mapping[str, Taken]) -> str:
    """docs/benchmarks.md."""
    wrong = [line for name, taken in results.items() for line in promises.broken(name, taken.figures)]
    missing = sorted({promise.benchmark for promise in promises.PROMISES} - set(results))
    summary = ["", f"Machine: {machine()}.", ""]
    summary += ["Promises that this run does not keep:", "", *(f"- {line}" for line in wrong), ""] if wrong else []
    summary += [f"Not measured in this run: {', '.join(missing)}.", ""] if missing else []
    return "\n".join([HEAD.rstrip("\n"), *summary]) + "\n" + "\n".join(table(one) for one in results.values()) + PEERS
