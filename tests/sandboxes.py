"""A sandbox whose worker knows the hostile reader, and looks at processes, for the tests of the sandbox."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotations.records import SourceText
from annotations.sandbox import Limits, Sandbox

DEFAULT, QUICK = Limits(), Limits(wall=1.0)
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the filter of system calls is Linux's")


@contextmanager
def hostile_sandbox(folder: Path) -> Iterator[Sandbox]:
    """A running sandbox whose temporary files, if any, would be in `folder`; the server has a secret."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setenv("AIGOV_SECRET_KEY", "nobody may know")
        sandbox = Sandbox(("tests.readers.hostile",))
        sandbox.read(b"start", "a.txt", Limits())
        yield sandbox
        sandbox.close()


def deed(sandbox: Sandbox, name: str, limits: Limits = DEFAULT) -> SourceText:
    return sandbox.read(f"HOSTILE {name}".encode(), "evil.bin", limits)


def children(parent: int) -> list[tuple[int, str]]:
    """(pid, state) of the children of a process, from /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, owner = entry.read_text().rpartition(") ")[2].split()[:2]
        except OSError:
            continue
        if int(owner) == parent:
            found.append((int(entry.parent.name), state))
    return found


def gone(pid: int, seconds: float = 5.0) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if (Path("/proc") / str(pid) / "stat").read_text().rpartition(") ")[2].startswith("Z"):
                return True
        except OSError:
            return True
        time.sleep(0.02)
    return False
