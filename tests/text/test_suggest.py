"""Suggestions: units, cues in both scripts, what never speaks, the cap, recall on the demo and the seeds."""

from __future__ import annotations

import pytest

from annotations.rules import vocabulary
from annotations.text.suggest import SHARE, Part, candidates, choose
from annotations.text.suggest import codes as known_codes
from annotations.text.suggest.cues import cues
from annotations.text.suggest.passages import WORDLESS
from annotations.text.suggest.units import units
from annotations.text.suggest.weights import WEIGHTS
from tests.text import suggest_gold as gold


def cut(text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in units(text, 0, 0, len(text))]


def codes(text: str) -> set[str]:
    return {cue.code for cue in cues(text)}


def likeliest(text: str) -> tuple[str, float]:
    """The kind and score of a passage that is one unit."""
    [one] = candidates(text, [Part(0, "paragraph", 0, len(text))])
    return one.kind, one.score


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2024年7月1日，联大通过了这份决议，由中国政府牵头，联署国超过140个。",
            ["联大通过了这份决议", "由中国政府牵头", "联署国超过140个"],
        ),
        ("第一,各國應設立基金,二是推動技術共享,彌合落差。", ["各國應設立基金", "推動技術共享,彌合落差"]),
        ("应用规模在2023年超过3,000个。", ["应用规模在2023年超过3,000个。"]),
        (
            "联大通过《抓住机遇，促进可持续发展》决议，各国随后跟进实施。",
            ["联大通过《抓住机遇，促进可持续发展》决议", "各国随后跟进实施"],
        ),
        (
            "Ministers said that chips are short; the fund should open in 2027.",
            ["Ministers said that chips are short;", "the fund should open in 2027."],
        ),
        ("The fund opened in May.", ["The fund opened in May."]),
    ],
)
def test_long_sentences_are_cut_at_their_clauses(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("全球80%的算力集中于少数发达国家", "全球80%的算力集中於少數發達國家"),
        ("建议设立全球人工智能基金", "建議設立全球人工智能基金"),
        ("报告显示，事故数量同比激增", "報告顯示，事故數量同比激增"),
    ],
)
def test_both_scripts_have_the_same_cues(simplified: str, traditional: str) -> None:
    assert codes(simplified) == codes(traditional) != set()
    assert likeliest(simplified) == likeliest(traditional)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("全球80%的算力集中于少数发达国家", "claim"),
        ("2024年全球相关事故增至233起", "claim"),
        ("应当设立独立的国际科学小组", "proposal"),
        ("建議建立統一的安全評測標準", "proposal"),
        ("The Senate voted 99 to 1 on 1 July 2025.", "claim"),
        ("Congress should create a federal register.", "proposal"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert likeliest(text)[0] == kind and likeliest(text)[1] > 0.5


@pytest.mark.parametrize("text", ["谁来为这一切承担责任？", "命运的钥匙就在我们手中。", "Who will pay for it?"])
def test_questions_and_rhetoric_are_unlikely(text: str) -> None:
    assert likeliest(text)[1] < 0.35


def test_reasons_quote_the_passage() -> None:
    text = "建議建立全球統一技術安全評測標準。"
    [one] = candidates(text, [Part(3, "paragraph", 0, len(text))])
    assert {(cue.code, cue.words) for cue in one.reasons} >= {("recommend", "建議")}
    assert all(cue.words in text for cue in one.reasons)
    assert (one.block, text[one.start : one.end]) == (3, text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("在近10年展望中升至第6位", "superlative"), ("單一國家絕非能獨立應對", "denial"),
        ("具身智能潛藏安全隱患", "cause"),
        ("由某大学研究所发布的指数报告显示", "introduces"),
    ],
)  # fmt: skip
def test_what_is_said_by_other_words(text: str, code: str) -> None:
    assert code in codes(text)
    assert "introduces" not in codes("由秘书长提出")


def test_who_said_it_does_not_crowd_out_what_was_said() -> None:
    said = "由某著名科学家领衔的大学研究所发布的《指数报告》显示，2024年全球相关事故飙升至233起，同比激增56.4%。"
    text = said + "会议在大楼的第二层继续进行着。窗外的雨一直下到了晚上才停。大家都觉得这一天过得很快，也很充实。"
    suggested = choose(candidates(text, [Part(0, "paragraph", 0, len(text))]), len(text), 0.25)
    assert [text[one.start : one.end] for one in suggested][0] == "2024年全球相关事故飙升至233起"


@pytest.mark.parametrize("role", ["title", "heading", "byline", "source-line", "footnote", "page-head"])
def test_headings_and_bylines_say_nothing(role: str) -> None:
    text = "建议设立全球人工智能基金"
    assert candidates(text, [Part(0, role, 0, len(text))]) == []


def test_suggestions_keep_to_their_share_of_the_text() -> None:
    document = gold.demo("d09")
    for share in (0.1, 0.25, SHARE):
        suggested = document.suggested(share)
        assert 0 < gold.coverage(document, suggested) <= share
        spans = [(one.start, one.end) for one in suggested]
        assert spans == sorted(spans) and all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert choose([], 0) == []


def test_no_suggestion_in_a_repeated_body() -> None:
    document = gold.demo("d09")
    assert document.length < 0.6 * len(document.text)
    assert max(one.end for one in document.suggested()) <= max(part.end for part in document.parts)


def test_every_reason_has_its_word() -> None:
    reasons = {code for weights in WEIGHTS.values() for code, weight in weights.items() if weight > 0}
    cues = {*known_codes(), *WORDLESS, "learned"}
    assert (reasons & cues) | {"learned"} == set(vocabulary.CUES.codes)


def recall(documents: list[gold.Gold]) -> float:
    """The share of their passages that suggestions within the share of the text point at."""
    hits = 0
    for document in documents:
        suggested = document.suggested()
        assert gold.coverage(document, suggested) <= SHARE
        hits += gold.found(document, suggested)
    return hits / sum(len(document.passages) for document in documents)


def test_recall_on_documents_without_a_weight_of_their_own() -> None:
    assert recall([gold.demo(key) for key in gold.CHECKED]) >= 0.8


def test_recall_on_the_documents_of_development() -> None:
    assert recall([gold.demo(key) for key in gold.DEVELOPMENT]) >= 0.8


def test_recall_on_the_seeds() -> None:
    assert recall([gold.of_seed(number) for number in ("000", "003")]) >= 0.8


@pytest.mark.parametrize("folder", ["suggestions_unseen", "suggestions_unseen_2"])
def test_recall_on_documents_written_before_any_measuring(folder: str) -> None:
    assert recall(list(gold.written(folder).values())) >= 0.8


def test_suggestions_find_far_more_than_chance_would() -> None:
    documents = list(gold.written("suggestions_unseen").values())
    drawn = [gold.mostly(one, gold.by_chance(one, at)) for at in range(5) for one in documents]
    assert sum(gold.mostly(one, one.suggested()) for one in documents) > 1.5 * sum(drawn) / 5
