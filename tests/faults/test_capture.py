"""A process that fetches a page is killed half-way: nothing is half-stored, and another takes the capture up again."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.faults.house import ROOT, House

SECONDS = 60  # a busy machine may take that long to start a child
PAGE = b"<html><body>" + b"<p>There were 233 incidents in 2024.</p>" * 400 + b"</body></html>"
PAST = "2020-01-01 00:00:00"


class Site(ThreadingHTTPServer):
    """One page on the loopback address. While `broken` it sends one half, says so, and keeps the other back."""

    daemon_threads = True

    def __init__(self) -> None:
        self.broken = False
        self.half, self.over = threading.Event(), threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        if self.server.broken:
            self.wfile.write(PAGE[: len(PAGE) // 2])
            self.wfile.flush()
            self.server.half.set()
            self.server.over.wait(SECONDS)
        else:
            self.wfile.write(PAGE)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as found:
        threading.Thread(target=found.serve_forever, args=(0.02,), daemon=True).start()
        yield found
        found.over.set()
        found.shutdown()


@pytest.fixture
def fresh(built: House, tmp_path: Path) -> House:
    return built.copy(tmp_path / "data")


def worker(house: House, site: Site, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.fetcher", "work", str(site.server_address[1]), *words]
    return subprocess.Popen(command, cwd=ROOT, env=house.environment(), stdout=subprocess.PIPE, text=True)


def work(house: House, site: Site) -> None:
    """Another process looks for jobs and does what is ready."""
    with worker(house, site) as process:
        assert process.wait(SECONDS) == 0


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    assert process.wait(SECONDS) == -signal.SIGKILL
    assert process.stdout is not None
    process.stdout.close()


def ask(house: House, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(house.database)) as database, database:
        return database.execute(sql).fetchall()


def capture(house: House) -> tuple[Any, ...]:
    return ask(house, "SELECT state, tries, snapshot_id IS NOT NULL FROM annotations_capture")[0]


def told(house: House) -> list[str]:
    return [
        kind for (kind,) in ask(house, "SELECT kind FROM annotations_event WHERE kind LIKE 'source.%' ORDER BY seq")
    ]


def waiting(house: House) -> int:
    return int(ask(house, "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'")[0][0])


def let_the_lease_pass(house: House) -> None:
    ask(house, f"UPDATE annotations_capture SET lease_until = '{PAST}'")
    ask(house, f"UPDATE django_tasks_database_dbtaskresult SET run_after = '{PAST}' WHERE status = 'READY'")


def killed_half_way(house: House, site: Site) -> None:
    site.broken = True
    process = worker(house, site)
    assert site.half.wait(SECONDS), "the page was never asked for"
    kill(process)
    site.broken = False


def killed_before_it_wrote(house: House, site: Site) -> None:
    process = worker(house, site, "end")
    assert process.stdout is not None and process.stdout.readline() == "fetched\n"
    kill(process)


@pytest.mark.parametrize("killed", [killed_half_way, killed_before_it_wrote])
def test_a_killed_capture_is_taken_up_again(fresh: House, site: Site, killed: Any) -> None:
    fresh.run("-m", "tests.faults.fetcher", "ask")
    killed(fresh, site)
    assert capture(fresh) == ("fetching", 1, 0)
    assert ask(fresh, "SELECT * FROM annotations_snapshot") == [] and told(fresh)[-1] == "source.asked"
    assert ask(fresh, "SELECT * FROM annotations_storedfile") == []

    work(fresh, site)  # the killed one might still be at it somewhere else: its lease is waited for
    assert capture(fresh) == ("fetching", 1, 0) and waiting(fresh) == 1

    let_the_lease_pass(fresh)
    work(fresh, site)
    assert capture(fresh) == ("fetched", 2, 1) and waiting(fresh) == 0
    ((text, mime),) = ask(fresh, "SELECT text, mime FROM annotations_snapshot")
    assert text.count("233 incidents") == 400 and mime == "text/html"
    assert len(ask(fresh, "SELECT * FROM annotations_storedfile")) == 1
    assert told(fresh)[-2:] == ["source.asked", "source.captured"]
    assert ask(fresh, "PRAGMA foreign_key_check") == [] and "unbroken" in fresh.manage("verify_history")
