"""The reader's page: text in its three views, copies folded, versions, what the scripts are told."""

from __future__ import annotations

import json
import re

from annotations.models import Document
from annotations.services import documents
from annotations.services.op import writing
from tests.factories import make_document, mark
from tests.views.people import People, words

DAMAGED = (
    "標題\n\n國務(wù)院發(fā)布了第一份規(guī)則(zé),要求登記(jì),另有說(shuō)明,由專(zhuān)門機構(gòu)負(fù)責(zé)。"
)
BODY = ["甲段說明登記的做法和期限。" * 10, "乙段說明由誰登記,由誰查驗。" * 9]
REPEATED = "\n\n".join([*BODY, *BODY])


def boot(page: str) -> dict[str, object]:
    found = re.search(r'<script id="reader-boot" type="application/json">(.*?)</script>', page, re.S)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def text_of(page: str) -> str:
    found = re.search(r'<article id="doc".*?</article>', page, re.S)
    assert found
    return words(found[0])


def test_clean_text_hides_what_the_converter_added(people: People) -> None:
    document = make_document(people.cast["annotator"], DAMAGED)
    assert "國務院發布了" in text_of(people.get("viewer", "document_read", document.pk))
    assert "國務(wù)院發(fā)布了" in text_of(people.get("viewer", "document_read", document.pk, query="?view=raw"))
    repairs = people.get("viewer", "document_read", document.pk, query="?view=repairs")
    assert "10 repairs" in words(repairs) and 'data-view="repairs"' in repairs


def test_an_unknown_view_is_the_clean_one(people: People) -> None:
    document = make_document(people.cast["annotator"], DAMAGED)
    assert 'data-space="clean"' in people.get("viewer", "document_read", document.pk, query="?view=upside-down")


def test_a_repeated_body_is_folded_until_asked_for(people: People) -> None:
    people.done("annotator", "document_add", title="", text=REPEATED)
    pk = Document.objects.get().pk
    assert text_of(people.get("viewer", "document_read", pk)).count("乙段說明") == 9
    assert text_of(people.get("viewer", "document_read", pk, query="?copies=shown")).count("乙段說明") == 18


def test_the_scripts_know_what_this_person_may(people: People) -> None:
    document = make_document(people.cast["annotator"])
    may = {role: boot(people.get(role, "document_read", document.pk))["member"] for role in ("viewer", "annotator")}
    assert may["viewer"]["can"]["annotate"] is False and may["annotator"]["can"]["annotate"] is True  # type: ignore[index]


def test_passages_are_asked_for_at_once(people: People) -> None:
    document = make_document(people.cast["annotator"])
    answer = people.ask("viewer", "document_read", document.pk)
    assert re.match(
        rf"</api/documents/{document.pk}/annotations/\?version=\d+&page_size=\d+>; rel=preload", answer["Link"]
    )


def test_the_next_unread_document_is_named(people: People) -> None:
    first, second = (make_document(people.cast["annotator"], f"{word}.") for word in ("One", "Two"))
    urls = boot(people.get("viewer", "document_read", first.pk))["urls"]
    assert urls["next_unread"] == people.url("document_read", second.pk)  # type: ignore[index]
    with writing(by=people.cast["viewer"]) as op:
        documents.set_reading(op, second, "read")
    assert boot(people.get("viewer", "document_read", first.pk))["urls"]["next_unread"] == ""  # type: ignore[index]


def test_what_is_only_proposed_says_so(people: People) -> None:
    document = make_document(people.cast["annotator"], DAMAGED)
    page = people.get("viewer", "document_read", document.pk)
    assert ("title" in document.proposed) == ('<h1 lang="zh-Hant" class="proposed" title="proposed">' in page)


def test_an_internal_note_is_called_internal(people: People) -> None:
    document = make_document(people.cast["annotator"])
    with writing(by=people.cast["annotator"]) as op:
        documents.set_note(op, document, "Compare with the printed edition.")
    assert "Compare with the printed edition. internal" in words(people.get("viewer", "document_read", document.pk))


def test_an_older_version_can_be_opened(people: People) -> None:
    document = make_document(people.cast["annotator"])
    mark(people.cast["annotator"], document, "Experts agree", "claim")
    page = people.get("viewer", "document_read", document.pk, query="?version=1")
    assert f'data-version="{document.current_id}"' in page
    assert f'data-version="{document.current_id}"' in people.get(
        "viewer", "document_read", document.pk, query="?version=77"
    )
