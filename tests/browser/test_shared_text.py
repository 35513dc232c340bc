"""Shared text in a browser: from the facts of a document to the runs, wide and narrow, and on to the place."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from annotations.services import recurrence
from tests.browser.axe import faults
from tests.browser.server import Doors, needs_chromium
from tests.browser.test_duplicates import picture
from tests.browser.test_live import enter
from tests.factories import make_cast, make_document

pytestmark = [pytest.mark.browser, needs_chromium]
RUN = "各国应当建立统一的人工智能事故通报制度，并在七十二小时之内公开事故的经过和原因"
TURNED = "各國應當建立統一的人工智慧事故通報制度，並在七十二小時之內公開事故的經過和原因"


def test_from_a_document_to_the_places_of_both(doors: Doors, transactional_db: None) -> None:
    cast = make_cast()
    first = make_document(cast["annotator"], f"甲\n\n前面说别的。{RUN}。\n", title="第一篇")
    make_document(cast["annotator"], f"乙\n\n據報導，{TURNED}。\n", title="第二篇")
    assert recurrence.catch_up(cast.corpus.pk, 60.0)
    page = enter(doors, cast, "viewer", f"documents/{first.pk}/facts/")
    page.get_by_role("link", name="Shared text").click()
    assert faults(page) == []
    page.get_by_role("link", name="第二篇").click()
    expect(page.locator("mark")).to_have_text([RUN, TURNED])
    picture(page, "shared")
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    picture(page, "shared-390")
    page.locator("a.card").nth(1).click()
    expect(page).to_have_url(re.compile(r"/documents/\d+/#t=\d+-\d+$"))
