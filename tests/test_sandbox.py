"""No file can stop, fill or take over the server: what becomes of hostile files."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from annotations.rules.errors import Unreadable
from annotations.sandbox import Limits, Sandbox, read_upload
from fixtures.samples.make import report_pdf
from tests.readers.bad import BAD, Bad
from tests.sandboxes import QUICK, deed, hostile_sandbox, linux_only


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sandbox")


@pytest.fixture(scope="module")
def sandbox(folder: Path) -> Iterator[Sandbox]:
    with hostile_sandbox(folder) as running:
        yield running


@pytest.mark.parametrize("name", ["spin", "sleep", "stuck"])
def test_a_file_that_hangs_is_stopped_by_the_clock(sandbox: Sandbox, name: str) -> None:
    begin = time.monotonic()
    with pytest.raises(Unreadable, match="Reading evil.bin took longer than 1 seconds and was stopped"):
        deed(sandbox, name, QUICK)
    assert 0.9 < time.monotonic() - begin < 10


def test_processor_time_is_limited_apart_from_the_clock(sandbox: Sandbox) -> None:
    with pytest.raises(Unreadable, match="took longer than 1 seconds"):
        deed(sandbox, "spin", Limits(cpu=1, wall=60.0))


def test_memory_is_limited(sandbox: Sandbox) -> None:
    with pytest.raises(Unreadable, match="Reading evil.bin needed more memory"):
        deed(sandbox, "grow", Limits(memory=200_000_000))


def test_the_limits_of_the_installation_reach_the_child() -> None:
    page = b"<html><body><p>" + b"Words and more words. " * 50 + b"</p></body></html>"
    assert read_upload(page, "long.html").reader == "html"
    with pytest.raises(Unreadable, match="long.html has more than 1000 characters"):
        read_upload(page, "long.html", Limits(reading={"text_characters": 1000}))
    with pytest.raises(Unreadable, match="long.html is larger than 0.0 MB"):
        read_upload(page, "long.html", Limits(upload=100))


@pytest.mark.parametrize("name", ["die", "crash", "exit"])
def test_a_child_that_dies_is_a_sentence(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(Unreadable, match="The reader stopped while reading evil.bin"):
        deed(sandbox, name)


@linux_only
@pytest.mark.parametrize("name", ["connect", "run", "shoot"])
def test_no_network_no_programs_no_signals(sandbox: Sandbox, name: str) -> None:
    worker = sandbox.pid()
    assert deed(sandbox, name).text.startswith("PermissionError")
    assert sandbox.pid() == worker


@linux_only
def test_files_are_neither_filled_nor_removed(sandbox: Sandbox, folder: Path) -> None:
    (folder / "precious").write_text("kept")
    assert deed(sandbox, "remove").text.startswith("PermissionError")
    assert "OSError" in deed(sandbox, "write").text
    assert (folder / "precious").read_text() == "kept"
    assert (folder / "loot").stat().st_size == 0


def test_open_files_are_limited(sandbox: Sandbox) -> None:
    assert "Too many open files" in deed(sandbox, "files").text


def test_secrets_of_the_server_are_not_in_the_child(sandbox: Sandbox) -> None:
    told = deed(sandbox, "environment").text
    assert "TMPDIR" in told and "SECRET" not in told and "DATABASE" not in told


def test_an_answer_that_contradicts_itself_is_not_believed(sandbox: Sandbox) -> None:
    with pytest.raises(Unreadable, match="The reader stopped while reading evil.bin"):
        deed(sandbox, "lie")


def test_an_answer_that_is_too_long_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(Unreadable, match="evil.bin has more than"):
        deed(sandbox, "flood", Limits(output=1_000_000))


def test_many_threads_good_and_bad_files_together(sandbox: Sandbox) -> None:
    """Nobody waits for the hostile files longer than their time, and nobody gets another's text."""
    pdf = report_pdf()
    worker = sandbox.pid()

    def one(number: int) -> str:
        name = f"file{number}.txt"
        try:
            if number % 5 == 0:
                return deed(sandbox, "sleep", Limits(wall=0.5)).text
            if number % 5 == 1:
                return deed(sandbox, "die").text
            if number % 5 == 2:
                return sandbox.read(pdf, "report.pdf", Limits()).title or ""
            return sandbox.read(f"text {number}".encode(), name, Limits()).text
        except Unreadable as problem:
            return problem.code

    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(one, range(40)))
    wanted = {0: "slow", 1: "stopped", 2: "公共评测为什么要先行"}
    assert told == [wanted.get(number % 5, f"text {number}") for number in range(40)]
    assert sandbox.pid() == worker


def test_upload_by_path_and_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("评测")
    assert read_upload(path, "a.txt").text == "评测"
    for data in (path, path.read_bytes()):
        with pytest.raises(Unreadable, match="b.txt is larger than 0.0 MB"):
            read_upload(data, "b.txt", Limits(upload=5))
    path.write_bytes(b"")
    with pytest.raises(Unreadable, match="a.txt is empty"):
        read_upload(path, "a.txt")


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.code not in ("empty", "deep")], ids=str)
def test_bad_files_say_the_same_as_without_the_sandbox(bad: Bad) -> None:
    with pytest.raises(Unreadable) as caught:
        read_upload(bad.make(), bad.name)
    assert caught.value.code == bad.code
    assert bad.name in str(caught.value) and bad.says in str(caught.value)


def test_no_temporary_files_are_left(sandbox: Sandbox, folder: Path) -> None:
    for bad in BAD[2:8]:
        with pytest.raises(Unreadable):
            sandbox.read(bad.make(), bad.name, Limits())
    assert {path.name for path in folder.iterdir()} <= {"precious", "loot"}
