"""The short way for plain text: no child process, because no parser is run but our own decoding and splitting."""

from annotations import readers
from annotations.readers import charset, limits, sniff, txt
from annotations.records import SourceText


def is_plain(data: bytes, filename: str) -> bool:
    """Whether this is plain text by name and content, small enough, in a character set that needs no guessing.

    Markdown is not: its parser takes seconds for hostile files of a few kilobytes.
    """
    if readers.extension_of(filename) not in txt.READER.extensions or not 0 < len(data) <= limits.PLAIN_BYTES:
        return False
    if sum(map(data.count, (b"\n", b"\r", b"\f"))) > limits.PLAIN_LINES:
        return False
    if sniff.is_container(data) or sniff.kind(data) is not None:
        return False
    return charset.decode(data, guess=False) is not None


def read_plain(data: bytes, filename: str) -> SourceText:
    """Read a file for which is_plain() is true. Raises Unreadable (nothing but white space, binary data)."""
    return readers.read(data, filename)
