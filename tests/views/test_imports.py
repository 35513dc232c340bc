"""The import pages without scripts: file, columns, preview with choices, import, what came of it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from annotations.formats import FORMATS
from annotations.models import Annotation, Corpus, Document, Statement
from annotations.services import collect, corpora, imports_steps
from tests.factories import Cast, make_cast, make_document
from tests.services.everything import PLAIN, make_everything

pytestmark = pytest.mark.django_db
TWICE = "One rule for all. Something else. One rule for all, again."
TABLE = """引文,出自哪里,类别
Experts should publish tests,Plans,提议
One rule for all,Twice,论断
no such words at all,Plans,论断
something,A lost report,论断
"""


@pytest.fixture
def cast() -> Cast:
    cast = make_cast("Desk")
    make_document(cast["annotator"], PLAIN, title="Plans")
    make_document(cast["annotator"], TWICE, title="Twice")
    return cast


def client_of(cast: Cast, role: str = "annotator") -> Client:
    client = Client()
    client.force_login(cast.user(role))
    return client


def upload(client: Client, slug: str, data: bytes, name: str = "old.csv") -> Any:
    file = SimpleUploadedFile(name, data, "application/octet-stream")
    return client.post(f"/c/{slug}/import/", {"file": file})


def post(client: Client, address: str, **fields: str) -> Any:
    return client.post(address, urlencode(fields), content_type="application/x-www-form-urlencoded")


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    html = response.content.decode()
    assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", html.split("<main")[1].split("</main>")[0])
    return html


def test_from_the_file_to_the_tracker(cast: Cast) -> None:
    client = client_of(cast)
    assert 'enctype="multipart/form-data"' in page(client, "/c/desk/import/")
    step = upload(client, "desk", TABLE.encode("gb18030"))["Location"]
    columns = page(client, step)
    assert '<option value="引文" selected>' in columns and "A lost report" not in columns.split("<table")[0]
    done = post(client, step, action="columns", quote="引文", document="出自哪里", kind="类别")
    assert done["Location"] == step
    preview = page(client, step)
    for words in ("Anchored", "Several places", "Not found", "Document unknown", "¶2", "Import 4 rows"):
        assert words in preview
    assert preview.count("[One rule for all]") == 2
    assert not Statement.objects.exists()
    row = re.search(r'name="(place-\d+)"', preview)
    assert row is not None
    assert post(client, step, action="import", **{row[1]: "1"})["Location"] == step
    end = page(client, step)
    assert "2 statements wait for their passage" in end and "4 statements" in end and "2 passages" in end
    assert Annotation.objects.get(document__title="Twice").anchors.get().start == TWICE.rindex("One rule")
    assert "no such words at all" in page(client, "/c/desk/tracker/?fit=none")
    again = upload(client, "desk", TABLE.encode())["Location"]
    post(client, again, action="columns", quote="引文", document="出自哪里", kind="类别")
    preview = page(client, again)
    assert "All of it is here already." in preview and 'value="import"' not in preview


def test_choices_are_kept_from_page_to_page_and_states_filter(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.views.imports.PAGE", 2)
    client = client_of(cast)
    step = upload(client, "desk", TABLE.encode())["Location"]
    post(client, step, action="columns", quote="引文", document="出自哪里", kind="类别")
    moved = post(client, step, action="page-2", **{"place-3": "1"})
    assert moved["Location"] == f"{step}?page=2"
    assert 'value="1" selected' in page(client, step)
    assert "1–2 of 4" in page(client, step)
    missing = page(client, f"{step}?state=missing")
    assert "no such words" in missing and "Experts should" not in missing
    post(client, step, action="page-2", **{"place-3": ""})
    assert 'value="1" selected' not in page(client, step)


def test_a_mapping_that_makes_no_sense_keeps_what_was_chosen(cast: Cast) -> None:
    client = client_of(cast)
    step = upload(client, "desk", TABLE.encode())["Location"]
    response = post(client, step, action="columns", document="出自哪里", kind_otherwise="claim")
    assert response.status_code == 422
    html = response.content.decode()
    assert "Say which column holds the quotes" in html
    assert '<option value="出自哪里" selected>' in html and '<option value="claim" selected>' in html


def test_a_long_table_is_imported_in_slices(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(cast)
    rows = "".join(f"Statement number {number}\n" for number in range(120))
    step = upload(client, "desk", f"statement\n{rows}".encode())["Location"]
    post(client, step, action="columns", text="statement", kind_otherwise="claim")
    ticks = iter(range(100))
    monkeypatch.setattr(imports_steps, "time", SimpleNamespace(monotonic=lambda: next(ticks) * 5.0))  # its clock alone
    post(client, step, action="import")
    assert "50 of 120 rows are through" in page(client, step)
    assert Statement.objects.count() == 50
    post(client, step, action="import")
    post(client, step, action="import")
    assert Statement.objects.count() == 120
    assert "120 statements wait for their passage" in page(client, step)


def test_annotations_of_another_program(cast: Cast) -> None:
    client = client_of(cast)
    quote = {"type": "TextQuoteSelector", "exact": "A fund will be needed"}
    items = [{"target": {"source": "Plans", "selector": quote}}, {"target": {"source": "Elsewhere", "selector": quote}}]
    step = upload(client, "desk", json.dumps(items).encode(), "from.jsonld")["Location"]
    preview = page(client, step)
    assert "Import 1 passage<" in preview and "Document unknown" in preview
    document = Document.objects.get(title="Plans")
    post(client, step, action="document", document=str(document.pk))
    assert "Import 2 passages" in page(client, step)
    post(client, step, action="import")
    assert "2 passages" in page(client, step) and Annotation.objects.count() == 2


def test_a_dump_becomes_the_corpus(cast: Cast) -> None:
    everything = make_everything()
    export = collect.export(everything.cast["admin"], Statement.objects.visible_to(everything.cast["admin"]))
    data = b"".join(collect.stream(FORMATS["json"], export))
    fresh = corpora.create(user=cast.user("admin"), name="Fresh")
    client = client_of(cast, "admin")
    step = upload(client, fresh.slug, data, "dump.json")["Location"]
    preview = page(client, step)
    assert "This corpus is empty" in preview and "2 documents" in preview
    post(client, step, action="import")
    assert "5 passages" in page(client, step)
    assert Corpus.objects.get(pk=fresh.pk).name == "Everything"
    assert "admin" in upload(client_of(cast), "desk", data, "dump.json").content.decode()


def test_files_that_cannot_be_read_are_refused_on_the_spot(cast: Cast) -> None:
    client = client_of(cast)
    for data, sentence in ((b"PK\x03\x04 cut", "old.csv is damaged"), (b"", "empty"), (b"\n\n", "holds no table")):
        html = upload(client, "desk", data).content.decode()
        assert sentence in html and 'type="file"' in html
    assert "required" in client.post("/c/desk/import/").content.decode()


def test_what_is_kept_is_ones_own_and_goes_after_a_day(cast: Cast) -> None:
    client = client_of(cast)
    step = upload(client, "desk", TABLE.encode())["Location"]
    folder = Path(settings.DATA_DIR) / "imports"
    files = list(folder.glob(f"{step.rstrip('/').rpartition('/')[2]}.*"))
    assert len(files) == 2 and all(path.stat().st_mode & 0o077 == 0 for path in files)
    assert client_of(cast, "admin").get(step).status_code == 404
    for path in files:
        os.utime(path, (0, 0))
    upload(client, "desk", TABLE.encode())
    assert not any(path.exists() for path in files)
    gone = client.get(step)
    assert gone.status_code == 404 or "Send the file again" in gone.content.decode()


def test_discarding_leaves_nothing(cast: Cast) -> None:
    client = client_of(cast)
    step = upload(client, "desk", TABLE.encode())["Location"]
    assert post(client, step, action="discard")["Location"] == "/c/desk/import/"
    assert client.get(step).status_code == 404


def test_rights(cast: Cast) -> None:
    assert client_of(cast, "viewer").get("/c/desk/import/").status_code == 403
    stranger = Client()
    stranger.force_login(cast.stranger)
    assert stranger.get("/c/desk/import/").status_code == 404
    assert Client().get("/c/desk/import/")["Location"].startswith("/accounts/login/")
