"""What happens when something fails: nothing is lost, everything is said."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.reader.driver import Reader
from tests.browser.reader.fake import Fake, Refusal


def test_nothing_saved_is_lost_without_network(reader: Reader) -> None:
    reader.fake.down = True
    reader.drag("其他人点头")
    reader.press("c")
    reader.press("2")
    assert "Not saved: the server cannot be reached." in reader.state("failed")
    assert reader.painted("pending") == ["其他人点头"]
    assert reader.made() == []
    reader.fake.down = False
    reader.page.click("#save-state button")
    reader.saved()
    assert reader.page.inner_text("#save-state") == "Saved"
    [row] = reader.made()
    assert [row["tags"], len(row["statements"])] == [[12], 1]
    assert reader.painted("pending") == []


def test_a_lost_answer_makes_no_second_annotation(reader: Reader) -> None:
    reader.fake.plans += ["drop answer"]
    reader.drag("其他人点头")
    reader.press("c")
    reader.saved()
    assert len(reader.made()) == 1
    assert len(reader.fake.log) == 2


def test_a_refusal_says_why_and_takes_the_mark_back(reader: Reader) -> None:
    reader.fake.plans.append(Refusal(403, "The coding round of this document is closed."))
    reader.drag("其他人点头")
    reader.press("c")
    assert "The coding round of this document is closed." in reader.state("refused")
    assert reader.painted("line-claim") == []
    assert reader.selected() == "其他人点头"


def test_a_viewer_reads_and_is_told(open_page: Callable[..., Reader], fake: Fake) -> None:
    fake.can = {"id": 4, "name": "访客", "role": "viewer", "can": {}}
    reader = open_page()
    reader.drag("其他人点头")
    reader.press("c")
    reader.said("You can read here, but not mark.")
    assert fake.rows == {}
