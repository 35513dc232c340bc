"""`manage.py start` as people use it: a real process, real sockets, real signals."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def environment(data: Path) -> dict[str, str]:
    """A fresh installation on SQLite."""
    return {"PATH": os.environ["PATH"], "AIGOV_DATA": str(data), "PYTHONUNBUFFERED": "1"}


def manage(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment(data), capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with tables and static files."""
    folder = tmp_path_factory.mktemp("start")
    for words in (["migrate", "--verbosity", "0"], ["collectstatic", "--no-input", "--verbosity", "0"]):
        done = manage(folder, *words)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A running server and its port."""
    command = [sys.executable, "manage.py", "start", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("aigov runs at http://127.0.0.1:"), line
    yield process, int(line.split(":")[2].split("/")[0])
    process.kill()
    process.wait()
    process.stdout.close()


def ask(
    port: int, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    """One request: status, headers in lower case, body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    found = response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()
    connection.close()
    return found


def test_pages_are_served_with_hashed_static_files(server: tuple[subprocess.Popen[str], int]) -> None:
    status, headers, body = ask(server[1], "GET", "/healthz")
    assert status == 200 and json.loads(body)["status"] == "ok"
    assert headers["cache-control"] == "no-store" and "server" not in headers
    assert ask(server[1], "GET", "/accounts/login/")[0] == 200


def test_a_second_request_does_not_wait_for_the_network(server: tuple[subprocess.Popen[str], int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server[1], timeout=20)
    times = []
    for _ in range(20):
        begin = time.monotonic()
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        times.append(time.monotonic() - begin)
    connection.close()
    assert min(times[1:]) < 0.035  # without TCP_NODELAY each takes 40 ms or more


def test_a_giant_is_refused_in_words(server: tuple[subprocess.Popen[str], int]) -> None:
    status, headers, body = ask(server[1], "POST", "/healthz", b"x" * 17_000_000, Content_Type="application/json")
    assert status == 413 and headers["content-type"] == "application/problem+json"
    assert "Nothing was stored" in json.loads(body)["detail"]


def test_slow_senders_hold_no_thread(server: tuple[subprocess.Popen[str], int]) -> None:
    slow = [socket.create_connection(("127.0.0.1", server[1])) for _ in range(30)]
    for sender in slow:
        sender.sendall(b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx")
    begin = time.monotonic()
    assert ask(server[1], "GET", "/healthz")[0] == 200
    assert time.monotonic() - begin < 5
    for sender in slow:
        sender.close()


def test_a_port_in_use_is_explained(data: Path, server: tuple[subprocess.Popen[str], int]) -> None:
    second = manage(data, "start", "--port", str(server[1]))
    assert second.returncode == 1
    assert "Is aigov running already?" in second.stderr and "Traceback" not in second.stderr


def test_it_ends_in_order(data: Path, server: tuple[subprocess.Popen[str], int]) -> None:
    begin = time.monotonic()
    server[0].send_signal(signal.SIGTERM)
    assert server[0].wait(15) == 0
    assert time.monotonic() - begin < 12


def test_missing_tables_are_explained(tmp_path: Path) -> None:
    done = manage(tmp_path, "start", "--port", "0")
    assert done.returncode == 1 and "manage.py migrate" in done.stderr and "Traceback" not in done.stderr
