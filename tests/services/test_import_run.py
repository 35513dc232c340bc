"""An import run: order, what is passed over, what fails, helpers that die, batches short enough for everybody else."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from annotations.models import Batch, Document, Event, StoredFile
from annotations.rules.errors import Forbidden, Invalid
from annotations.services import files, history, import_files, import_helpers
from annotations.services.bulk_load import Ready
from annotations.services.import_files import Failed
from annotations.services.import_run import LARGEST, SMALLEST, Outcome, Run
from annotations.services.pace import HOLD, cost, fitting
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def write(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number:03d}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"Document {number}\n\nThe proposal of document {number} needs a standards body.\n", "utf-8")
    return paths


def load(cast: Cast, paths: Sequence[Path], label: str = "x", **how: object) -> Outcome:
    return Run(cast["annotator"], label, **how).load(paths)  # type: ignore[arg-type]


def titles() -> list[str]:
    return list(Document.objects.order_by("pk").values_list("title", flat=True))


def test_files_come_in_in_order_in_one_batch(cast: Cast, tmp_path: Path) -> None:
    heard: list[int] = []
    outcome = load(cast, write(tmp_path, 50), tell=heard.append)
    assert (outcome.loaded, outcome.present, outcome.failed, sum(heard)) == (50, [], [], 50)
    assert titles() == [f"Document {number}" for number in range(50)]
    assert Batch.objects.get().documents.count() == 50
    assert history.verify(cast.corpus) is None
    assert len(outcome.holds) == Event.objects.filter(kind="bulk").count() > 1


def test_the_uploads_are_kept_whole(cast: Cast, tmp_path: Path) -> None:
    paths = write(tmp_path, 3)
    load(cast, paths)
    for row, path in zip(StoredFile.objects.order_by("pk"), paths, strict=True):
        assert files.read(cast.corpus, row.sha256) == path.read_bytes()
        assert row.size == path.stat().st_size
        assert files.path_of(row.sha256).stat().st_mode & 0o777 == 0o600


def test_a_helper_gives_the_same(cast: Cast, tmp_path: Path) -> None:
    paths = write(tmp_path, 200)
    outcome = load(cast, paths, jobs=2)
    assert (outcome.loaded, outcome.failed) == (200, [])
    assert titles() == [f"Document {number}" for number in range(200)]
    assert {version.file_name for d in Document.objects.all() for version in d.versions.all()} == {
        p.name for p in paths
    }


def test_helpers_do_work(tmp_path: Path) -> None:
    chunks = [[str(path)] for path in write(tmp_path, 10)]
    found = [item for _, item in import_helpers.prepare_all(iter(chunks), signed, 1)]
    assert {item.name for item in found if isinstance(item, Ready)} - {str(os.getpid())}


def signed(paths: Sequence[str], root: str) -> list[Ready | Failed]:
    found = import_files.prepare(paths, root)
    return [replace(item, name=str(os.getpid())) if isinstance(item, Ready) else item for item in found]


def test_a_run_that_was_stopped_goes_on(cast: Cast, tmp_path: Path) -> None:
    paths = write(tmp_path, 60)

    def stop(done: int) -> None:
        if Document.objects.count() >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(cast, paths, tell=stop)
    first = Document.objects.count()
    assert 20 <= first < 60
    outcome = load(cast, paths)
    assert (outcome.loaded, len(outcome.present)) == (60 - first, first)
    assert outcome.present[0] == (str(paths[0]), "Document 0")
    assert titles() == [f"Document {number}" for number in range(60)]
    assert Batch.objects.get().documents.count() == 60


def test_a_bad_file_stops_nothing(cast: Cast, tmp_path: Path) -> None:
    paths = write(tmp_path, 5)
    paths[1].write_bytes(b"")
    paths[3].write_bytes(b"%PDF-1.7 broken")
    gone = tmp_path / "gone.txt"
    outcome = load(cast, [*paths, gone])
    assert titles() == ["Document 0", "Document 2", "Document 4"]
    assert [one.path for one in outcome.failed] == [str(paths[1]), str(paths[3]), str(gone)]
    assert all(one.sentence.endswith(".") and len(one.sentence) > 20 for one in outcome.failed)
    assert StoredFile.objects.count() == 3


def test_what_the_database_refuses_is_named_and_the_rest_is_stored(cast: Cast, tmp_path: Path) -> None:
    outcome = load(cast, write(tmp_path, 6), prepare=prepare_with_a_null)
    assert (outcome.loaded, len(outcome.failed)) == (5, 1)
    assert outcome.failed[0].path.endswith("002.txt")
    assert "NULL" in outcome.failed[0].sentence.upper()
    assert history.verify(cast.corpus) is None


def prepare_with_a_null(paths: Sequence[str], root: str) -> list[Ready | Failed]:
    items = import_files.prepare(paths, root)
    for path, item in zip(paths, items, strict=True):
        if path.endswith("002.txt") and isinstance(item, Ready):
            item.facts["title"] = None
    return items


def test_again_loads_what_is_here(cast: Cast, tmp_path: Path) -> None:
    paths = write(tmp_path, 2)
    load(cast, paths)
    assert load(cast, paths, again=True).loaded == 2
    assert StoredFile.objects.count() == 2


def test_the_same_text_under_another_name_is_here_already(cast: Cast, tmp_path: Path) -> None:
    path, twin = write(tmp_path, 1)[0], tmp_path / "twin.txt"
    load(cast, [path])
    twin.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(cast, [twin]).present == [(str(twin), "Document 0")]


def test_other_corpora_do_not_matter(cast: Cast, tmp_path: Path) -> None:
    paths = write(tmp_path, 2)
    load(make_cast("Other"), paths)
    assert load(cast, paths).loaded == 2


def test_a_viewer_is_refused_before_anything_is_read(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        Run(cast["viewer"], "x")


def test_a_helper_that_dies_costs_nothing(tmp_path: Path) -> None:
    chunks = [[str(path)] for path in write(tmp_path, 12)]
    found = list(import_helpers.prepare_all(iter(chunks), dying, 1))
    assert [path for path, _ in found] == [chunk[0] for chunk in chunks]
    assert all(isinstance(item, Ready) for _, item in found)


def dying(paths: Sequence[str], root: str) -> list[Ready | Failed]:
    if os.environ["AIGOV_DATA"] != root:  # a spawned helper made a data folder of its own (tests/settings.py)
        os._exit(9)
    return import_files.prepare(paths, root)


def test_folders_are_searched_in_order_for_what_can_be_read(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.md", "a/skip.xyz", ".git/3.txt", "c/.hidden.txt", "z.PDF"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    named = tmp_path / "a" / "skip.xyz"
    found = import_files.find([tmp_path])
    assert [str(path.relative_to(tmp_path)) for path in found.files] == ["z.PDF", "a/1.md", "b/2.txt"]
    assert found.left_out == [named]
    assert import_files.find([named, tmp_path / "z.PDF", tmp_path]).files[0] == named
    with pytest.raises(Invalid, match="no file or folder"):
        import_files.find([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("size", "held"), [(8_000, 0.001), (8_000, 0.025), (40_000, 0.2), (1_000, 3.0), (10**6, 0.001)]
)
def test_batches_follow_the_time_they_hold_the_lock(size: int, held: float) -> None:
    found = fitting(size, size * HOLD / held, SMALLEST, LARGEST)
    assert 1_000 <= found <= 1_000_000
    assert found <= size if held >= HOLD else found >= size


def test_batches_settle_where_they_hold_the_lock_as_long_as_they_should() -> None:
    size = 20_000
    for _ in range(20):
        size = fitting(size, size * HOLD / (size * 0.000_001), SMALLEST, LARGEST)  # a microsecond a character
    assert size == 25_000


def test_a_book_goes_alone(cast: Cast, tmp_path: Path) -> None:
    """Nobody waits for a batch of small ones on top of a large one."""
    paths = write(tmp_path, 8)
    paths[4].write_text("A book\n\n" + "It proposes something in every sentence. " * 1500, "utf-8")
    load(cast, paths)
    bulks = Event.objects.filter(kind="bulk").order_by("seq")
    counts = [orjson.loads(event.payload)["count"] for event in bulks]
    assert sum(counts) == 8 and counts[1] == 1


def test_time_that_others_took_does_not_make_batches_smaller() -> None:
    assert cost(held=0.024, worked=0.020) == 0.024
    assert cost(held=2.0, worked=0.016) == pytest.approx(0.025)
