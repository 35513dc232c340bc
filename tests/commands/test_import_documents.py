"""manage.py import_documents: exit codes, sentences, JSON, who adds, making the corpus, going on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from annotations.management.commands.import_documents import Command
from annotations.models import Batch, Corpus, Document, Member, User
from annotations.services.import_run import Run
from tests.commands.conftest import Ended
from tests.commands.terminal import manage
from tests.factories import make_cast, mark

Runner = Callable[..., Ended]
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "papers" / "deep"
    inside.mkdir(parents=True)
    (inside / "one.txt").write_text("One\n\nThe first proposal needs a standards body.\n", "utf-8")
    (inside.parent / "two.md").write_text("# Two\n\nThe second proposal needs another one.\n", "utf-8")
    (inside.parent / "table.xlsx").write_bytes(b"PK\x03\x04 not for us")
    return inside.parent


def test_all_in_is_zero_and_said(run: Runner, folder: Path) -> None:
    cast = make_cast()
    ended = run("import_documents", folder, "--corpus", cast.corpus.slug)
    assert ended.code == 0, ended.err
    assert "2 documents loaded into “Trial”" in ended.out
    assert "1 file left out, because no reader knows them: .xlsx" in ended.out
    assert set(Document.objects.values_list("title", flat=True)) == {"One", "Two"}
    assert Batch.objects.get().label == "papers"
    again = run("import_documents", folder, "--corpus", cast.corpus.slug)
    assert (again.code, Document.objects.count()) == (0, 2)
    assert "2 files passed over, because the corpus has them already." in again.out


def test_some_failed_is_one_and_each_is_a_sentence_with_its_file(run: Runner, folder: Path) -> None:
    cast = make_cast()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    ended = run("import_documents", folder, "--corpus", cast.corpus.slug)
    assert (ended.code, Document.objects.count()) == (1, 2)
    lines = ended.err.splitlines()
    assert lines[0].startswith(f"{folder / 'broken.pdf'}: ") and lines[1].startswith(f"{folder / 'empty.txt'}: ")
    assert lines[2].startswith("2 files not loaded.")
    assert "Traceback" not in ended.err


def test_json_says_it_all_and_nothing_else(run: Runner, folder: Path) -> None:
    cast = make_cast()
    (folder / "empty.txt").write_bytes(b"")
    ended = run("import_documents", folder, "--corpus", cast.corpus.slug, "--json")
    found = json.loads(ended.out)
    assert (ended.code, ended.err) == (1, "")
    assert (found["loaded"], found["corpus"], found["present"]) == (2, cast.corpus.slug, [])
    assert [Path(one["file"]).name for one in found["failed"]] == ["empty.txt"]
    assert found["failed"][0]["detail"] and found["failed"][0]["code"]
    assert [Path(path).name for path in found["left_out"]] == ["table.xlsx"]


def test_wrong_use_is_two(run: Runner, folder: Path) -> None:
    slug = make_cast().corpus.slug
    for words in (
        (folder / "nowhere", "--corpus", slug),
        (folder, "--corpus", "nowhere"),
        (folder, "--corpus", slug, "--as", "nobody"),
        (folder, "--corpus", "No Slug!", "--create"),
        (folder, "--corpus", "new", "--create", "--as", "nobody"),
        (folder, "--corpus", slug, "--jobs", "0"),
    ):
        assert run("import_documents", *words).code == 2, words
    empty = folder / "empty"
    empty.mkdir()
    ended = run("import_documents", empty, "--corpus", slug)
    assert (ended.code, "nothing to load" in ended.err) == (2, True)
    assert not Document.objects.exists() and Corpus.objects.count() == 1


def test_who_adds(run: Runner, folder: Path) -> None:
    cast = make_cast()
    name = cast.user("annotator").username
    assert run("import_documents", folder / "two.md", "--corpus", cast.corpus.slug, "--as", name).code == 0
    assert Document.objects.get().created_by == cast["annotator"]
    assert run("import_documents", folder, "--corpus", cast.corpus.slug).code == 0
    assert Document.objects.latest("pk").created_by == cast["admin"]
    viewer = cast.user("viewer").username
    ended = run("import_documents", folder, "--corpus", cast.corpus.slug, "--as", viewer)
    assert (ended.code, "add documents" in ended.err) == (2, True)
    outsider = run("import_documents", folder, "--corpus", cast.corpus.slug, "--as", cast.stranger.username)
    assert (outsider.code, "no member" in outsider.err) == (2, True)


def test_create_makes_the_corpus_once(run: Runner, folder: Path) -> None:
    root = User.objects.create_superuser("root", password="a long enough password")
    for _ in range(2):
        assert run("import_documents", folder, "--corpus", "new-one", "--create").code == 0
    member = Member.objects.get(corpus__slug="new-one")
    assert (member.user, member.role, Document.objects.count()) == (root, "admin", 2)


def test_create_works_on_an_empty_installation_without_opening_a_door(run: Runner, folder: Path) -> None:
    assert run("import_documents", folder, "--corpus", "first", "--create").code == 0
    user = Member.objects.get(corpus__slug="first").user
    assert user is not None and not user.has_usable_password()
    assert not (user.is_staff or user.is_superuser)


def test_a_file_that_is_named_is_read_whatever_its_name(run: Runner, folder: Path) -> None:
    cast = make_cast()
    odd = folder / "notes.2026"
    odd.write_text("Odd\n\nThis is plain text all the same, whatever it is called.\n", "utf-8")
    ended = run("import_documents", odd, folder / "table.xlsx", "--corpus", cast.corpus.slug)
    assert (ended.code, Document.objects.get().title) == (1, "Odd")
    assert "table.xlsx" in ended.err


def test_stopping_by_hand_says_how_to_go_on(run: Runner, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(self: Run, files: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Run, "load", stopped)
    ended = run("import_documents", folder, "--corpus", make_cast().corpus.slug)
    assert (ended.code, "the same command goes on" in ended.err) == (130, True)


def test_batch_and_again(run: Runner, folder: Path) -> None:
    slug = make_cast().corpus.slug
    run("import_documents", folder, "--corpus", slug, "--batch", "Autumn")
    run("import_documents", folder, "--corpus", slug, "--batch", "Again", "--again")
    assert [(b.label, b.documents.count()) for b in Batch.objects.order_by("pk")] == [("Autumn", 2), ("Again", 2)]


def test_the_help_names_every_option() -> None:
    text = Command().create_parser("manage.py", "import_documents").format_help()
    assert all(word in text for word in ("--corpus", "--create", "--as", "--batch", "--again", "--jobs", "--json"))


def test_from_a_real_terminal(tmp_path: Path) -> None:
    """A process of its own with a database of its own and a helper; a second run passes over everything."""
    files, data = tmp_path / "files", tmp_path / "data"
    files.mkdir()
    for number in range(70):
        (files / f"{number:02d}.txt").write_text(f"Document {number}\n\nIts proposal has the number {number}.\n")
    assert manage(data, "migrate", "--verbosity", "0").returncode == 0
    first = manage(data, "import_documents", str(files), "--corpus", "t", "--create", "--json", "--jobs", "2")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["loaded"] == 70
    second = manage(data, "import_documents", str(files), "--corpus", "t", "--json")
    assert len(json.loads(second.stdout)["present"]) == 70
    assert manage(data, "import_documents", "--corpus", "t").returncode == 2
    assert manage(data, "import_documents", str(files / "none"), "--corpus", "t").returncode == 2


def namesake(folder: Path, text: str) -> Path:
    """A file of the same name as one that is here, in a folder of its own."""
    (folder.parent / "newer").mkdir(exist_ok=True)
    file = folder.parent / "newer" / "two.md"
    file.write_text(text, "utf-8")
    return file


def test_a_file_of_the_same_name_becomes_a_version_when_told(run: Runner, folder: Path) -> None:
    cast = make_cast()
    run("import_documents", folder, "--corpus", cast.corpus.slug)
    two = Document.objects.get(title="Two")
    quoted = mark(cast["annotator"], two, "second proposal", "proposal")
    file = namesake(folder, "# Two\n\nPlease note: the second proposal needs another one, and soon.\n")
    ended = run("import_documents", file, "--corpus", cast.corpus.slug, "--versions", "add", "--json")
    said = json.loads(ended.out)
    assert (ended.code, said["loaded"], said["versions"]) == (0, 0, [{"file": str(file), "title": "Two", "number": 2}])
    two.refresh_from_db()
    assert two.current is not None and two.current.number == 2 and Document.objects.count() == 2
    assert [anchor.quote for anchor in quoted.anchors.filter(version=two.current)] == ["second proposal"]
    again = run("import_documents", file, "--corpus", cast.corpus.slug, "--versions", "add", "--json")
    assert json.loads(again.out)["versions"] == [] and two.versions.count() == 2


def test_the_same_words_in_another_file_are_no_version(run: Runner, folder: Path) -> None:
    cast = make_cast()
    run("import_documents", folder, "--corpus", cast.corpus.slug)
    file = namesake(folder, "# Two\r\n\r\nThe second proposal needs another one.\r\n")
    ended = run("import_documents", file, "--corpus", cast.corpus.slug, "--versions", "add", "--json")
    said = json.loads(ended.out)
    assert (said["versions"], [one["title"] for one in said["present"]]) == ([], ["Two"])


def test_without_being_told_it_is_another_document_and_said(run: Runner, folder: Path) -> None:
    cast = make_cast()
    run("import_documents", folder, "--corpus", cast.corpus.slug)
    file = namesake(folder, "# Other\n\nSomething else altogether.\n")
    skipped = run("import_documents", file, "--corpus", cast.corpus.slug, "--versions", "skip")
    assert "“Two” has the same name" in skipped.out and Document.objects.count() == 2
    ended = run("import_documents", file, "--corpus", cast.corpus.slug)
    assert "“Two” has the same name" in ended.out and Document.objects.count() == 3
