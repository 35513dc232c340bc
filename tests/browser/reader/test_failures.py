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
    assert reader.state("offline").startswith("Offline, 2 waiting")
    assert reader.painted("line-claim") == ["其他人点头"]
    assert reader.made() == []
    reader.fake.down = False
    # By hand, unless the outbox has tried again by itself meanwhile.
    reader.page.evaluate("document.querySelector('#save-state button')?.click()")
    reader.saved()
    assert reader.page.inner_text("#save-state") == "Saved"
    [row] = reader.made()
    assert [row["tags"], len(row["statements"])] == [[12], 1]


def test_a_lost_answer_makes_no_second_annotation(reader: Reader) -> None:
    reader.fake.plans += ["drop answer"]
    reader.drag("其他人点头")
    reader.press("c")
    reader.saved()
    assert len(reader.made()) == 1
    assert len(reader.fake.log) == 2


def test_a_refused_mark_stays_until_somebody_decides(reader: Reader) -> None:
    reader.fake.plans.append(Refusal(403, "The coding round of this document is closed."))
    reader.drag("其他人点头")
    reader.press("c")
    assert "The coding round of this document is closed." in reader.state("refused")
    assert reader.painted("pending") == ["其他人点头"]
    assert reader.selected() == "其他人点头"
    card = reader.page.locator(".margin-card.current")
    assert card.locator(".card-problem").inner_text() == "Not saved: The coding round of this document is closed."
    card.get_by_role("button", name="Try again").click()
    reader.saved()
    assert len(reader.made()) == 1 and card.locator(".card-problem").count() == 0


def test_a_refused_mark_can_be_discarded(reader: Reader) -> None:
    reader.fake.plans.append(Refusal(403, "The coding round of this document is closed."))
    reader.drag("其他人点头")
    reader.press("c")
    reader.state("refused")
    reader.page.locator(".margin-card.current").get_by_role("button", name="Discard").click()
    reader.saved()
    assert reader.painted("pending") == [] and reader.made() == []


def test_a_note_the_server_refuses_can_be_edited(reader: Reader) -> None:
    reader.drag("其他人点头")
    reader.press("c")
    reader.saved()
    reader.fake.plans.append(Refusal(422, "The note is too long."))
    reader.press("e")
    reader.page.fill("#edit-note", "Much too long.")
    reader.press("Control+Enter")
    reader.state("refused")
    assert reader.page.locator(".margin-card .card-note").inner_text().startswith("Much too long.")
    reader.page.locator(".margin-card.current").get_by_role("button", name="Edit").first.click()
    assert reader.page.input_value("#edit-note") == "Much too long."
    reader.page.fill("#edit-note", "Short.")
    reader.press("Control+Enter")
    reader.saved()
    assert [row["note"] for row in reader.made()] == ["Short."]


def test_a_viewer_reads_and_is_told(open_page: Callable[..., Reader], fake: Fake) -> None:
    fake.can = {"id": 4, "name": "访客", "role": "viewer", "can": {}}
    reader = open_page()
    reader.drag("其他人点头")
    reader.press("c")
    reader.said("You can read here, but not mark.")
    assert fake.rows == {}
