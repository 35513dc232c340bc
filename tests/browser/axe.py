"""What assistive technology finds on an open page: axe-core's WCAG 2.2 A and AA rules and its best practices."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
#: Half-risen dialogs have half their contrast; what runs for ever (a blinking caret) is not waited for.
AT_REST = """() => Promise.all(document.getAnimations()
    .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished.catch(() => null)))"""


def faults(page: Page, within: str | None = None) -> list[tuple[str, list[str]]]:
    """Each broken rule with the elements that break it; `within`: of this part of the page only."""
    page.evaluate(AT_REST)
    found = Axe().run(page, context=within, options=RULES).response["violations"]
    return [(fault["id"], [node["html"][:160] for node in fault["nodes"]]) for fault in found]
