"""Two windows at one form: the later one sees both versions and loses nothing, with scripts and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from annotations.models import Statement, Verification
from annotations.services import verifications, workflow
from annotations.services.facts import Asked
from annotations.services.op import writing
from tests import checks
from tests.browser.server import Doors, needs_chromium
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = [pytest.mark.browser, needs_chromium]
PASSWORD = "a long enough password"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def claim(cast: Cast) -> Statement:
    return checks.make_claim(cast)


def enter(doors: Doors, cast: Cast, role: str, path: str, scripts: bool = True) -> Page:
    page = doors.sign_in(cast.user(role).username, PASSWORD, java_script_enabled=scripts)
    page.goto(f"{doors.site}/c/{cast.corpus.slug}/{path}")
    return page


def clash(page: Page, label: str) -> tuple[str, str]:
    """What the field says now, and what this person wrote, side by side."""
    box = page.get_by_role("group", name="Somebody changed this meanwhile").get_by_role("group", name=label)
    theirs, mine = box.locator(".theirs"), box.locator(".mine")
    expect(mine).to_be_visible()
    left, right = theirs.bounding_box(), mine.bounding_box()
    assert left and right and abs(left["y"] - right["y"]) < 2 and left["x"] < right["x"], "not side by side"
    return theirs.locator(".words").inner_text(), mine.locator(".words").inner_text()


@SCRIPTS
def test_two_give_it_to_different_people(doors: Doors, cast: Cast, claim: Statement, scripts: bool) -> None:
    first = enter(doors, cast, "admin", "statements/C-1/")
    second = enter(doors, cast, "editor", "statements/C-1/", scripts)
    owner = second.locator("select[name=assignee]")
    owner.focus()
    owner.select_option(label=cast["checker"].name)
    first.locator("select[name=assignee]").select_option(label=cast["reviewer"].name)
    first.get_by_role("button", name="Give").click()
    expect(first.locator("select[name=assignee] option:checked")).to_have_text(cast["reviewer"].name)
    second.get_by_role("button", name="Give").click()
    assert clash(second, "Owner") == (cast["reviewer"].name, cast["checker"].name)
    expect(second.locator(".message")).to_contain_text(f"{cast['admin'].name} changed this meanwhile: Owner")
    assert checks.fresh(claim).assignee == cast["reviewer"]
    second.get_by_role("radio", name="Now it says:").check()
    second.get_by_role("button", name="Save this choice").click()
    expect(second.locator(".message")).to_contain_text("Saved")
    assert checks.fresh(claim).assignee == cast["reviewer"]


@SCRIPTS
def test_a_check_written_in_two_windows(doors: Doors, cast: Cast, claim: Statement, scripts: bool) -> None:
    check = checks.begin(cast, claim)
    first = enter(doors, cast, "checker", "statements/C-1/check/")
    second = enter(doors, cast, "checker", "statements/C-1/check/", scripts)
    why = "The register of the ministry says so, and there is no later edition of it anywhere."
    second.get_by_label("Why", exact=False).first.fill(why)
    second.locator("select[name=verdict]").select_option("supported")
    first.locator("select[name=verdict]").select_option("refuted")
    first.get_by_label("Limits", exact=False).first.fill("Reported cases only.")
    first.locator("section", has=first.get_by_role("heading", name="Verdict")).get_by_role(
        "button", name="Save"
    ).click()
    expect(first.locator(".message")).to_contain_text("Saved")
    second.locator("section", has=second.get_by_role("heading", name="Verdict")).get_by_role(
        "button", name="Save"
    ).click()
    assert clash(second, "Verdict") == ("Refuted", "Supported")
    expect(second.locator("textarea[name=justification]")).to_have_value(why)
    expect(second.locator("textarea[name=limitations]")).to_have_value("Reported cases only.")
    second.get_by_role("button", name="Save this choice").click()
    expect(second.locator(".message")).to_contain_text("Saved")
    found = Verification.objects.get(pk=check.pk)
    assert (found.verdict, found.justification, found.limitations) == ("supported", why, "Reported cases only.")


@SCRIPTS
def test_two_people_at_one_card_of_the_deck(doors: Doors, cast: Cast, scripts: bool) -> None:
    mark(cast["annotator"], make_document(cast["annotator"]), "In 2024 there were 233 reported incidents", "claim")
    page = enter(doors, cast, "annotator", "triage/", scripts)
    page.get_by_label("Wording").fill("233 incidents were reported in 2024")
    other = enter(doors, cast, "editor", "triage/")
    other.get_by_label("Wording").fill("In 2024, 233 cases")
    other.get_by_role("button", name=re.compile("Yes")).first.click()
    expect(other.get_by_role("heading", name="Should a checker spend time on it?")).to_be_visible()
    page.get_by_role("button", name=re.compile("Yes")).first.click()
    assert clash(page, "Wording") == ("In 2024, 233 cases", "233 incidents were reported in 2024")
    page.get_by_role("button", name="Save this choice").click()
    expect(page.get_by_role("heading", name="Should a checker spend time on it?")).to_be_visible()
    claim = Statement.objects.get()
    assert (claim.text, claim.q1) == ("233 incidents were reported in 2024", "yes")
    with writing(by=cast["editor"]) as op:
        workflow.transition(op, checks.fresh(claim), "set_aside", Asked(reason="trivial", note="Everybody knows."))
    page.get_by_role("button", name=re.compile("urgent", re.I)).first.click()
    expect(page.locator("#typed-before")).to_contain_text(f"{cast['editor'].name} moved C-1 on: Set aside")
    expect(page.locator("#typed-before")).to_contain_text("Everybody knows.")
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_text("Nothing to triage")).to_be_visible()


def test_the_second_reviewer_sees_who_decided(doors: Doors, cast: Cast, claim: Statement) -> None:
    check = checks.send(cast, claim)
    for role in ("reviewer", "admin"):
        checks.record(cast, check, role)
    page = enter(doors, cast, "admin", "statements/C-1/review/")
    page.get_by_label("Comment").first.fill("The page of the register is missing.")
    checks.move(cast, "reviewer", claim, "changes_requested", note="Name the page.")
    page.get_by_role("button", name="Approve").click()
    expect(page.locator("#typed-before")).to_contain_text(cast["reviewer"].name)
    expect(page.locator("#typed-before")).to_contain_text("The page of the register is missing.")
    expect(page.get_by_label("Say it as a comment on the check")).to_have_value("The page of the register is missing.")
    assert checks.fresh(claim).work == "changes_requested"
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#comments")).to_be_visible()
    assert verifications.latest(checks.fresh(claim)).comments.get().body == "The page of the register is missing."
