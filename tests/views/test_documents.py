"""Documents: the list and its filters, pasting and uploading, facts, removing, the way back to the last one."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from annotations.models import Document, Event, ReadingState, Version
from annotations.readers import READERS
from annotations.services import documents
from annotations.services.op import writing
from tests.factories import make_document, mark
from tests.views.people import People, field_value, words

DAMAGED = "國務(wù)院發(fā)布了第一份規(guī)則(zé),要求登記(jì),另有說(shuō)明,由專(zhuān)門機構(gòu)負(fù)責(zé)。"
TEXT = "Rules for machines\n\nThe council asks for an inventory of all systems.\n"


def titles(page: str) -> list[str]:
    return [title for title in ("Alpha", "Beta", "Gamma") if f">{title}</a>" in page]


@pytest.fixture
def three(people: People) -> list[Document]:
    by = people.cast["annotator"]
    return [make_document(by, f"{name} text {name}.", title=name) for name in ("Alpha", "Beta", "Gamma")]


def test_the_list_counts_what_one_has_read(people: People, three: list[Document]) -> None:
    with writing(by=people.cast["viewer"]) as op:
        documents.set_reading(op, three[0], "read")
        documents.set_reading(op, three[1], "reading", 1)
    shown = words(people.get("viewer", "document_list"))
    assert "3 documents read 1 reading 1 unread 1" in shown
    assert "Add documents" not in shown


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=alph", ["Alpha"]),
        ("?reading=read", ["Alpha"]),
        ("?reading=unread", ["Beta", "Gamma"]),
        ("?unread_by_all=true", ["Beta", "Gamma"]),
        ("?ordering=title", ["Alpha", "Beta", "Gamma"]),
        ("?language=zh-hans", []),
    ],
)
def test_filters(people: People, three: list[Document], query: str, expected: list[str]) -> None:
    with writing(by=people.cast["viewer"]) as op:
        documents.set_reading(op, three[0], "read")
    assert titles(people.get("viewer", "document_list", query=query)) == expected


def test_the_order_that_is_asked(people: People, three: list[Document]) -> None:
    page = people.get("viewer", "document_list", query="?ordering=-title")
    assert page.index(">Gamma</a>") < page.index(">Beta</a>") < page.index(">Alpha</a>")


def test_a_filter_without_result_says_what_to_do(people: People, three: list[Document]) -> None:
    assert "Take a filter away to see more." in words(people.get("viewer", "document_list", query="?q=qwertz"))


def test_an_empty_list_leads_on(people: People) -> None:
    page = people.get("annotator", "document_list")
    assert "No documents yet" in page and people.url("document_add") in page


def test_pasting_makes_a_document(people: People) -> None:
    page = people.done("annotator", "document_add", title="Inventory", text=TEXT)
    assert "Inventory" in page and "asks for an inventory" in page
    assert Event.objects.get(kind="document.loaded").actor == people.cast["annotator"]


def test_a_title_is_proposed_when_none_is_given(people: People) -> None:
    people.done("annotator", "document_add", title="", text=TEXT)
    assert Document.objects.get().title == "Rules for machines"


def test_the_same_text_again_is_refused_and_what_was_typed_stays(people: People) -> None:
    people.done("annotator", "document_add", title="First", text=TEXT)
    page = people.kept("annotator", "document_add", title="Second", text=TEXT)
    assert field_value(page, "title") == "Second"
    assert field_value(page, "text").split() == TEXT.split()
    assert Document.objects.get().get_absolute_url() in page
    people.done("annotator", "document_add", title="Second", text=TEXT, again="on")
    assert Document.objects.count() == 2


def test_nothing_pasted_is_told_at_the_field(people: People) -> None:
    assert "This field is required." in people.kept("annotator", "document_add", title="Empty", text="")
    assert not Document.objects.exists()


def test_uploading_without_scripts_one_bad_file_stops_nothing(people: People) -> None:
    good = SimpleUploadedFile("rules.txt", TEXT.encode())
    bad = SimpleUploadedFile("picture.png", b"\x89PNG\r\n\x1a\n")
    page = people.done("annotator", "document_add", file=[good, bad])
    assert "Loaded: Rules for machines" in words(page)
    assert "picture.png" in words(page)
    assert Document.objects.count() == 1


def test_uploading_without_scripts_asks_whether_it_is_a_new_version(people: People) -> None:
    def send(*texts: str) -> HttpResponse:
        files = [SimpleUploadedFile(name, text.encode()) for name, text in zip(("a.txt", "b.txt"), texts, strict=False)]
        return people.client("annotator").post(people.url("document_add"), {"file": files})

    assert send(TEXT, "Another\n\nA text about something else altogether.\n").status_code == 302
    first, second = Document.objects.order_by("pk")
    answer = send(f"{TEXT}\nOne line more.\n", "Another\n\nIt speaks of a third thing now.\n")
    assert Document.objects.count() == 2 and Version.objects.count() == 2  # nothing is stored before it is said
    where = answer.headers["Location"]
    page = people.client("annotator").get(where).content.decode()
    assert "a.txt" in words(page) and "b.txt" in words(page) and f"“{first.title}” has the same name" in words(page)
    uids = re.findall(r'name="another" value="([0-9a-f-]+)"', page)
    answer = people.client("annotator").post(where, {"another": uids[1]})
    assert Document.objects.count() == 3 and "ask=" + uids[0] in answer.headers["Location"]
    page = people.client("annotator").get(answer.headers["Location"]).content.decode()
    assert "Loaded: Another" in words(page) and uids[0] in page and uids[1] not in page
    preview = people.url("version_preview", first.pk, uids[0])
    assert preview in page and "One line more" in people.client("annotator").get(preview).content.decode()
    people.client("annotator").post(preview)
    assert list(first.versions.values_list("number", flat=True)) == [1, 2] and Document.objects.count() == 3
    assert second.versions.count() == 1
    assert people.client("checker").post(where, {"another": uids[1]}).status_code == 404  # somebody else's


@pytest.mark.parametrize("how", ["get", "post"])
def test_a_viewer_adds_nothing(people: People, how: str) -> None:
    send = people.client("viewer").post if how == "post" else people.client("viewer").get
    answer = send(people.url("document_add"))
    assert answer.status_code == 403
    assert "you need the role Annotator or above; yours is Viewer" in words(answer)


def facts(**more: str) -> dict[str, str]:
    return {"title": "Alpha", "authors": "", "language": "en", "genre": "", "reference_year": "0", "note": ""} | more


def test_facts_are_saved_by_the_service(people: People, three: list[Document]) -> None:
    people.done(
        "annotator", "document_facts", three[0].pk, **facts(authors="Li; Wang；Zhao", note="Ask for the original.")
    )
    found = Document.objects.get(pk=three[0].pk)
    assert found.authors == ["Li", "Wang", "Zhao"]
    assert (found.note, found.proposed) == ("Ask for the original.", [])
    assert {event.kind for event in Event.objects.filter(document_id=found.pk)} >= {
        "document.updated",
        "document.noted",
    }


def test_a_wrong_date_is_refused_and_kept(people: People, three: list[Document]) -> None:
    data = facts(title="New title", published_date="next year")
    page = people.kept("annotator", "document_facts", three[0].pk, **data)
    assert field_value(page, "published_date") == "next year"
    assert field_value(page, "title") == "New title"
    assert "next year" in words(page) and ">Alpha</a>" in page
    assert Document.objects.get(pk=three[0].pk).title == "Alpha"


def test_a_viewer_reads_facts_and_is_told_who_may_edit(people: People, three: list[Document]) -> None:
    page = people.get("viewer", "document_facts", three[0].pk)
    assert "An annotator can edit the facts." in page and 'aria-disabled="true"' in page
    assert people.post("viewer", "document_facts", three[0].pk, **facts()).status_code == 403


def test_how_it_was_loaded_names_repairs(people: People) -> None:
    document = make_document(people.cast["annotator"], DAMAGED)
    assert "10 repairs" in words(people.get("viewer", "document_facts", document.pk))


def test_only_an_editor_removes(people: People, three: list[Document]) -> None:
    assert people.post("annotator", "document_remove", three[0].pk).status_code == 403
    people.client("editor").get(people.url("document_remove", three[0].pk))
    assert Document.objects.get(pk=three[0].pk).removed_at is None
    page = people.done("editor", "document_remove", three[0].pk)
    assert "Removed: Alpha" in words(page)
    assert Document.objects.get(pk=three[0].pk).removed_at is not None
    assert people.ask("editor", "document_read", three[0].pk).status_code == 404


def test_the_last_document_one_read(people: People, three: list[Document]) -> None:
    assert people.ask("viewer", "document_last").headers["Location"] == people.url("document_list")
    with writing(by=people.cast["viewer"]) as op:
        documents.set_reading(op, three[1], "reading", 2)
    assert people.ask("viewer", "document_last").headers["Location"] == people.url("document_read", three[1].pk)
    assert ReadingState.objects.count() == 1


def test_a_permalink_leads_to_the_passage(people: People, three: list[Document]) -> None:
    annotation = mark(people.cast["annotator"], three[0], "text")
    answer = people.client("viewer").get(f"/a/{annotation.pk}/")
    assert answer.headers["Location"] == f"{three[0].get_absolute_url()}#a={annotation.pk}"
    assert people.client("stranger").get(f"/a/{annotation.pk}/").status_code == 404


def test_the_upload_page_offers_what_the_readers_read(people: People) -> None:
    page = people.get("annotator", "document_add")
    for reader in READERS:
        assert f"{reader.extensions[0]}" in page
        assert all(f"{extension}," in page or f'{extension}"' in page for extension in reader.extensions)
