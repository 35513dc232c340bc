"""The promises (figures that a run is judged by) and what peers needed for the same, measured earlier.

A figure is named as its benchmark names it; a nested result is flattened: {"csv": {"cpu_s": 5}} is "csv cpu_s".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Number = float | int
Figures = Mapping[str, Number | str]
NOT_RUN = "not run"  # begins the text in place of a figure that this machine cannot give


@dataclass(frozen=True, slots=True)
class Promise:
    """`figure` of `benchmark` is at most (with `least`: at least) `limit`; `peers`: what others needed, in words."""

    benchmark: str
    figure: str
    limit: Number
    unit: str
    least: bool = False
    peers: str = ""

    @property
    def words(self) -> str:
        """“at most 100 ms”."""
        return f"{'at least' if self.least else 'at most'} {self.limit:,g} {self.unit}".strip()

    def kept(self, value: Number) -> bool:
        return value >= self.limit if self.least else value <= self.limit


PROMISES: tuple[Promise, ...] = (
    Promise("start", "seconds to the first page", 2, "s", peers="1.5–24 s"),
    Promise("start", "idle PSS MB", 150, "MB", peers="67–546 MB"),
    Promise("start", "idle RSS MB", 150, "MB", peers="77–898 MB"),
    Promise("start", "installed MB", 300, "MB", peers="74–794 MB"),
    Promise("writers", "p99 ms", 100, "ms", peers="243–2,100 ms"),
    Promise("writers", "lost", 0, "", peers="0"),
    Promise("writers", "doubled", 0, ""),
    Promise("live", "SQLite p99 ms", 100, "ms"),
    Promise("live", "SQLite event p95 ms", 300, "ms"),
    Promise("live", "SQLite refused", 0, ""),
    Promise("live", "SQLite lost", 0, ""),
    Promise("live", "SQLite doubled", 0, ""),
    Promise("live", "SQLite events lost", 0, ""),
    Promise("live", "SQLite events doubled", 0, ""),
    Promise("live", "SQLite importing p99 ms", 150, "ms"),
    Promise("live", "SQLite importing refused", 0, ""),
    Promise("live", "PostgreSQL event p95 ms", 500, "ms"),
    Promise("live", "PostgreSQL lost", 0, ""),
    Promise("live", "PostgreSQL doubled", 0, ""),
    Promise("live", "PostgreSQL events lost", 0, ""),
    Promise("live", "PostgreSQL events doubled", 0, ""),
    Promise("live", "PostgreSQL Redis cut event p95 ms", 500, "ms"),
    Promise("live", "PostgreSQL Redis cut events lost", 0, ""),
    Promise("live", "PostgreSQL Redis cut events doubled", 0, ""),
    Promise("live", "PostgreSQL LISTEN cut event p95 ms", 500, "ms"),
    Promise("live", "PostgreSQL LISTEN cut events lost", 0, ""),
    Promise("live", "PostgreSQL LISTEN cut events doubled", 0, ""),
    Promise("text", "1 MB: clean, fold and segment", 0.2, "CPU s"),
    Promise("text", "1 MB, damaged: clean, fold and segment", 0.2, "CPU s"),
    Promise("quotation", "1 MB Chinese slowest ms", 50, "CPU ms"),
    Promise("quotation", "1 MB English slowest ms", 50, "CPU ms"),
    Promise("api", "create ms", 6, "CPU ms", peers="13–100 CPU ms"),
    Promise("api", "create ratio", 3.5, "times an empty GET"),
    Promise("api", "open 1,000 ms", 15, "CPU ms", peers="152–928 ms"),
    Promise("api", "documents by tag ms", 20, "CPU ms", peers="190–16,000 CPU ms"),
    Promise("api", "counts exact", 1, "", least=True, peers="doccano: 2,201 for 868"),
    Promise("api", "search 1 character ms", 20, "CPU ms"),
    Promise("api", "search 2 characters ms", 20, "CPU ms", peers="205–283 CPU ms over 1,000"),
    Promise("api", "search 4 characters ms", 20, "CPU ms", peers="205–283 CPU ms over 1,000"),
    Promise("api", "search both ms", 20, "CPU ms"),
    Promise("api", "search either ms", 20, "CPU ms"),
    Promise("api", "search number ms", 20, "CPU ms"),
    Promise("api", "search field ms", 20, "CPU ms"),
    Promise("api", "search marked ms", 20, "CPU ms"),
    Promise("tracker", "tag queries ms", 20, "CPU ms"),
    Promise("tracker", "counts exact", 1, "", least=True),
    Promise("reader", "1,000 all_ms", 1_000, "ms", peers="5.7–25 s"),
    Promise("reader", "10,000 all_ms", 2_000, "ms", peers="not usable"),
    Promise("reader", "10,000 add_ms", 50, "ms"),
    Promise("reuse", "query CPU ms", 5, "CPU ms"),
    Promise("reuse", "recall at 5", 0.9, "", least=True),
    Promise("duplicates", "longest turn CPU s", 1.5, "CPU s"),
    Promise("duplicates", "reworded CPU ms", 50, "CPU ms"),
    Promise("duplicates", "new CPU ms", 50, "CPU ms"),
    Promise("duplicates", "page CPU ms", 60, "CPU ms"),
    Promise("duplicates", "planted pairs found", 0.9, "", least=True),
    Promise("suggestions", "unseen recall", 0.8, "", least=True),
    Promise("suggestions", "unseen share of the text", 0.4, "of the text"),
    Promise("suggestions", "second recall", 0.8, "", least=True),
    Promise("suggestions", "second share of the text", 0.4, "of the text"),
    Promise("reanchor", "3 % edited CPU seconds", 1.5, "CPU s", peers="seconds to minutes"),
    Promise("reanchor", "3 % edited % right", 99.8, "%", least=True),
    Promise(
        "import_documents", "with a helper documents a second", 450, "documents a second", least=True, peers="98–640"
    ),
    Promise("import_documents", "with a helper write lock p99 ms", 40, "ms"),
    Promise("codebook", "write lock p99 ms", 40, "ms"),
    Promise("export", "jsonl cpu_s", 3, "CPU s", peers="22–38 s"),
    Promise("export", "csv cpu_s", 6, "CPU s", peers="22–38 s"),
    Promise("export", "jsonl growth_mb", 50, "MB", peers="+700 to +2,500 MB"),
    Promise("export", "csv growth_mb", 50, "MB", peers="+700 to +2,500 MB"),
)


def flat(found: Mapping[str, object], before: str = "") -> dict[str, Number | str]:
    """One level: numbers and texts by name. Truth values and None are left out, they are judged here."""
    figures: dict[str, Number | str] = {}
    for name, value in found.items():
        key = f"{before} {name}".strip()
        if isinstance(value, Mapping):
            figures.update(flat(value, key))
        elif isinstance(value, (int, float, str)) and not isinstance(value, bool):
            figures[key] = value
    return figures


def of(benchmark: str) -> dict[str, Promise]:
    """The promises of one benchmark by figure."""
    return {promise.figure: promise for promise in PROMISES if promise.benchmark == benchmark}


def broken(benchmark: str, figures: Figures) -> list[str]:
    """A sentence for each promise that these figures do not keep; a promised figure that is missing counts as well."""
    wrong = []
    for name, promise in of(benchmark).items():
        value = figures.get(name)
        if isinstance(value, str) and value.startswith(NOT_RUN):
            continue
        if not isinstance(value, (int, float)):
            wrong.append(f"{benchmark}: {name} was not measured ({promise.words} promised)")
        elif not promise.kept(value):
            wrong.append(f"{benchmark}: {name} is {value:,g}, promised {promise.words}")
    return wrong
