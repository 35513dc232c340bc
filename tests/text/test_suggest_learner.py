"""The learner: silent without decisions, the same twice, and better with each decision of a simulated reader."""

from __future__ import annotations

from annotations.text.suggest import NOTHING, Example, Learned, candidates, trained
from annotations.text.suggest.passages import look
from annotations.text.suggest.units import units
from tests.text import suggest_gold as gold


def examples(documents: list[gold.Gold]) -> list[Example]:
    """A reader who accepts what was marked in the demo and turns down the rest."""
    found = []
    for document in documents:
        for part in document.parts:
            for seen in look(document.text, list(units(document.text, part.number, part.start, part.end))):
                start, end = seen.unit.start, seen.unit.end
                for kind in ("claim", "proposal"):
                    right = any(a < end and start < b and kind == one for a, b, one in document.passages)
                    found.append(Example(document.text[start:end], seen.signs, kind, right))
    return found


def precision(document: gold.Gold, learned: Learned) -> float:
    """Of the suggestions on a quarter of the text: how many of them were marked."""
    suggested = document.suggested(0.25, learned)
    right = sum(any(one.start < b and a < one.end for a, b, _ in document.passages) for one in suggested)
    return right / len(suggested)


def test_without_decisions_only_the_rules_speak() -> None:
    assert trained([]).odds("建议设立基金", {"bias": 1.0}) == NOTHING.odds("x", {}) == {"claim": 0.0, "proposal": 0.0}


def test_the_same_decisions_teach_the_same() -> None:
    taught = examples([gold.demo("d05")])
    one, other = trained(taught), trained(taught)
    assert one == other and one.examples > 50


def test_it_learns_what_this_corpus_calls_a_claim() -> None:
    """A reader who wants whatever is said about harbours, for which there is no rule."""
    harbours = [f"港口潮汐记录第{name}卷存于旧楼" for name in "甲乙丙丁戊己"]
    others = [f"会议记录第{name}卷存于旧楼" for name in "甲乙丙丁戊己"]
    signs = {"bias": 1.0}
    pairs = [(text, True) for text in harbours] + [(text, False) for text in others]
    learned = trained(Example(text, signs, "claim", right) for text, right in pairs)
    assert learned.odds("港口潮汐记录另有一册", signs)["claim"] > learned.odds("会议记录另有一册", signs)["claim"]
    assert learned.odds("港口潮汐记录另有一册", signs)["proposal"] == 0.0


def test_precision_rises_with_the_decisions_of_a_reader() -> None:
    read, later = [gold.demo(key) for key in gold.DEVELOPMENT], [gold.demo(key) for key in gold.CHECKED]
    learned = trained(examples(read))
    before = sum(precision(document, NOTHING) for document in later) / len(later)
    after = sum(precision(document, learned) for document in later) / len(later)
    assert after > before


def test_what_was_decided_in_a_document_is_known_there() -> None:
    document = gold.demo("d05")
    learned = trained(examples([document]))
    assert precision(document, learned) > precision(document, NOTHING)
    assert len(candidates(document.text, document.parts, learned)) == len(candidates(document.text, document.parts))
