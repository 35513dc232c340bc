"""The first step of every text reader: bytes to normalised text, with a sentence when that fails or loses something."""

from dataclasses import dataclass

from annotations.readers import limits
from annotations.readers.charset import decode, decode_declared, iana, is_binary
from annotations.readers.problems import notice, unreadable
from annotations.records import Notice
from annotations.text.cleaning import normalise


@dataclass(frozen=True, slots=True)
class Opened:
    """Normalised text, the IANA name of its character set, and what a person should know about the decoding."""

    text: str
    charset: str
    notices: tuple[Notice, ...] = ()


def open_text(data: bytes, filename: str, declared: str | None = None) -> Opened:
    """Decode a text file; `declared` is the character set it names itself. Raises Unreadable."""
    if not data:
        raise unreadable("empty", filename)
    found = decode_declared(data, declared) if declared else decode(data)
    if found is None:
        raise unreadable("binary" if b"\x00" in data else "charset", filename)
    if is_binary(found.text):
        raise unreadable("binary", filename)
    if len(found.text) > limits.max_characters():
        raise unreadable("too-long", filename, limit=limits.max_characters())
    text = normalise(found.text)
    if not text.strip():
        raise unreadable("blank", filename)
    name = iana(found.charset)
    notices = [notice("lost-bytes", filename, count=found.lost, charset=name)] if found.lost else []
    notices += [notice("charset-guessed", filename, charset=name)] if found.guessed else []
    return Opened(text, name, tuple(notices))
