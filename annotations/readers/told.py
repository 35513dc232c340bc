"""What a server said of the bytes it sent: the character set of its header counts before the one a page names."""

import codecs

from annotations.readers import sniff
from annotations.readers.charset import decode_told

#: Kinds of content that are text as it stands; a PDF or an archive has no character set of its own.
TEXTS = (None, "html")


def in_utf8(data: bytes, charset: str) -> bytes:
    """A text that is written as its server said, in UTF-8 with a byte-order mark, which every reader takes first; all
    other bytes as they are, so that a wrong header destroys nothing."""
    if not charset or sniff.kind(data) not in TEXTS:
        return data
    found = decode_told(data, charset)
    return data if found is None else codecs.BOM_UTF8 + found.text.encode()
