"""`manage.py export` and `manage.py import`: files whole or not at all, reports, honest exit codes."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Corpus, Document, Statement
from tests.factories import make_cast, make_document, make_user
from tests.services.everything import PLAIN, make_everything

pytestmark = pytest.mark.django_db


def export(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command("export", *arguments, stdout=out, **options)
    return out.getvalue()


def bring(*arguments: str) -> str:
    out = StringIO()
    call_command("import", *arguments, stdout=out)
    return out.getvalue()


def test_a_file_and_its_loss_report(tmp_path: Path) -> None:
    make_everything()
    target = tmp_path / "out.csv"
    said = export("csv", "--corpus", "everything", "--output", str(target), "--filter", "kind=proposal")
    assert target.read_bytes().startswith(b'\xef\xbb\xbf"statement_id"')
    assert "1 passages, 1 statements" in said and "Only what this filter lets through is here: kind: proposal." in said
    assert list(tmp_path.iterdir()) == [target]
    report = json.loads(export("jsonl", "--corpus", "everything", "--output", str(target), "--json"))
    assert (report["format"], report["counts"]["passages"]) == ("jsonl", 5)
    assert {loss["code"] for loss in report["losses"]} >= {"texts", "history", "codebook"}
    assert report["bytes"] == target.stat().st_size


def test_whose_eyes_see(tmp_path: Path) -> None:
    everything = make_everything()
    target = str(tmp_path / "out.json")
    checker = everything.cast.user("checker").username
    for arguments, checks in (((), 0), (("--as", checker), 1)):
        export("json", "--corpus", "everything", "--output", target, *arguments)
        assert len(json.loads(Path(target).read_bytes())["verifications"]) == checks


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("pdf", "--corpus", "everything"), "Formats: csv, xlsx, json"),
        (("csv", "--corpus", "nothing"), "Corpora: everything"),
        (("csv", "--corpus", "everything", "--as", "nobody"), "not a member"),
        (("csv", "--corpus", "everything", "--filter", "colour=red"), "no filter “colour”"),
        (("csv", "--corpus", "everything", "--filter", "kind"), "NAME=VALUE"),
        (("csv", "--corpus", "everything", "--output", "/nowhere/at/all.csv"), "Cannot write"),
    ],
)
def test_what_cannot_be_exported_is_said(arguments: tuple[str, ...], sentence: str) -> None:
    make_everything()
    with pytest.raises(CommandError, match=sentence):
        export(*arguments)


def test_a_broken_export_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_everything()
    target = tmp_path / "out.json"
    target.write_text("old")

    def breaks(*arguments: object) -> Any:
        yield b"new"
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr("annotations.services.collect.stream", breaks)
    with pytest.raises(RuntimeError):
        export("json", "--corpus", "everything", "--output", str(target))
    assert target.read_text() == "old" and list(tmp_path.iterdir()) == [target]


def test_out_and_in_and_out_again_by_command(tmp_path: Path) -> None:
    make_everything()
    admin = make_user("admin").username
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    export("json", "--corpus", "everything", "--output", str(first))
    said = bring(str(first), "--corpus", "copy", "--format", "json", "--create", "--as", admin)
    assert "Added documents: 2" in said
    export("json", "--corpus", "copy", "--output", str(second))
    assert first.read_bytes() == second.read_bytes()
    assert "all of it is here already" in bring(str(first), "--corpus", "copy")


def test_a_spoiled_dump_leaves_no_corpus_behind(tmp_path: Path) -> None:
    make_everything()
    admin = make_user("admin").username
    file = tmp_path / "spoiled.json"
    export("json", "--corpus", "everything", "--output", str(file))
    tables = json.loads(file.read_bytes())
    tables["occurrences"][0]["statement"] = "00000000-0000-4000-8000-000000000000"
    file.write_text(json.dumps(tables))
    with pytest.raises(CommandError, match="occurrences, record 1 .* Nothing was imported"):
        bring(str(file), "--corpus", "copy", "--create", "--as", admin)
    assert not Corpus.objects.filter(slug="copy").exists()


def test_a_table_of_which_something_needs_a_look(tmp_path: Path) -> None:
    cast = make_cast("Desk")
    make_document(cast["annotator"], PLAIN, title="Plans")
    file = tmp_path / "old.csv"
    file.write_text("a,b\nExperts should publish tests,Plans\nno such words at all,Plans\n")
    arguments = (str(file), "--corpus", "desk", "--map", "quote=a", "--map", "document=b", "--kind", "claim")
    assert "Not found: 1" in look(*arguments, "--dry-run") and not Statement.objects.exists()
    report = json.loads(look(*arguments, "--json"))
    assert report["states"] == {"anchored": 1, "missing": 1} and Statement.objects.count() == 2
    assert "all of it" not in bring(*arguments)  # exit code 0: everything is here
    document = Document.objects.get()
    assert document.annotation_count == 1


def look(*arguments: str) -> str:
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import", *arguments, stdout=out)
    assert ended.value.code == 2
    return out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("missing.csv", "--corpus", "desk"), "cannot be read"),
        (("FILE", "--corpus", "other"), "There is no corpus 'other'"),
        (("FILE", "--corpus", "desk", "--map", "quote"), "FIELD=COLUMN"),
        (("FILE", "--corpus", "desk", "--map", "quote=X"), "no column “X”"),
        (("FILE", "--corpus", "desk", "--document", "x"), "takes a number"),
        (("FILE", "--corpus", "desk", "--document", "99999"), "no document 99999"),
    ],
)
def test_what_cannot_be_imported_is_said(tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    make_cast("Desk")
    file = tmp_path / "old.csv"
    file.write_text("a,b\nx,y\n")
    with pytest.raises(CommandError, match=sentence):
        bring(*(str(file) if one == "FILE" else one for one in arguments))
