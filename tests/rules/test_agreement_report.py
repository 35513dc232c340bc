"""The figures of a round: equal to what the parts say, and honest about what cannot be said."""

import pytest

from annotations.rules.agreement import alpha, unit_alpha
from annotations.rules.agreement.report import ANY, Coded, Text, report
from annotations.rules.agreement.unitizing import Unit, parts

SENTENCES = tuple((start, start + 20) for start in range(0, 200, 20))


def text(number: int, *passages: tuple[int, int, int, str], coders: tuple[int, ...] = (1, 2)) -> Text:
    rows = tuple(Coded(coder, start, end, frozenset(labels.split())) for coder, start, end, labels in passages)
    return Text(number, 200, SENTENCES, coders, rows)


def test_the_same_marks() -> None:
    texts = [text(n, *[(coder, 20 * n, 20 * n + 15, "claim tag:1") for coder in (1, 2)]) for n in range(4)]
    every, claims, tag, other = report(texts, ["claim", "tag:1", "tag:2"])
    assert every.label == ANY and every.counts == {1: 4, 2: 4}
    for row in (every, claims, tag):
        assert row.exact == row.overlap == row.kappa == row.alpha == row.unit == pytest.approx(1)
        assert row.alpha_interval and row.alpha_interval.low == pytest.approx(1)
    assert other.counts == {1: 0, 2: 0}
    assert (other.exact, other.kappa, other.alpha, other.unit, other.unit_interval) == (None,) * 5


def test_differences() -> None:
    one = text(1, (1, 0, 10, "claim"), (2, 2, 10, "claim"), (1, 40, 60, "proposal"))
    two = text(2, (2, 100, 120, "claim"))
    every, claims, proposals = report([one, two], ["claim", "proposal"])
    assert every.exact == 0 and every.overlap == pytest.approx(2 / 4)
    assert claims.exact == 0 and claims.overlap == pytest.approx(2 / 3)
    assert proposals.overlap == 0 and proposals.counts == {1: 1, 2: 0}
    units = [[s[0] < 10, s[0] < 10] for s in SENTENCES] + [[False, s[0] == 100] for s in SENTENCES]
    assert claims.alpha == pytest.approx(alpha(units))
    assert claims.alpha_interval is None  # two documents say nothing about others
    first = parts([[Unit(0, 10)], [Unit(2, 8)]], 200)
    second = parts([[], [Unit(100, 20)]], 200)
    assert first and second and claims.unit is not None
    expected = (first.expected + second.expected) / 2
    assert claims.unit == pytest.approx(1 - (first.observed + second.observed) / 2 / expected)
    assert unit_alpha([first, second]) == pytest.approx(claims.unit)  # of the same length


def test_coders_may_change_from_document_to_document() -> None:
    texts = [
        text(1, (1, 0, 20, "claim"), (2, 0, 20, "claim")),
        text(2, (2, 40, 60, "claim"), (3, 40, 60, "claim"), coders=(2, 3)),
        text(3, (1, 40, 60, "claim"), coders=(1, 3)),
        text(4, (5, 0, 20, "claim"), coders=(5,)),  # one coder: nothing to compare
    ]
    (every, _) = report(texts, ["claim"])
    assert every.counts == {1: 2, 2: 2, 3: 1}
    assert every.kappa is not None and every.exact == pytest.approx(4 / 5)
    assert every.as_json()["counts"] == {"1": 2, "2": 2, "3": 1}


def test_nobody_marked_anything() -> None:
    (every,) = report([text(1)], [])
    assert every.alpha is None and every.exact is None and every.counts == {1: 0, 2: 0}
    (nothing,) = report([], [])
    assert nothing.counts == {} and nothing.unit is None
