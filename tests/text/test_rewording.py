"""Effects of a new wording: the same answers in both scripts and in English."""

import pytest

from annotations.text.rewording import effects

CASES = (
    ("各国应当建立事故报告制度。", "各国可以建立事故报告制度。", ("softened",)),
    ("各國應當建立事故報告制度。", "各國可以建立事故報告制度。", ("softened",)),
    ("States should set up incident reporting.", "States may set up incident reporting.", ("softened",)),
    ("应当公开测试结果。", "必须公开测试结果。", ("hardened",)),
    ("應當公開測試結果。", "必須公開測試結果。", ("hardened",)),
    ("Developers should publish test results.", "Developers must publish test results.", ("hardened",)),
    ("2024年共有233起事故。", "2024年共有235起事故。", ("number",)),
    ("There were 233 incidents in 2024.", "There were 235 incidents in 2025.", ("number", "date")),
    ("企业公布了结果。", "企业没有公布结果。", ("negation",)),
    ("Firms published the results.", "Firms never published the results.", ("negation",)),
    ("部分國家已經立法。", "所有国家已经立法。", ("scope",)),
    ("各國應當建立事故報告制度。", "各国应当建立事故报告制度。", ()),
    ("The tests are public.", "The tests are public.", ()),
)


@pytest.mark.parametrize(("old", "new", "wanted"), CASES)
def test_what_a_new_wording_does(old: str, new: str, wanted: tuple[str, ...]) -> None:
    assert effects(old, new) == wanted


def test_the_way_back_is_the_opposite() -> None:
    for old, new, wanted in CASES:
        turned = {"softened": "hardened", "hardened": "softened"}
        assert set(effects(new, old)) == {turned.get(code, code) for code in wanted}
