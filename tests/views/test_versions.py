"""No form edits unseen: each one carries the state it was made from, or stands here with the reason why not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.urls import resolve

from annotations.rules.vocabulary import ROLES
from tests.rights import RIGHTS, Ask
from tests.views.scene import Scene, request

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).resolve().parents[2] / "annotations" / "templates" / "annotations"
NEW = "makes something new"
TWICE = "done twice it is done once, and nothing that was written goes with it"
AGAIN = "comes back after somebody was quicker, with the new state in it"
OWN = "one's own, and nobody else's"
SEEN = "carries what was seen; the scene has no two that contradict or repeat each other"
#: (address, action) of forms without a version, each with its reason.
WITHOUT: dict[tuple[str, str], str] = {
    ("account_logout", ""): OWN,
    ("check_edit", "ask"): NEW,
    ("codebook", ""): NEW,
    ("codebook_import", ""): NEW,
    ("comment_send", "say"): NEW,
    ("comment_send", "settle"): TWICE,
    ("corpus_new", ""): NEW,
    ("document_add", ""): NEW,
    ("document_remove", ""): TWICE,
    ("document_suggest", ""): TWICE,
    ("import_page", ""): NEW,
    ("import_step", "columns"): OWN,
    ("invitation", ""): NEW,
    ("invitation_revoke", ""): TWICE,
    ("member_list", ""): NEW,
    ("notice_list", ""): OWN,
    ("notice_list", "digests"): OWN,
    ("round_agreed", ""): TWICE,
    ("round_new", ""): NEW,
    ("round_places", ""): TWICE,
    ("round_state", ""): OWN,
    ("set_language", ""): OWN,
    ("source_describe", ""): NEW,
    ("source_detail", ""): NEW,
    ("source_new", ""): NEW,
    ("statement_detail", "evidence"): NEW,
    ("statement_detail", "milestone"): NEW,
    ("statement_detail", "relate"): NEW,
    ("statement_split", ""): NEW,
    ("tag_new", ""): NEW,
    ("token_list", ""): NEW,
    ("token_revoke", ""): TWICE,
    ("version_list", ""): NEW,
    ("version_preview", "discard"): OWN,
    ("view_save", ""): NEW,
    ("watch_list", "add"): NEW,
    ("webhook_list", ""): NEW,
    ("webhook_detail", "again"): TWICE,
    ("webhook_detail", "off"): TWICE,
    ("webhook_detail", "remove"): TWICE,
    ("webhook_detail", "renew"): NEW,
    ("webhook_detail", "test"): NEW,
}
#: Templates with a form that no page of the scene shows, each with the reason why that needs no version.
UNSHOWN: dict[str, str] = {
    "comment_again.html": AGAIN, "moved_on.html": AGAIN, "review_decide.html": AGAIN, "view_again.html": AGAIN,
    "version_changes.html": OWN,
    "_contradiction.html": SEEN, "_duplicate.html": SEEN,
    "import_preview.html": OWN, "import_report.html": OWN,
    "_language_model.html": TWICE,
}  # fmt: skip


def forms(page: Any, path: str) -> dict[tuple[str, str], bool]:
    """Whether each form of a page that is sent carries a version, by its address and action."""
    found: dict[tuple[str, str], bool] = {}
    for form in lxml.html.fromstring(page).forms:
        if form.method != "POST":
            continue
        names = {one.get("name") or "" for one in form.xpath(".//input | .//select | .//textarea | .//button")}
        versions = {one for one in names if one == "seen" or one.startswith("initial-")}
        action = form.xpath("string(.//*[@name='action'][1]/@value)")
        key = (str(resolve((form.action or path).partition("?")[0]).url_name), str(action))
        found[key] = found.get(key, True) and bool(versions)
    return found


def asks() -> list[Ask]:
    """Every page, and those of statements in each state."""
    pages = [ask for ask in RIGHTS if ask.method == "GET" and not ask.name.startswith(("api_", "iri_", "healthz"))]
    states = ("loose", "proposal", "open_claim", "approved", "published", "aside")
    pages += [Ask("statement_detail", "GET", "read", row=row) for row in states]
    merging = Ask("statement_merge", "GET", "merge_statements", query="?into=C-1")
    return [*pages, merging, Ask("tracker", "GET", "read", query="?view=v{view}")]


def test_every_form_knows_what_was_seen(scene: Scene) -> None:
    seen: dict[tuple[str, str], bool] = {}
    shown: set[str] = set()
    for ask in asks():
        for person in filter(ask.may, ROLES.codes):
            response: Any = request(scene, person, ask)
            if response.status_code == 200 and b"<form" in response.content_read:
                shown |= {Path(str(one.name)).name for one in response.templates if one.name}
                for key, has in forms(response.content_read, response.wsgi_request.path).items():
                    seen[key] = seen.get(key, True) and has
    without = {key for key, has in seen.items() if not has}
    assert without - set(WITHOUT) == set(), "edits without a version; forms/meeting.py says how to give it one"
    assert set(WITHOUT) - without == set(), "no longer needed"
    with_forms = {one.name for one in TEMPLATES.glob("*.html") if re.search(r"<form[^>]*method=.post", one.read_text())}
    assert with_forms - shown == set(UNSHOWN)
    for name in (name for name, why in UNSHOWN.items() if why == AGAIN):
        text = (TEMPLATES / name).read_text()
        assert "_statement_next.html" in text or 'name="seen"' in text or "{% seen " in text, name
