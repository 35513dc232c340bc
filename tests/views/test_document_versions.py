"""Pages of versions: a new one is looked at before it is stored, what changed is told, what is doubtful is settled."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.models import Annotation, Document, Event
from tests.factories import make_document, mark
from tests.views.people import People, words

PLAIN = "Developers should publish the results of their tests every year."
HAN = "各國應當建立事故報告制度，並公開結果。"
GONE = "A last paragraph says that nine countries signed on Monday."
FIRST = f"A title\n\n{PLAIN}\n\n{HAN}\n\nNothing changes here.\n\n{GONE}\n"
SECOND = (
    f"A title\n\n{PLAIN.replace('should', 'must')}\n\n各国可以建立事故报告制度，并公开结果。\n\nNothing changes here.\n"
)


@pytest.fixture
def document(people: People) -> Document:
    document = make_document(people.cast["annotator"], FIRST)
    for quote, kind in ((PLAIN, "proposal"), (HAN, "proposal"), (GONE, "claim"), ("Nothing changes", "claim")):
        mark(people.cast["annotator"], document, quote, kind)
    return document


def preview(people: People, document: Document, **sent: Any) -> str:
    response = people.post("annotator", "version_list", document.pk, **sent)
    assert response.status_code == 302, words(response)
    return str(response.headers["Location"])


def store(people: People, document: Document, text: str = SECOND) -> str:
    address = preview(people, document, text=text)
    response = people.client("annotator").post(address, {"action": "store"}, follow=True)
    return response.content.decode()


def seen(page: str, annotation: Annotation) -> dict[str, object]:
    version = re.search(
        rf'name="annotation" value="{annotation.pk}"><input type="hidden" name="seen" value="(\d+)"', page
    )
    assert version
    return {"annotation": annotation.pk, "seen": version[1]}


def test_a_preview_tells_what_would_change_and_stores_nothing(people: People, document: Document) -> None:
    before = Event.objects.count()
    page = people.client("annotator").get(preview(people, document, text=SECOND)).content.decode()
    text = words(page)
    assert "Changed, check it 2" in text and "Not found 1" in text and "In place 1" in text
    assert "Hardened 1" in text and "Softened 1" in text and "Dropped 1" in text
    assert "<del>should</del>" in page and "<ins>must</ins>" in page and "<del>應當</del>" in page
    assert "Is right" not in text and "Load as version 2" in text
    assert Event.objects.count() == before and document.versions.count() == 1


def test_a_file_is_read_twice_and_kept_with_the_version(people: People, document: Document) -> None:
    file = SimpleUploadedFile("second.txt", SECOND.encode(), "text/plain")
    address = preview(people, document, file=file)
    folder = Path(settings.DATA_DIR) / "imports"
    assert any(folder.iterdir())
    people.client("annotator").post(address, {"action": "store"})
    version = document.versions.get(number=2)
    assert version.file_name == "second.txt" and version.file is not None


def test_discarding_leaves_nothing(people: People, document: Document) -> None:
    address = preview(people, document, text=SECOND)
    assert people.client("annotator").post(address, {"action": "discard"}).status_code == 302
    assert people.client("annotator").get(address).status_code == 404
    assert document.versions.count() == 1


def test_nobody_else_sees_the_preview(people: People, document: Document) -> None:
    address = preview(people, document, text=SECOND)
    assert people.client("editor").get(address).status_code == 404
    assert people.client("viewer").get(address).status_code == 403


def test_the_same_text_and_no_text_are_refused_in_words(people: People, document: Document) -> None:
    assert "word for word the text of version 1" in people.kept("annotator", "version_list", document.pk, text=FIRST)
    assert "Choose a file, or paste the text." in people.kept("annotator", "version_list", document.pk, text="  ")


def test_every_passage_is_told_and_doubtful_ones_can_be_settled(people: People, document: Document) -> None:
    page = store(people, document)
    assert "Version 2 is the current one now." in page and "Passages to look at 3" in words(page)
    hard, _, gone, _ = Annotation.objects.order_by("pk")
    page = people.done("annotator", "version_changes", document.pk, action="right", **seen(page, hard))
    assert "Passages to look at 2" in words(page) and "Done." in words(page)
    assert hard.anchors.latest("pk").state == "ok"
    page = people.done("annotator", "version_changes", document.pk, action="lost", **seen(page, gone))
    assert "Passages to look at 1" in words(page) and "Lost 1" in words(page)
    key = re.search(r'name="op" value="([^"]+)"', page)
    assert key
    page = people.done("annotator", "version_changes", document.pk, action="undo", op=key[1])
    assert "Passages to look at 2" in words(page) and "Not found 1" in words(page)


def test_what_somebody_else_settled_meanwhile_is_not_settled_twice(people: People, document: Document) -> None:
    page = store(people, document)
    hard = Annotation.objects.order_by("pk")[0]
    sent = seen(page, hard)
    people.done("editor", "version_changes", document.pk, action="right", **sent)
    assert "Somebody changed this passage meanwhile" in words(
        people.late("annotator", "version_changes", document.pk, action="right", **sent)
    )


def test_two_versions_are_chosen_by_number_and_old_ones_have_no_buttons(people: People, document: Document) -> None:
    store(people, document)
    store(people, document, SECOND + "\n\nA third wording has one more paragraph.\n")
    page = people.get("annotator", "version_changes", document.pk, query="?from=1&to=2")
    assert "What changed from version 1 to 2" in words(page) and "Is right" not in words(page)
    assert "Is right" in words(people.get("annotator", "version_changes", document.pk, query="?from=1&to=3"))
    assert "Is right" not in words(people.get("viewer", "version_changes", document.pk))
    people.get("annotator", "version_changes", document.pk, query="?from=1&to=9", status=404)


def test_unchanged_paragraphs_are_folded_until_asked_for(people: People, document: Document) -> None:
    store(people, document)
    page = people.get("viewer", "version_changes", document.pk)
    assert "1 paragraph unchanged · 1 passage" in words(page) and "Nothing changes here." not in page
    assert "Nothing changes here." in people.get("viewer", "version_changes", document.pk, query="?all=1")


def test_an_old_version_is_read_only_and_says_so(people: People, document: Document) -> None:
    store(people, document)
    page = people.get("annotator", "document_read", document.pk, query="?version=1")
    assert "This is version 1. It is read only." in words(page) and '"annotate": false' in page
    assert '"annotate": true' in people.get("annotator", "document_read", document.pk)


def test_selecting_again_shows_the_old_words(people: People, document: Document) -> None:
    store(people, document)
    gone = Annotation.objects.order_by("pk")[2]
    page = people.get("annotator", "document_read", document.pk, query=f"?place={gone.pk}")
    assert "Where does this passage stand now?" in words(page) and GONE in words(page)
    assert f'data-url="/api/annotations/{gone.pk}/anchor/"' in page and 'data-end="0"' in page
    assert "Where does this" not in people.get("annotator", "document_read", document.pk, query="?place=99999")
