"""The life of the sandbox's worker: when it starts, when it ends, and what it leaves behind (nothing)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotations.rules.errors import Unreadable
from annotations.sandbox import Limits, Sandbox
from tests.sandboxes import children, deed, gone, hostile_sandbox, linux_only

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with hostile_sandbox(tmp_path_factory.mktemp("worker")) as running:
        yield running


@linux_only
def test_no_zombies_and_no_open_ends(sandbox: Sandbox) -> None:
    before = len(os.listdir("/proc/self/fd"))
    for name in ("die", "exit", "connect"):
        try:
            deed(sandbox, name)
        except Unreadable:
            continue
    worker = sandbox.pid()
    assert worker is not None
    until = time.monotonic() + 5
    while children(worker) and time.monotonic() < until:
        time.sleep(0.02)
    assert children(worker) == []
    assert [pid for pid, state in children(os.getpid()) if state == "Z"] == []
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_dead_worker_is_replaced(sandbox: Sandbox) -> None:
    worker = sandbox.pid()
    assert worker is not None
    os.kill(worker, signal.SIGKILL)
    assert sandbox.read(b"after", "a.txt", Limits()).text == "after"
    assert sandbox.pid() not in (None, worker)


def test_a_worker_that_cannot_start_is_a_sentence() -> None:
    broken = Sandbox(("there.is.no.such.module",))
    with pytest.raises(Unreadable, match="a.txt could not be read because no reader started"):
        broken.read(b"text", "a.txt", Limits())
    broken.close()


def test_closing_ends_the_worker_and_the_next_file_starts_another() -> None:
    own = Sandbox()
    assert own.pid() is None
    own.read(b"one", "a.txt", Limits())
    worker = own.pid()
    assert worker is not None
    own.close()
    assert own.pid() is None and gone(worker)
    assert own.read(b"two", "a.txt", Limits()).text == "two"
    own.close()


@linux_only
def test_a_forked_server_process_gets_a_worker_of_its_own(sandbox: Sandbox) -> None:
    worker = sandbox.pid()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            good = sandbox.pid() is None and sandbox.read(b"forked", "a.txt", Limits()).text == "forked"
            status = 0 if good and sandbox.pid() != worker else 1
            sandbox.close()
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert sandbox.pid() == worker
    assert sandbox.read(b"parent", "a.txt", Limits()).text == "parent"


SERVER = """
import sys, time
from annotations import sandbox
print(sandbox._sandbox.pid(), flush=True)
sandbox.read_upload(b"text", "a.txt")
print(sandbox._sandbox.pid(), flush=True)
time.sleep(60)
"""


@linux_only
def test_nothing_starts_at_import_and_nothing_outlives_the_server() -> None:
    with subprocess.Popen([sys.executable, "-c", SERVER], cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "None\n"
        worker = int(server.stdout.readline())
        server.kill()
    assert gone(worker)
