"""Sources by citation and by file, and sources that turn out to be the same: offered, never forced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from annotations.models import Source
from annotations.services import snapshots, sources
from annotations.services.op import writing
from tests.api.driver import Api, ok, problem
from tests.services.test_citations import BIBTEX, RIS
from tests.views.people import People, field_value, words


def test_a_citation_fills_the_form_and_saves_nothing(people: People) -> None:
    page = people.kept("checker", "source_new", read="1", citation=BIBTEX, publisher="Typed by hand", type="secondary")
    assert field_value(page, "title") == "Global governance of artificial intelligence"
    assert (
        field_value(page, "authors") == "Junqun Lu; Anna Müller" and field_value(page, "publisher") == "Typed by hand"
    )
    assert field_value(page, "url") == "https://doi.org/10.1234/abc.567" and "not saved yet" in words(page)
    assert '<option value="peer_reviewed" selected>' in page and not Source.objects.exists()


def test_what_is_no_citation_is_told_and_kept(people: People) -> None:
    page = people.kept("checker", "source_new", read="1", citation="see there", title="Typed")
    assert "no citation that can be read" in words(page)
    assert field_value(page, "citation") == "see there" and field_value(page, "title") == "Typed"


def test_over_http_by_citation_address_alone_and_file(people: People) -> None:
    api, here = Api(people.cast.user("checker")), f"/api/corpora/{people.cast.corpus.pk}/sources/"
    made = api.made(here, {"citation": "a/res/78/265", "title": "Seizing the opportunities"})
    assert (made["identifier"], made["title"]) == ("A/RES/78/265", "Seizing the opportunities")
    assert made["url"] == "https://undocs.org/A/RES/78/265" and made["type"] == "primary_document"
    assert api.made(here, {"citation": RIS})["publisher"] == "Stanford HAI"
    assert api.made(here, {"url": "https://site.test/a"})["title"] == "https://site.test/a"
    assert problem(api.post(here, {"citation": "A/RES/78/265"}), 409, "source_exists")["detail"]
    problem(api.post(here, {"citation": "nonsense"}), 400, "citation_unknown")
    problem(api.post(here, {}), 400, "source_needs_title")
    file = SimpleUploadedFile("register.txt", b"The table counts 233 cases.")
    filed = ok(api.client.post(here, {"title": "Register", "type": "dataset", "file": file}), 201)
    assert filed["snapshots"][0]["way"] == "uploaded" and filed["snapshots"][0]["file_name"] == "register.txt"
    more = SimpleUploadedFile("more.txt", b"The table counts 234 cases.")
    ok(api.client.post(f"/api/sources/{filed['id']}/snapshots/", {"file": more}), 201)
    bad = SimpleUploadedFile("picture.png", b"\x89PNG\r\n\x1a\n")
    assert "picture.png" in problem(api.client.post(here, {"title": "P", "file": bad}), 400)["detail"]
    problem(api.client.post(here, {"title": "P", "type": "news"}), 400, "file_missing")
    assert (
        problem(api.client.post(here, {"title": "P", "type": "rumour", "file": more}), 400)["errors"][0]["field"]
        == "type"
    )


@pytest.mark.parametrize("same", ["text", "address"])
def test_sources_that_are_the_same_are_offered(people: People, same: str) -> None:
    with writing(by=people.cast["checker"]) as op:
        first = sources.create(op, title="First", url="https://site.test/a", text="There were 233 cases.")
        second = sources.create(op, title="Second", url="https://other.test/b", text="Another text altogether.")
    page = people.get("viewer", "source_detail", second.pk)
    assert "say the same or have the same address" not in words(page)
    material = snapshots.pasted("There were 233 cases." if same == "text" else "Something new.")
    if same == "address":
        material = replace(material, final_url="http://www.site.test/a/")
    with writing(by=people.cast["checker"]) as op:
        snapshots.store(op, second, material)
    page = people.get("viewer", "source_detail", second.pk)
    assert "say the same or have the same address" in words(page) and first.get_absolute_url() in page
