"""manage.py backup and restore: complete, checked, private, refused where something could be lost."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.rules.errors import Refused
from annotations.services.backups import manifest, postgresql, uploads
from tests.commands.terminal import manage, python

BUILD = """
from tests.factories import make_cast, make_document, mark
from annotations.services import files, loading
from annotations.services.op import writing
cast = make_cast("Kept")
mark(cast["annotator"], make_document(cast["annotator"]), "standards body", "proposal")
data = "Kept whole\\n\\nThis upload is kept as it came.\\n".encode()
with writing(by=cast["annotator"]) as op:
    loading.store(op, loading.from_upload(cast["annotator"], data, "kept.txt"))
"""
LOOK = """
import json
from annotations.models import Annotation, Document, Statement, StoredFile, Member
from annotations.services import files, history, search
corpus = Document.objects.first().corpus
member = Member.objects.filter(corpus=corpus).select_related("corpus").first()
print(json.dumps({
    "documents": Document.objects.count(), "annotations": Annotation.objects.count(),
    "statements": Statement.objects.count(), "hits": search.run(member, "standards").hits,
    "upload": files.read(corpus, StoredFile.objects.get().sha256).decode(),
    "broken": str(history.verify(corpus)),
}))
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with a corpus."""
    folder = tmp_path_factory.mktemp("installation") / "data"
    assert manage(folder, "migrate", "--verbosity", "0").returncode == 0
    built = python(folder, BUILD)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def saved(data: Path) -> Path:
    folder = data.parent / "backup"
    done = manage(data, "backup", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def copy(saved: Path, tmp_path: Path) -> Iterator[Path]:
    """A backup that a test may spoil."""
    folder = tmp_path / "copy"
    shutil.copytree(saved, folder)
    yield folder


def test_what_was_saved_comes_back(data: Path, saved: Path, tmp_path: Path) -> None:
    done = manage(tmp_path / "new", "restore", saved)
    assert done.returncode == 0, done.stderr
    assert "kept: " in done.stdout and "unbroken" in done.stdout
    looked = [json.loads(python(folder, LOOK).stdout) for folder in (data, tmp_path / "new")]
    assert looked[0] == looked[1]
    assert looked[0] == {
        "documents": 2, "annotations": 1, "statements": 1, "hits": 1, "broken": "None",
        "upload": "Kept whole\n\nThis upload is kept as it came.\n",
    }  # fmt: skip


def test_a_backup_is_its_owners_alone_and_holds_no_secret(data: Path, saved: Path) -> None:
    for path in [saved, *saved.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    key = (data / "secret-key").read_text().strip().encode()
    assert len(key) > 40
    assert all(key not in path.read_bytes() for path in saved.rglob("*") if path.is_file())
    assert {path.name for path in saved.iterdir()} == {"manifest.json", "database.sqlite3", "files"}


def test_the_manifest_counts_and_notes_the_heads(saved: Path) -> None:
    found = manifest.read(saved)
    assert (found.kind, found.files, found.damaged) == ("sqlite", 1, ())
    assert found.counts["annotations_document"] == 2 and found.counts["annotations_annotation"] == 1
    assert [head.corpus for head in found.heads] == ["kept"]
    assert found.heads[0].seq == found.counts["annotations_event"]
    assert found.sha256 == manifest.sha256_of(saved / "database.sqlite3")


def test_a_folder_with_anything_in_it_is_not_written_to(data: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    done = manage(data, "backup", tmp_path)
    assert (done.returncode, "is not empty" in done.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_restoring_over_something_needs_force_and_sets_it_aside(data: Path, saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    python(folder, "from annotations.models import Corpus; Corpus.objects.update(name='Changed since')")
    refused = manage(folder, "restore", saved)
    assert (refused.returncode, "--force" in refused.stderr) == (2, True)
    name = "from annotations.models import Corpus; print(Corpus.objects.get().name)"
    assert python(folder, name).stdout.strip() == "Changed since"
    assert manage(folder, "restore", saved, "--force").returncode == 0
    assert python(folder, name).stdout.strip() == "Kept"
    aside = next(folder.glob("replaced-*")) / "db.sqlite3"
    with sqlite3.connect(aside) as connection:
        assert connection.execute("SELECT name FROM annotations_corpus").fetchone() == ("Changed since",)


def test_a_database_in_use_is_left_alone(data: Path, saved: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    server = sqlite3.connect(folder / "db.sqlite3")
    server.execute("SELECT count(*) FROM annotations_corpus").fetchone()
    done = manage(folder, "restore", saved, "--force")
    assert (done.returncode, "Stop the server" in done.stderr) == (2, True)
    assert not list(folder.glob("replaced-*")) and not list(folder.glob(".db*"))
    server.close()


def test_a_database_that_was_changed_is_refused(copy: Path, tmp_path: Path) -> None:
    with (copy / "database.sqlite3").open("r+b") as file:
        file.seek(5000)
        file.write(b"x")
    done = manage(tmp_path / "new", "restore", copy)
    assert (done.returncode, "was changed since" in done.stderr) == (2, True)
    assert not (tmp_path / "new" / "files").exists()


def test_a_history_that_was_changed_with_its_hash_is_refused(copy: Path, tmp_path: Path) -> None:
    """Somebody who changes the database and mends the manifest cannot mend the chain."""
    path = copy / "database.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE annotations_event SET payload = '{}' WHERE seq = 7")
    connection.close()
    text = json.loads((copy / "manifest.json").read_text())
    text["sha256"] = manifest.sha256_of(path)
    (copy / "manifest.json").write_text(json.dumps(text))
    done = manage(tmp_path / "new", "restore", copy)
    assert (done.returncode, "broken at line 7" in done.stderr) == (2, True)


def test_an_upload_that_was_changed_or_lost_is_refused(copy: Path, tmp_path: Path) -> None:
    upload = next(path for path in copy.rglob("*") if len(path.name) == 64)
    content = upload.read_bytes()
    upload.write_bytes(content + b"!")
    changed = manage(tmp_path / "one", "restore", copy)
    assert (changed.returncode, upload.name in changed.stderr) == (2, True)
    upload.unlink()
    lost = manage(tmp_path / "two", "restore", copy)
    assert (lost.returncode, "should hold 1" in lost.stderr) == (2, True)
    assert not (tmp_path / "two" / "db.sqlite3").exists()


def test_damage_here_is_told_and_does_not_stop_the_backup(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    upload = next(path for path in (folder / "files").rglob("*") if len(path.name) == 64)
    upload.write_bytes(b"rotten")
    rotten = manage(folder, "backup", tmp_path / "one")
    assert (rotten.returncode, f"upload {upload.name}: its content" in rotten.stderr) == (1, True)
    upload.unlink()
    missing = manage(folder, "backup", tmp_path / "two", "--json")
    assert missing.returncode == 1
    assert json.loads(missing.stdout)["damaged"] == [f"{upload.name}: it is missing"]
    restored = manage(tmp_path / "new", "restore", tmp_path / "two")
    assert restored.returncode == 0, restored.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "aigov-backup-9"}, "aigov-backup-9"),
        ({"kind": "postgresql"}, "export as json"),
        ({"migrations": {"annotations": "9999_from_the_future"}}, "newer version"),
        ({"heads": 3}, "damaged"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused(
    copy: Path, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    text = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps({**text, **change}))
    done = manage(tmp_path / "new", "restore", copy)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr


def test_no_backup_there(tmp_path: Path) -> None:
    done = manage(tmp_path / "new", "restore", tmp_path)
    assert (done.returncode, "holds no backup" in done.stderr) == (2, True)


def test_writers_do_not_wait_for_a_backup(data: Path, tmp_path: Path) -> None:
    """A transaction that is open while the backup is made is not in it, and is not in its way."""
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    writer = sqlite3.connect(folder / "db.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE annotations_corpus SET name = 'Not yet'")
    assert manage(folder, "backup", tmp_path / "backup").returncode == 0
    writer.execute("COMMIT")
    writer.close()
    with sqlite3.connect(tmp_path / "backup" / "database.sqlite3") as connection:
        assert connection.execute("SELECT name FROM annotations_corpus").fetchone() == ("Kept",)
    connection.close()


def test_half_written_uploads_are_no_uploads(tmp_path: Path) -> None:
    inside = tmp_path / "files" / "ab"
    inside.mkdir(parents=True)
    (inside / "tmpx1y2z3").write_bytes(b"half")
    assert list(uploads.names(tmp_path)) == []


def test_missing_programs_are_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Refused, match="pg_dump is not installed.*postgresql-client"):
        postgresql.program("pg_dump")


def test_the_password_of_the_database_travels_in_the_environment() -> None:
    settings = {
        "HOST": "db",
        "PORT": 5433,
        "USER": "u",
        "PASSWORD": "p w",
        "NAME": "n",
        "OPTIONS": {"sslmode": "require"},
    }
    found = postgresql.environment(settings)
    assert (found["PGPASSWORD"], found["PGHOST"], found["PGPORT"]) == ("p w", "db", "5433")
    assert (found["PGUSER"], found["PGDATABASE"], found["PGSSLMODE"]) == ("u", "n", "require")
