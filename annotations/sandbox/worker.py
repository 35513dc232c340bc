"""The program beside the server that reads files: it loads the readers once and forks a confined child for each file.

The server (pool.py) sends over the control socket, for each file, eight bytes (seconds allowed) and one end of a fresh
socket pair. On that socket: HELLO from here, the request from the server, the answer from the child, and from here the
STATUS with which the child ended. When the control socket closes, the server is gone: all children are killed.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import time
from dataclasses import dataclass
from typing import NoReturn

from annotations import readers
from annotations.readers.problems import unreadable
from annotations.rules.errors import Unreadable
from annotations.rules.limits import follow
from annotations.sandbox import wire
from annotations.sandbox.confine import confine
from annotations.sandbox.limits import Limits
from annotations.sandbox.wire import ANSWER, CODE, HELLO, LATE, SECONDS, STATUS

HEAVY = ("mammoth", "annotations.readers.page", "annotations.readers.pdftext")
CODECS = ("gb18030", "big5hkscs", "cp950", "cp1252", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


@dataclass(slots=True)
class Job:
    """A child that is reading, its socket, and when it must be done."""

    connection: socket.socket
    deadline: float
    late: bool = False


class Worker:
    """The loop: take jobs, fork, reap, kill what is late."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._jobs: dict[int, Job] = {}
        self._woken, self._wake = os.pipe()

    def run(self) -> None:
        """Until the server closes the control socket."""
        os.set_blocking(self._wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        while True:
            wait = min((job.deadline for job in self._jobs.values() if not job.late), default=None)
            seconds = None if wait is None else max(0.0, wait - time.monotonic())
            ready, _, _ = select.select([self._control.fileno(), self._woken], [], [], seconds)
            if self._woken in ready:
                os.read(self._woken, 4096)
            self._reap()
            self._kill_late()
            if self._control.fileno() in ready and not self._accept():
                break
        for pid in self._jobs:
            os.kill(pid, signal.SIGKILL)

    def _accept(self) -> bool:
        """Start one job; False when the server is gone."""
        message, descriptors, _, _ = socket.recv_fds(self._control, SECONDS.size, 1)
        if not message:
            return False
        connection = socket.socket(fileno=descriptors[0])
        try:
            connection.sendall(HELLO)
            pid = os.fork()
        except OSError:  # the server gave up waiting, or there is no room for a process: closing tells it
            connection.close()
            return True
        if pid == 0:
            _child(connection)
        self._jobs[pid] = Job(connection, time.monotonic() + SECONDS.unpack(message)[0])
        return True

    def _reap(self) -> None:
        for pid in list(self._jobs):
            done, status = os.waitpid(pid, os.WNOHANG)
            if not done:
                continue
            job = self._jobs.pop(pid)
            code = LATE if job.late else os.waitstatus_to_exitcode(status)
            try:
                job.connection.send(STATUS + CODE.pack(code), socket.MSG_DONTWAIT)
            except OSError:
                pass  # the server has its answer already, or has gone
            job.connection.close()

    def _kill_late(self) -> None:
        now = time.monotonic()
        for pid, job in self._jobs.items():
            if job.deadline <= now and not job.late:
                job.late = True
                os.kill(pid, signal.SIGKILL)  # ours and not yet waited for, so the number cannot be anybody else's


def _child(connection: socket.socket) -> NoReturn:
    """In the new process: give everything up, read one file, answer, end. Never returns into the loop."""
    status = 1
    try:
        _isolate(connection.fileno())
        request = json.loads(wire.receive(connection))
        allowed = Limits(**request["limits"])
        follow(lambda: allowed.reading)
        confine(allowed)
        answer = _answer(wire.receive(connection), request["filename"], allowed.output)
        wire.send(connection, answer, ANSWER)
        status = 0
    finally:
        os._exit(status)


def _isolate(keep: int) -> None:
    """Close all descriptors but one (the control socket and others' sockets among them); default signals; no input."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    os.closerange(3, keep)
    os.closerange(keep + 1, os.sysconf("SC_OPEN_MAX"))


def _answer(data: bytes, filename: str, longest: int) -> bytes:
    try:
        answer = wire.encode_source(readers.read(data, filename))
    except Unreadable as problem:
        return wire.encode_problem(problem)
    except MemoryError:
        return wire.encode_problem(unreadable("memory", filename))
    if len(answer) > longest:
        return wire.encode_problem(unreadable("too-long", filename, limit=readers.limits.max_characters()))
    return answer


def main(control: int, modules: list[str]) -> None:
    """Run on the inherited control socket; `modules` are imported first (tests bring readers of their own)."""
    for name in (*HEAVY, *modules):
        importlib.import_module(name)
    _warm()
    gc.collect()
    gc.freeze()  # children share this memory as long as nobody touches it
    Worker(socket.socket(fileno=control)).run()


def _warm() -> None:
    """Read a little of everything, so that tables and patterns are built once and not in every child."""
    for name in CODECS:
        "".encode(name)
    paragraph = "Rules for 人工智能 are made in many places, and this line is long enough to be called prose. " * 4
    readers.read(f"<html><body><h1>Rules</h1><p>{paragraph}</p></body></html>".encode(), "warm.html")
    readers.read(f"# Rules\n\n{paragraph}".encode(), "warm.md")
    readers.read(f"Rules\n{paragraph}".encode("gb18030"), "warm.txt")
