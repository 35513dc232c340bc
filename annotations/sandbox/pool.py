"""The server's side: starts the worker when the first file comes, hands files over, turns every ending into a sentence.

Safe to call from any number of threads; a process that forks gets a worker of its own.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

import orjson

from annotations.readers.problems import shown, unreadable
from annotations.records import SourceText
from annotations.rules.errors import Unreadable
from annotations.sandbox import wire
from annotations.sandbox.limits import Limits
from annotations.sandbox.wire import ANSWER, CODE, HELLO, LATE, SECONDS

AT_ONCE = 4  # children at the same time; each may use Limits.memory
START = 60.0  # seconds for the worker to load its readers on a busy machine
GRACE = 5.0  # seconds after Limits.wall in which the worker itself should have ended the child
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # no secrets
BOOT = """
import json, sys
sys.path[:] = json.loads(sys.argv[2])
from annotations.sandbox.worker import main
main(int(sys.argv[1]), json.loads(sys.argv[3]))
"""


class NotStarted(Exception):
    """The worker never said hello."""


class Sandbox:
    """One worker process, started on demand, and the way to it."""

    def __init__(self, modules: tuple[str, ...] = ()) -> None:
        """`modules` are imported by the worker before it serves (tests register readers that way)."""
        self._modules = modules
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self.close)

    def read(self, data: bytes, filename: str, limits: Limits) -> SourceText:
        """The file read by a confined child. Raises Unreadable, whatever becomes of the child."""
        name = shown(filename)
        request = orjson.dumps({"filename": name, "limits": asdict(limits)})
        with self._turns, self._connect(name, limits) as connection:
            return _converse(connection, request, data, name, limits)

    def pid(self) -> int | None:
        """The worker's process id; None when it is not running."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def close(self) -> None:
        """Stop the worker and whatever it is reading; the next file starts another."""
        with self._lock:
            self._stop()

    def _forget(self) -> None:
        """In a forked process: the parent's worker is not ours, and its locks may be held by threads we do not have."""
        if self._control:
            self._control.close()
        self._process = self._control = None
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)

    def _connect(self, name: str, limits: Limits) -> socket.socket:
        """A socket whose other end a fresh child holds; a worker that has died is replaced.

        Three times, because a dying worker may still take a file (no hello) before it is found dead (no taking).
        """
        for _ in range(3):
            try:
                return self._hello(limits)
            except NotStarted:
                continue
        raise unreadable("no-reader", name)

    def _hello(self, limits: Limits) -> socket.socket:
        ours, theirs = socket.socketpair()
        with self._lock, theirs:
            control = self._started()
            try:
                socket.send_fds(control, [SECONDS.pack(limits.wall)], [theirs.fileno()])
            except OSError as error:
                ours.close()
                self._stop()
                raise NotStarted from error
        try:
            ours.settimeout(START)
            if ours.recv(1) == HELLO:
                return ours
        except OSError:
            with self._lock:
                if self._control is control:  # else another thread has replaced it already
                    self._stop()
        ours.close()
        raise NotStarted

    def _started(self) -> socket.socket:
        """The control socket of a running worker. Call with the lock held."""
        if self._process and self._control and self._process.poll() is None:
            return self._control
        self._stop()
        self._control, theirs = socket.socketpair()
        self._control.settimeout(START)
        paths = json.dumps([str(Path(entry).resolve()) for entry in sys.path])
        arguments = [sys.executable, "-I", "-c", BOOT, str(theirs.fileno()), paths, json.dumps(self._modules)]
        with theirs:
            self._process = subprocess.Popen(
                arguments,
                pass_fds=(theirs.fileno(),),
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C at the terminal is for the server
            )
        return self._control

    def _stop(self) -> None:
        if self._control:
            self._control.close()  # the worker kills its children and ends
        if self._process:
            try:
                self._process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = self._control = None


def _converse(connection: socket.socket, request: bytes, data: bytes, name: str, limits: Limits) -> SourceText:
    """Send the file, await the answer or the child's end, and judge it."""
    deadline = time.monotonic() + limits.wall + GRACE
    try:
        mark, answer = _exchange(connection, request, data, limits, deadline)
    except TimeoutError as error:
        raise unreadable("slow", name, limit=round(limits.wall)) from error
    except (OSError, EOFError, ValueError) as error:
        raise unreadable("stopped", name) from error
    if mark == ANSWER:
        return wire.decode(answer, name)
    raise _ending(CODE.unpack(answer)[0], name, limits)


def _exchange(
    connection: socket.socket, request: bytes, data: bytes, limits: Limits, deadline: float
) -> tuple[bytes, bytes]:
    connection.settimeout(deadline - time.monotonic())
    try:
        wire.send(connection, request)
        wire.send(connection, data)
    except (BrokenPipeError, ConnectionResetError):
        pass  # the child is dead already; what killed it comes next
    mark = wire.exactly(connection, 1, deadline)
    if mark != ANSWER:
        return mark, wire.exactly(connection, CODE.size, deadline)
    return mark, wire.receive(connection, limits.output, deadline)


def _ending(code: int, name: str, limits: Limits) -> Unreadable:
    """The sentence for a child that ended without an answer."""
    if code == -signal.SIGXCPU:
        return unreadable("slow", name, limit=limits.cpu)
    if code in (LATE, -signal.SIGALRM):
        return unreadable("slow", name, limit=round(limits.wall))
    return unreadable("stopped", name)
