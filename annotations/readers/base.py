"""What a reader is: a row of READERS, two questions (is this yours? what does it say?) and the names it goes by."""

from collections.abc import Callable
from dataclasses import dataclass

from annotations.records import SourceText


@dataclass(frozen=True, slots=True)
class Reader:
    """One format. `accepts` looks at content only, never raises; `read` returns a SourceText or raises Unreadable.

    `extensions` (lower case, with the dot) decide only where no reader accepts the content; `label` is a proper name
    ("PDF") that is the same in every language.
    """

    name: str
    label: str
    extensions: tuple[str, ...]
    mimes: tuple[str, ...]
    accepts: Callable[[bytes, str], bool]
    read: Callable[[bytes, str], SourceText]
