"""The measuring tools: the same corpus each time, figures judged by what was promised, a page that says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import __main__ as runner
from benchmarks import corpus, live, promises, report
from benchmarks.report import Taken


def taken(benchmark: str, figures: promises.Figures) -> Taken:
    return Taken(benchmark, figures, "2026-01-02 03:04 UTC", (1.0, 2.5), 3.1, "abc1234")


def test_a_document_depends_on_its_number_alone() -> None:
    some = list(corpus.documents(24, characters=500))
    assert some[17] == corpus.document(17, characters=500)
    assert len({sample.text for sample in some}) == 24
    assert all(500 <= len(sample.text) < 1_000 and len(sample.spans) == corpus.SPANS for sample in some)


def test_spans_hold_words_of_one_line() -> None:
    for sample in corpus.documents(5):
        for start, end, tag in sample.spans:
            words = sample.text[start:end]
            assert words == words.strip() and "\n" not in words and 0 <= tag < corpus.TAGS


def test_needles_stand_where_they_are_planted_and_nowhere_else() -> None:
    some = list(corpus.documents(2 * corpus.PERIOD))
    for needle, remainder in corpus.NEEDLES.items():
        found = [sample.number for sample in some for _ in range(sample.text.count(needle))]
        assert found == [remainder, remainder + corpus.PERIOD]


def test_files_are_written_once_each(tmp_path: Path) -> None:
    paths = corpus.write(tmp_path / "texts", 3, characters=200)
    assert [path.name for path in paths] == ["00000.txt", "00001.txt", "00002.txt"]
    assert paths[2].read_text("utf-8").startswith(corpus.document(2).title[:5])


def test_nested_figures_become_flat() -> None:
    found = promises.flat({"csv": {"cpu_s": 5, "kept": True, "promised": None}, "n": 2, "how": "idle"})
    assert found == {"csv cpu_s": 5, "n": 2, "how": "idle"}


@pytest.mark.parametrize(("value", "kept"), [(99, True), (100, True), (100.5, False)])
def test_a_promise_is_a_highest_value(value: float, kept: bool) -> None:
    assert promises.Promise("writers", "p99 ms", 100, "ms").kept(value) is kept


def test_a_promise_can_be_a_lowest_value() -> None:
    promise = promises.Promise("import", "documents a second", 450, "documents a second", least=True)
    assert promise.kept(450) and not promise.kept(449)
    assert promise.words == "at least 450 documents a second"


def test_what_was_promised_and_not_measured_is_told() -> None:
    figures = {"p99 ms": 140.0, "doubled": 0}
    assert promises.broken("writers", figures) == [
        "writers: p99 ms is 140, promised at most 100 ms",
        "writers: lost was not measured (at most 0 promised)",
    ]


def test_what_this_machine_cannot_measure_is_no_broken_promise() -> None:
    figures: dict[str, promises.Number | str] = dict.fromkeys(promises.of("live"), "not run: no PostgreSQL")
    assert promises.broken("live", figures) == []
    assert set(promises.of("live")) >= {f"PostgreSQL {name}" for name in promises.flat(live.not_run("no Redis"))}
    page = report.page({"live": taken("live", figures)})
    assert "| PostgreSQL lost | not run: no PostgreSQL | at most 0 |  |" in page


def test_the_page_shows_what_was_kept_and_what_was_not() -> None:
    page = report.page({"writers": taken("writers", {"p99 ms": 140.0, "lost": 0, "doubled": 0, "saves": 1200})})
    assert "| p99 ms | 140 | at most 100 ms | **no** |" in page
    assert "| lost | 0 | at most 0 | yes |" in page
    assert "| saves | 1,200 |  |  |" in page
    assert "busy 1 before, 2.5 after" in page and "Not measured in this run:" in page


def test_promises_are_about_benchmarks_that_exist() -> None:
    known = runner.names()
    assert {"start", "text", "writers"} <= set(known)
    assert {promise.benchmark for promise in promises.PROMISES} <= set(known)
    assert "corpus" not in known and "report" not in known
