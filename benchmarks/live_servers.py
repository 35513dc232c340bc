"""PostgreSQL, Redis and several processes of the application, thrown away afterwards; not a benchmark itself."""

from __future__ import annotations

import contextlib
import getpass
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.server import ROOT

LISTENING = "aigov live"  # application_name of annotations/live/wires.py
WEB = 3
PATIENCE = 60.0


def missing() -> str:
    """Which of the programs is not installed; "" when all are."""
    if postgres_folder() is None:
        return "PostgreSQL"
    return "" if shutil.which("redis-server") else "Redis"


def postgres_folder() -> Path | None:
    """Where the newest initdb lies."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """The DATABASE_URL of a new server. Its commits reach the disk, as in production."""
    programs = postgres_folder()
    assert programs is not None
    with tempfile.TemporaryDirectory(prefix="aigov-bench-pg-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), free_port()
        user = ["runuser", "-u", "postgres", "--"] if getpass.getuser() == "root" else []
        if user:
            shutil.chown(folder, "postgres")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200"
        control = [*user, str(programs / "pg_ctl"), "-D", f"{folder}/data"]
        made = [*user, str(programs / "initdb"), "-D", f"{folder}/data", *"-A trust -U aigov -E UTF8".split()]
        quietly([*made, "--locale=C.UTF-8"])
        quietly([*control, "-l", f"{folder}/log", "-w", "-o", options, "start"])
        try:
            yield f"postgres://aigov@127.0.0.1:{port}/postgres"
        finally:
            quietly([*control, "-m", "immediate", "-w", "stop"])


def quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """The REDIS_URL of a new server that keeps nothing."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="aigov-bench-redis-") as folder:
        command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder]
        with ended([*command, "--logfile", f"{folder}/log"], dict(os.environ)):
            yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def ended(command: list[str], environment: Mapping[str, str]) -> Iterator[int]:
    """A process that is ended in order when the block is left, and killed if it does not end."""
    process = subprocess.Popen(command, cwd=ROOT, env=dict(environment))
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def several(environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """(port of pages and API, port of live events), by the commands of docs/production.md with three workers."""
    pages, events = free_port(), free_port()
    environ = {**environment, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    gunicorn = [
        "gunicorn", "aigov.wsgi:application", "--bind", f"127.0.0.1:{pages}", "--worker-class", "gthread",
        "--workers", str(WEB), "--threads", "4", "--timeout", "60", "--log-level", "error",
    ]  # fmt: skip
    uvicorn = [
        "uvicorn", "aigov.asgi:application", "--host", "127.0.0.1", "--port", str(events), "--no-access-log",
        "--no-proxy-headers", "--timeout-graceful-shutdown", "5", "--log-level", "error",
    ]  # fmt: skip
    run = [sys.executable, "-m"]
    with ended([*run, *gunicorn], environ), ended([*run, *uvicorn], environ):
        for port in (pages, events):
            wait_for_answer(port)
        yield pages, events


def wait_for_answer(port: int) -> None:
    """TimeoutError when there is none for a minute."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise TimeoutError(f"Nothing answers on port {port}.")


def cut_redis(url: str) -> int:
    """Cut every connection, those that publish too; how many subscriptions there were."""
    import redis as client

    with client.Redis.from_url(url) as wire:
        wire.execute_command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        return int(wire.execute_command("CLIENT", "KILL", "TYPE", "pubsub"))


def cut_listen(url: str) -> int:
    """Cut every connection that listens for NOTIFY; how many there were."""
    import psycopg

    found = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = %s"
    with psycopg.connect(url) as wire:
        row = wire.execute(found, [LISTENING]).fetchone()
    return int(row[0]) if row else 0
