"""A codebook out of a file: what is met, what is new, what stays; looked at first; by page, API and command."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from annotations.formats.codebook_rows import Content
from annotations.formats.codebooks import CODEBOOK_FORMATS
from annotations.models import CodebookVersion, Event, Tag
from annotations.rules.errors import Forbidden, Invalid, Refused
from annotations.services import codebook, codebook_import, editions, undo
from annotations.services.op import writing
from tests.factories import Cast, make_cast
from tests.views.people import People, fields, words

pytestmark = pytest.mark.django_db
TABLE = "label,code,definition,use_when,key,colour,parent\r\nSafety,safety,,harm is named,2,mauve,\r\n" \
        "Compute,compute,Chips,,9,teal,\r\nChips,chips,,,,,Compute\r\n"  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def people(cast: Cast) -> People:
    return People(cast)


def table(name: str = "AI governance") -> Content:
    lines = TABLE.replace("label,", "set,label,", 1).split("\r\n")
    text = "\r\n".join([lines[0], *(f"{name},{line}" for line in lines[1:] if line)])
    return CODEBOOK_FORMATS["csv"].read(text.encode(), "t.csv")


def take(cast: Cast, content: Content, role: str = "editor") -> None:
    with writing(by=cast[role]) as op:
        codebook_import.apply(op, content)


def named(cast: Cast, code: str) -> Tag:
    return Tag.objects.get(corpus=cast.corpus, code=code, tag_set__name="AI governance")


def test_looking_stores_nothing_and_says_what_comes(cast: Cast) -> None:
    before, events = editions.content(cast.corpus), Event.objects.count()
    found = [(one.kind, one.label) for one in codebook_import.preview(cast["editor"], table())]
    assert found == [("redefined", "Safety"), ("added", "Compute"), ("added", "Chips")]
    assert editions.content(cast.corpus) == before and Event.objects.count() == events
    take(cast, table())
    assert named(cast, "safety").use_when == "harm is named"
    assert codebook_import.preview(cast["editor"], table()) == []


def test_what_is_met_keeps_what_the_file_does_not_say(cast: Cast) -> None:
    was = named(cast, "safety")
    take(cast, table())
    now = named(cast, "safety")
    assert (now.pk, now.definition, now.colour, now.key) == (was.pk, was.definition, was.colour, "1"), "2 is taken"
    assert (named(cast, "compute").key, named(cast, "compute").colour) == ("", "teal"), "9 is taken, too"
    assert named(cast, "chips").parent == named(cast, "compute")
    assert CodebookVersion.objects.filter(corpus=cast.corpus).count() == 2, "one file, one edition"


def test_another_house_takes_it_over_whole(cast: Cast) -> None:
    with writing(by=cast["editor"]) as op:
        own = codebook.add_set(op, name="Region", scope="statement", many=False)
        codebook.add_tag(op, own, label="Asia", label_zh_hans="亚洲", use_when="a place in Asia")
    content = editions.content(cast.corpus)
    there = make_cast("There")
    for one in ("safety", "ethics"):
        with writing(by=there["editor"]) as op:
            codebook.update_tag(op, Tag.objects.get(corpus=there.corpus, code=one), key="")
    for name in CODEBOOK_FORMATS:
        read = CODEBOOK_FORMATS[name].read(CODEBOOK_FORMATS[name].write(content, 1), "book")
        take(there, read)
        assert codebook_import.preview(there["editor"], read) == []
    asia = Tag.objects.get(corpus=there.corpus, label="Asia")
    assert (asia.label_zh_hans, asia.tag_set.scope, asia.tag_set.many) == ("亚洲", "statement", False)
    assert Tag.objects.filter(corpus=there.corpus).count() == Tag.objects.filter(corpus=cast.corpus).count()


def test_a_renamed_tag_is_met_by_its_uid(cast: Cast) -> None:
    content = json.loads(json.dumps(editions.content(cast.corpus)))
    content["tags"][0] |= {"label": "Danger", "code": "danger"}
    found = [(one.kind, one.label, one.other) for one in codebook_import.preview(cast["editor"], content)]
    assert found == [("renamed", "Danger", "Safety")]


def test_values_that_cannot_be(cast: Cast) -> None:
    content: Any = json.loads(json.dumps(editions.content(cast.corpus)))
    content["tags"][0]["label"] = "x" * 81
    with pytest.raises(Invalid):
        codebook_import.preview(cast["editor"], content)
    content = json.loads(json.dumps(editions.content(cast.corpus)))
    content["tag_sets"][0]["scope"] = "planet"
    with pytest.raises(Invalid):
        take(cast, content)
    with pytest.raises(Forbidden):
        take(cast, table(), "checker")


def test_the_page_looks_then_changes(cast: Cast, people: People) -> None:
    file = SimpleUploadedFile("tags.csv", TABLE.encode())
    page = people.kept("editor", "codebook_import", file=file)
    assert "What tags.csv would change" in words(page) and "Added Compute" in words(page)
    people.done("editor", "codebook_import", **fields(page, "content"))
    assert Tag.objects.filter(corpus=cast.corpus, label="Compute").exists()
    people.late("editor", "codebook_import", **fields(page, "content"))
    bad = people.kept("editor", "codebook_import", file=SimpleUploadedFile("x.qdc", b"<a>"))
    assert "x.qdc is not XML that can be read safely." in words(bad)


@pytest.mark.parametrize("name", CODEBOOK_FORMATS)
def test_every_edition_is_a_file(cast: Cast, people: People, name: str) -> None:
    with writing(by=cast["editor"]) as op:
        codebook.update_tag(op, named(cast, "safety"), label="Danger")
    for query, label in (("", "Danger"), ("?edition=2", "Safety")):
        page = people.client("viewer").get(people.url("codebook_export", name) + query)
        assert label in page.content.decode() and f".{name}" in page["Content-Disposition"]
    answer = people.client("viewer").get(f"/api/corpora/{cast.corpus.pk}/codebook/export/{name}/?edition=2")
    assert "Safety" in answer.content.decode()
    assert people.client("viewer").get(f"/api/corpora/{cast.corpus.pk}/codebook/export/else/").status_code == 404


def test_the_api_looks_and_takes(cast: Cast, people: People) -> None:
    url = f"/api/corpora/{cast.corpus.pk}/codebook/import/?name=tags.csv"
    client = people.client("editor")
    seen = client.post(f"{url}&preview=1", TABLE.encode(), content_type="text/csv").json()
    done = client.post(url, TABLE.encode(), content_type="text/csv").json()
    assert [one["kind"] for one in seen["changes"]] == [one["kind"] for one in done["changes"]]
    assert done["edition"] == seen["edition"] + 1
    assert client.post(url, TABLE.encode(), content_type="text/csv").json()["changes"] == []


def test_the_command(cast: Cast, tmp_path: Path) -> None:
    file, out = tmp_path / "book.json", io.StringIO()
    call_command("codebook", "export", str(file), corpus=cast.corpus.slug, stdout=out)
    assert "9 tags" in out.getvalue()
    found = json.loads(file.read_text("utf-8"))
    found["tags"][0]["label"] = "Danger"
    file.write_text(json.dumps(found), "utf-8")
    call_command("codebook", "import", str(file), corpus=cast.corpus.slug, dry_run=True, stdout=out)
    assert "Renamed: Danger (Safety)" in out.getvalue() and named(cast, "safety").label == "Safety"
    call_command("codebook", "import", str(file), corpus=cast.corpus.slug, stdout=out)
    assert named(cast, "safety").label == "Danger"
    with pytest.raises(CommandError, match="ends with none of"):
        call_command("codebook", "export", str(tmp_path / "book.doc"), corpus=cast.corpus.slug)


def test_an_import_is_taken_back_and_brought_in_again(cast: Cast) -> None:
    """A new set with tags, and what it says of a tag that is here: all of it goes, and comes again."""
    before = editions.content(cast.corpus)
    content = {
        "tag_sets": [{"uid": "s", "name": "Sectors", "scope": "annotation", "many": True}],
        "tags": [
            {"uid": n, "tag_set": "s", "code": n, "label": n.title(), "parent": above, "deprecated": False}
            for n, above in (("health", None), ("clinics", "health"))
        ],
    }  # fmt: skip
    editor = cast["editor"]
    with writing(by=editor) as op:
        codebook_import.apply(op, content)
    imported = live(cast)
    assert ("Sectors", "Clinics") in imported and undo.can_undo(editor, op.key)
    with writing(by=editor) as back:
        undo.undo(back, op.key)
    assert editions.content(cast.corpus) == before
    with writing(by=editor) as again:
        undo.redo(again, op.key)
    assert live(cast) == imported


def test_an_import_that_was_used_stays(cast: Cast) -> None:
    editor = cast["editor"]
    with writing(by=editor) as op:
        own = codebook.add_set(op, name="Own", scope="annotation")
    with writing(by=editor) as later:
        codebook.add_tag(later, own, label="Late")
    with pytest.raises(Refused) as caught, writing(by=editor) as back:
        undo.undo(back, op.key)
    assert caught.value.code == "tag_set_in_use"


def live(cast: Cast) -> set[tuple[str, str]]:
    rows = Tag.objects.filter(corpus=cast.corpus, deprecated=False, tag_set__removed_at=None)
    return set(rows.values_list("tag_set__name", "label"))
