"""Running management commands as the terminal does: what they print, what they answer, how they end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@dataclass
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def run() -> Callable[..., Ended]:
    return run_command


def run_command(*words: object) -> Ended:
    out, err = StringIO(), StringIO()
    try:
        call_command(str(words[0]), *map(str, words[1:]), stdout=out, stderr=err)
        code = 0
    except CommandError as error:
        code = error.returncode
        err.write(str(error))
    except SystemExit as end:
        code = int(end.code or 0)
    return Ended(code, out.getvalue(), err.getvalue())
