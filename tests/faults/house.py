"""An installation of its own for tests that kill it: data folder, people, a server that is started again and again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNUSED = ("redoc", "rest_framework")  # as in the Makefile


@dataclass(frozen=True)
class Place:
    """What tests/faults/people.py made: a corpus, a document, a token for each of its people."""

    corpus: int
    slug: str
    document: int
    head: int
    tokens: list[str]


class House:
    """One installation over SQLite; the server always comes back on the same port."""

    def __init__(self, data: Path) -> None:
        self.data, self.port, self.log = data, free_port(), data.parent / "server.log"
        self.process: subprocess.Popen[str] | None = None
        self.place = Place(0, "", 0, 0, [])

    def build(self) -> None:
        """What `make run` does before it serves, and the people."""
        self.data.mkdir(mode=0o700)
        self.manage("migrate", "--verbosity", "0")
        ignored = [word for name in UNUSED for word in ("--ignore", name)]
        self.manage("collectstatic", "--no-input", "--verbosity", "0", *ignored)
        self.place = Place(**json.loads(self.run("-m", "tests.faults.people")))

    def copy(self, data: Path) -> House:
        """Another one that is the same; this one must not run."""
        shutil.copytree(self.data, data)
        found = House(data)
        found.place = self.place
        return found

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.data / "db.sqlite3"

    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"], "AIGOV_DATA": str(self.data), "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "aigov.settings",
        }  # fmt: skip

    def run(self, *words: str) -> str:
        """What a Python of this installation printed; AssertionError with its last words when it failed."""
        done = subprocess.run(
            [sys.executable, *words], cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-1000:]}{done.stderr[-3000:]}"
        return done.stdout

    def manage(self, *words: str) -> str:
        return self.run("manage.py", *words)

    def start(self) -> int:
        """The process id of a server that listens; who asks before it has loaded waits a moment."""
        assert self.process is None
        command = [sys.executable, "manage.py", "start", "--port", str(self.port)]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.startswith("aigov runs at"), self.log.read_text()[-3000:]
        return self.process.pid

    def kill(self) -> None:
        """As the kernel does it when memory ends: no last word."""
        self.end(signal.SIGKILL)

    def end(self, number: signal.Signals, seconds: float = 30) -> int:
        """Its exit code; TimeoutExpired when it lives on."""
        process, self.process = self.process, None
        assert process is not None and process.stdout is not None
        process.send_signal(number)
        try:
            return process.wait(seconds)
        finally:
            process.kill()
            process.wait()
            process.stdout.close()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
