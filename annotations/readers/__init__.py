"""Bytes -> SourceText: one file for each format, one table of all. Pure: no Django, no database.

To add a format: a module with a READER, its name in READERS, a row and a sample in tests/readers/vectors.py.
"""

import os
from dataclasses import replace

from annotations.readers import docx, epub, html, limits, md, odt, pdf, sniff, txt
from annotations.readers.base import Reader
from annotations.readers.decoding import open_text
from annotations.readers.problems import PROBLEMS, notice, unreadable
from annotations.records import SourceText
from annotations.rules.errors import Problem, Unreadable

#: Asked in this order whether a file's content is theirs: the specific before the general.
READERS: tuple[Reader, ...] = (
    pdf.READER,
    docx.READER,
    odt.READER,
    epub.READER,
    html.READER,
    md.READER,
    txt.READER,
)
TEXT_READERS = (html.READER, md.READER, txt.READER)
# Extensions that promise no other content: the sentence about these names what to save the file as.
KNOWN_UNREADABLE = {
    ".doc": "old-word", ".dot": "old-word", ".wps": "old-office", ".rtf": "rtf", ".xls": "spreadsheet",
    ".xlsx": "spreadsheet", ".ods": "spreadsheet", ".ppt": "slides", ".pptx": "slides", ".odp": "slides",
    ".zip": "zip", ".rar": "archive", ".7z": "archive", ".exe": "program", ".dll": "program",
}  # fmt: skip


def read(data: bytes, filename: str) -> SourceText:
    """What the file says. Content decides which reader, the extension only where content says nothing.

    Raises Unreadable, and nothing else, with a sentence that names the file, the reason and the way out.
    """
    if not data:
        raise unreadable("empty", filename)
    reader = reader_for(data, filename)
    try:
        source = reader.read(data, filename)
    except Problem:
        raise
    except RecursionError as error:
        raise unreadable("deep", filename, limit=limits.MAX_DEPTH) from error
    except MemoryError as error:
        raise unreadable("memory", filename) from error
    except Exception as error:  # parsers of strangers' files raise whatever they like; the person gets one sentence
        raise unreadable("broken", filename, format=reader.label) from error
    return _with_name_notice(source, reader, filename)


def reader_for(data: bytes, filename: str) -> Reader:
    """The reader of this file. Raises Unreadable for what is recognised but cannot be read."""
    for reader in READERS:
        if reader.accepts(data, filename):
            return reader
    found, extension = sniff.kind(data), extension_of(filename)
    if found in PROBLEMS:
        raise unreadable(found, filename)
    named = next((reader for reader in READERS if extension in reader.extensions), txt.READER)
    if named in TEXT_READERS and extension not in KNOWN_UNREADABLE:
        return named
    if _is_text(data, filename):
        return txt.READER
    if extension in KNOWN_UNREADABLE:
        raise unreadable(KNOWN_UNREADABLE[extension], filename)
    return named  # it will find out what is wrong


def extension_of(filename: str) -> str:
    """Lower case, with the dot; "" when there is none."""
    return os.path.splitext(filename)[1].lower()


def _is_text(data: bytes, filename: str) -> bool:
    try:
        open_text(data, filename)
    except Unreadable:
        return False
    return True


def _with_name_notice(source: SourceText, reader: Reader, filename: str) -> SourceText:
    """Say so when the name promises another format than the content is."""
    extension = extension_of(filename)
    promised = extension in KNOWN_UNREADABLE or any(extension in other.extensions for other in READERS)
    if not promised or extension in reader.extensions:
        return source
    return replace(source, notices=(notice("named-otherwise", filename, format=reader.label), *source.notices))
