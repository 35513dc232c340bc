"""The application as `make run` starts it, on a free port of this machine and in a data folder that is thrown away."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNUSED = ("redoc", "rest_framework")  # as in the Makefile
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/")
PATIENCE = 60.0


def environment(data: Path) -> dict[str, str]:
    """This process's own, without what would lead to another database, and with the data folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AIGOV_")}
    for name in ("DATABASE_URL", "REDIS_URL"):
        kept.pop(name, None)
    return {**kept, "AIGOV_DATA": str(data), "DJANGO_SETTINGS_MODULE": "aigov.settings"}


def manage(data: Path, *arguments: str) -> str:
    """Run one command of manage.py to its end; what it printed. RuntimeError with its last words when it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(data), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]}: {done.stderr[-2000:]}")
    return done.stdout


@contextmanager
def prepared() -> Iterator[Path]:
    """A data folder in which everything is done that `make run` does before it serves, but for the demo."""
    with tempfile.TemporaryDirectory(prefix="aigov-bench-") as folder:
        data = Path(folder)
        manage(data, "migrate", "--verbosity", "0")
        ignored = [word for name in UNUSED for word in ("--ignore", name)]
        manage(data, "collectstatic", "--no-input", "--verbosity", "0", *ignored)
        yield data


@contextmanager
def running(data: Path) -> Iterator[tuple[int, int]]:
    """(process id, port) of the server; it is ended in order when the block is left, and killed if it does not end."""
    command = [sys.executable, "manage.py", "start", "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        found = ADDRESS.search(server.stdout.readline())
        if found is None:
            raise RuntimeError("The server did not say where it listens.")
        yield server.pid, int(found[1])
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def first_page(port: int, path: str = "/accounts/login/") -> bytes:
    """The page, asked for until it comes. TimeoutError after a minute."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status == http.client.OK:
                return body
        except OSError:
            time.sleep(0.01)
        finally:
            connection.close()
    raise TimeoutError(f"No page within {PATIENCE:g} seconds.")
