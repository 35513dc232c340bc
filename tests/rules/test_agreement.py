"""Agreement equals every reference value of research/domain.md 6, and says nothing where nothing can be said."""

import random
from collections.abc import Mapping
from typing import Any

import pytest

from annotations.rules.agreement import (
    F1,
    Interval,
    Span,
    Unit,
    alpha,
    bootstrap,
    cohen,
    f1,
    fleiss,
    matched,
    observed,
    parts,
    pooled,
    s_score,
    scott,
    unit_alpha,
)
from annotations.rules.agreement.unitizing import merged

K2011 = """1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 ."""
WIKI = """. . . . . 3 4 1 2 1 1 3 3 . 3
1 . 2 1 3 3 4 3 . . . . . . .
. . 2 1 3 4 4 . 2 1 1 3 3 . 4"""
#: Fleiss 1971: 30 patients, 6 psychiatrists.
FLEISS = """444444 222555 233335 555555 222444 113333 333355 113334 114444 555555 144444 124444 222333 144444 224445
333335 111455 111112 224444 133555 555555 244444 224555 114444 144445 222224 111155 224444 133333 555555"""
#: Cohen 1960, example 2: how many of 200 units got this pair of labels.
COHEN = {"11": 88, "12": 14, "13": 18, "21": 10, "22": 40, "23": 10, "31": 2, "32": 6, "33": 12}
#: Artstein and Poesio 2008.
DIALOGUE = {("stat", "stat"): 46, ("ireq", "stat"): 6, ("ireq", "ireq"): 32, ("ireq", "chck"): 6, ("chck", "chck"): 10}
K1995 = list(zip("001111111100001111110000", "000011110000000110000000", strict=True))


def by_coder(table: str) -> list[list[int | None]]:
    """Units of a table that has one line a coder."""
    rows = [[None if cell == "." else int(cell) for cell in line.split()] for line in table.splitlines()]
    return [list(unit) for unit in zip(*rows, strict=True)]


def spread(counts: Mapping[Any, int]) -> list[tuple[Any, Any]]:
    return [(pair[0], pair[1]) for pair, n in counts.items() for _ in range(n)]


@pytest.mark.parametrize(
    ("table", "metric", "value"),
    [
        (K2011, "nominal", 0.7434), (K2011, "ordinal", 0.8154), (K2011, "interval", 0.8491), (K2011, "ratio", 0.7974),
        (WIKI, "nominal", 0.6914), (WIKI, "interval", 0.8108),
    ],
)  # fmt: skip
def test_alpha(table: str, metric: str, value: float) -> None:
    assert alpha(by_coder(table), metric) == pytest.approx(value, abs=5e-5)


def test_two_coders() -> None:
    pairs = spread(COHEN)
    assert observed(pairs) == pytest.approx(0.70)
    assert cohen(pairs) == pytest.approx(0.4915, abs=5e-5)
    talk = spread(DIALOGUE)
    assert observed(talk) == pytest.approx(0.88)
    assert s_score(talk, 3) == pytest.approx(0.82)
    assert scott(talk) == pytest.approx(0.7995, abs=5e-5)
    assert cohen(talk) == pytest.approx(0.8013, abs=5e-5)
    assert alpha(talk) == pytest.approx(0.8005, abs=5e-5)
    assert cohen(K1995) == pytest.approx(0.3846, abs=5e-5)
    assert scott(K1995) == pytest.approx(0.314, abs=5e-4)
    assert alpha(K1995) == pytest.approx(0.3286, abs=5e-5)


def test_fleiss() -> None:
    units = FLEISS.split()
    assert fleiss(units) == pytest.approx(0.4302, abs=5e-5)
    assert alpha(units) == pytest.approx(0.4334, abs=5e-5)
    with pytest.raises(ValueError, match="same number"):
        fleiss(["11", "111"])


def test_unitizing() -> None:
    # Krippendorff 2004: a continuum of 300 from 150 on
    c = parts([[Unit(75, 70), Unit(220, 30)], [Unit(70, 80), Unit(205, 20), Unit(250, 20)]], 300)
    k = parts([[Unit(30, 60), Unit(150, 50)]] * 2, 300)
    assert c and k
    assert (c.observed, c.expected) == pytest.approx((0.0144, 0.0532), abs=5e-5)
    assert unit_alpha([c]) == pytest.approx(0.7286, abs=5e-5)
    assert unit_alpha([k]) == 1
    assert unit_alpha([c, k]) == pytest.approx(0.8587, abs=5e-5)


def test_unitizing_below_chance() -> None:
    found = parts([[Unit(1, 8)], [Unit(2, 1), Unit(4, 1), Unit(6, 1)]], 10)
    assert found and (found.observed, found.expected) == pytest.approx((0.9100, 0.5352), abs=5e-5)
    assert unit_alpha([found]) == pytest.approx(-0.7003, abs=5e-5)


def test_unitizing_equals_its_definition() -> None:
    """Against the sums of the paper written out, over random continua of two and three coders."""
    dice = random.Random(5)
    for _ in range(60):
        coders = [units(dice, 40) for _ in range(dice.choice((2, 3)))]
        found = parts(coders, 40)
        if any(coders):
            assert found and found.observed == pytest.approx(by_definition(coders, 40))


def units(dice: random.Random, length: int) -> list[Unit]:
    edges = sorted(dice.sample(range(length + 1), 2 * dice.randint(0, 4)))
    return [Unit(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def by_definition(coders: list[list[Unit]], length: int) -> float:
    def segments(marked: list[Unit]) -> list[tuple[int, int, int]]:
        edges = sorted({0, length, *(unit.start for unit in marked), *(unit.end for unit in marked)})
        starts = {unit.start for unit in marked}
        return [(a, b - a, int(a in starts)) for a, b in zip(edges, edges[1:], strict=False)]

    total = 0
    for i, one in enumerate(coders):
        for j, other in enumerate(coders):
            for b, size, v in segments(one) if i != j else ():
                for b2, size2, v2 in segments(other):
                    if v and v2 and -size < b - b2 < size2:
                        total += (b - b2) ** 2 + (b + size - b2 - size2) ** 2
                    elif v and not v2 and size2 - size >= b - b2 >= 0:
                        total += size**2
                    elif not v and v2 and size2 - size <= b - b2 <= 0:
                        total += size2**2
    return total / (len(coders) * (len(coders) - 1) * length**2)


def test_several_documents_weigh_by_length() -> None:
    same = parts([[Unit(0, 10)], [Unit(0, 10)]], 100)
    other = parts([[Unit(0, 10)], [Unit(50, 10)]], 300)
    assert same and other
    both = pooled([same, other])
    assert both and both.length == 400
    assert both.observed == pytest.approx((same.observed * 100 + other.observed * 300) / 400)
    assert pooled([]) is None


def test_nothing_can_be_said() -> None:
    assert alpha([["a", "a"], ["a", "a"]]) is None  # one label only: undefined, not perfect
    assert alpha([]) is None and alpha([["a", None]]) is None and alpha([["a"]]) is None
    assert cohen([]) is None and cohen([("a", "a")]) is None and scott([("a", "a")]) is None
    assert fleiss([]) is None and fleiss(["1", "1"]) is None and fleiss(["11", "11"]) is None
    assert s_score([("a", "b")], 1) is None and observed([]) is None
    assert parts([[Unit(0, 5)]], 10) is None and parts([[], []], 10) is None and unit_alpha([]) is None
    with pytest.raises(ValueError, match="no length"):
        parts([[Unit(3, 0)], []], 10)
    with pytest.raises(ValueError, match="outside"):
        parts([[Unit(8, 3)], []], 10)


def test_own_units_that_overlap_are_one() -> None:
    assert merged([Unit(5, 5), Unit(0, 6), Unit(10, 2)]) == [Unit(0, 10), Unit(10, 2)]


def span(start: int, end: int, document: int = 1, label: str = "") -> Span[str]:
    return Span(document, start, end, label)


def test_f1() -> None:
    one = [span(0, 10), span(20, 30), span(40, 50)]
    other = [span(0, 10), span(22, 30), span(48, 60), span(0, 10, document=2)]
    assert f1(one, other, 1) == F1(1, 3, 4)
    assert f1(one, other) == F1(2, 3, 4) and f1(one, other).value == pytest.approx(4 / 7)
    assert f1([], []).value is None and f1(one, []).value == 0
    assert f1(one, other).plus(F1(1, 1, 1)) == F1(3, 4, 5)


def test_each_span_stands_in_one_pair() -> None:
    whole, half, rest = span(0, 10), span(0, 6), span(1, 10)
    assert matched([whole], [half, rest]) == [(whole, rest)]  # the one that shares most
    assert matched([half, rest], [whole, whole]) == [(half, whole), (rest, whole)] or len(
        matched([half, rest], [whole, whole])
    ) == 2  # fmt: skip


def test_pairs_equal_all_comparisons() -> None:
    dice = random.Random(3)
    for _ in range(50):
        one, other = ([span(s, s + dice.randint(1, 30)) for s in dice.choices(range(60), k=6)] for _ in range(2))
        every = sorted(
            ((len(set(range(*a[1:3])) & set(range(*b[1:3]))) / len(set(range(*a[1:3])) | set(range(*b[1:3]))), a, b)
             for a in one for b in other), key=lambda entry: -entry[0],
        )  # fmt: skip
        assert (every[0][0] >= 0.5) == bool(matched(one, other))


def test_interval() -> None:
    def mean(values: object) -> float:
        found = list(values)  # type: ignore[call-overload]
        return float(sum(found) / len(found))

    found = bootstrap(range(100), mean)
    assert found and found.low < 49.5 < found.high and found.high - found.low < 15
    assert found == bootstrap(range(100), mean) != bootstrap(range(100), mean, seed=2)
    assert bootstrap([1, 1, 1], mean) == Interval(1, 1)
    assert bootstrap([1, 2], mean) is None and bootstrap([1, 2, 3], lambda _: None) is None
