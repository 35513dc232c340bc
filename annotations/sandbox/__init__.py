"""Reads uploaded files in resource-limited child processes, so that no file can stop, fill or take over the server.

    source = read_upload(data, "report.pdf")     # a SourceText, or Unreadable with a sentence for the person

Nothing starts at import; the worker starts with the first file. Plain text needs no child: is_plain(), read_plain().
"""

from pathlib import Path

from annotations.readers.problems import unreadable
from annotations.records import SourceText
from annotations.rules.limits import LIMITS
from annotations.sandbox.limits import Limits
from annotations.sandbox.plain import is_plain, read_plain
from annotations.sandbox.pool import Sandbox

__all__ = ["Limits", "Sandbox", "is_plain", "read_plain", "read_upload"]

DEFAULT = Limits()
_sandbox = Sandbox()


def read_upload(data: bytes | Path, filename: str, limits: Limits = DEFAULT) -> SourceText:
    """Read one file, given as bytes or as a path, in a child of its own; safe from any thread.

    Raises Unreadable with a sentence that names the file: also when it is too large, when the child ran out of time
    or memory, and when it died.
    """
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    if size > limits.upload:
        raise unreadable("too-large", filename, limit=str(LIMITS["upload_bytes"].shown(limits.upload)))
    content = data.read_bytes() if isinstance(data, Path) else data
    if not content:
        raise unreadable("empty", filename)
    return _sandbox.read(content, filename, limits)
