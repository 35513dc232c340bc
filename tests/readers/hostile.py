"""A reader that does what a hijacked parser would do; only the worker of the sandbox tests imports it.

The file names the deed: b"HOSTILE spin". A deed that is refused is told as the text of the document.
"""

import ctypes
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from annotations import readers
from annotations.readers.base import Reader
from annotations.records import SourceText
from annotations.text.blocks import Block

MARK = b"HOSTILE "


def spin() -> None:
    while True:
        pass


def stuck_in_c() -> None:
    re.fullmatch("(a+)+b", "a" * 60)  # no signal handler of Python's runs before this ends


def grow() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(10_000_000))


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9))


def run() -> None:
    subprocess.run([sys.executable, "-V"], check=True)


def shoot() -> None:
    os.kill(os.getppid(), signal.SIGKILL)


def write() -> None:
    with open(os.environ["TMPDIR"] + "/loot", "wb") as target:
        target.write(b"x" * 100)


def remove() -> None:
    os.remove(os.environ["TMPDIR"] + "/precious")


def hoard_files() -> None:
    opened = []
    while True:
        opened.append(open(os.devnull))  # noqa: SIM115


def environment() -> None:
    raise OSError(" ".join(sorted(os.environ)))


DEEDS: dict[str, Callable[[], object]] = {
    "spin": spin,
    "sleep": lambda: time.sleep(60),
    "stuck": stuck_in_c,
    "grow": grow,
    "die": lambda: signal.raise_signal(signal.SIGKILL),
    "crash": lambda: ctypes.string_at(0),
    "exit": lambda: os._exit(0),
    "connect": connect,
    "run": run,
    "shoot": shoot,
    "write": write,
    "remove": remove,
    "files": hoard_files,
    "environment": environment,
}


def accepts(data: bytes, filename: str) -> bool:
    return data.startswith(MARK)


def read(data: bytes, filename: str) -> SourceText:
    deed = data.removeprefix(MARK).decode()
    if deed == "flood":
        return SourceText("x" * 3_000_000, (Block("paragraph", 0, 3_000_000),), "txt")
    if deed == "lie":
        return SourceText("short", (Block("paragraph", 0, 5000),), "txt")
    try:
        DEEDS[deed]()
    except OSError as refusal:
        text = f"{type(refusal).__name__}: {refusal}"
        return SourceText(text, (Block("paragraph", 0, len(text)),), "txt")
    return SourceText("done", (Block("paragraph", 0, 4),), "txt")


readers.READERS = (Reader("hostile", "HOSTILE", (), (), accepts, read), *readers.READERS)
