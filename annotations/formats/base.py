"""What every export format is: a name, a label, a writer that streams, and an honest list of what it leaves out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from annotations.records import Export, Loss

#: Bytes of one piece of a streamed answer: big enough to be cheap, small enough to keep memory flat.
CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Format:
    """One export format. `write` gives the file in pieces of about CHUNK bytes and reads the export lazily, once."""

    name: str
    label: str  # English msgid
    extension: str  # without the dot
    mime: str
    write: Callable[[Export], Iterator[bytes]]
    losses: Callable[[Export], list[Loss]]
    lossless: bool = False  # True: importing it into an empty corpus and exporting again gives the same bytes


def chunked(parts: Iterable[bytes], size: int = CHUNK) -> Iterator[bytes]:
    """The same bytes in pieces of at least `size` bytes; only the last may be shorter."""
    held: list[bytes] = []
    length = 0
    for part in parts:
        held.append(part)
        length += len(part)
        if length >= size:
            yield b"".join(held)
            held.clear()
            length = 0
    if held:
        yield b"".join(held)
