"""Every sentence a reader may say about a file: problems (it is refused) and notices (it was read, but look).

One table each, by code. The sandbox sends codes and parameters only, so a hijacked reader cannot invent a sentence.
"""

import posixpath

from annotations.records import Notice
from annotations.rules.errors import Unreadable, noop

PROBLEMS: dict[str, str] = {
    "empty": noop("%(name)s is empty (0 bytes). Upload the file again, or paste the text."),
    "blank": noop("%(name)s contains nothing but white space. Upload the file again, or paste the text."),
    "binary": noop(
        "%(name)s is not text but binary data. Upload the document itself, as PDF, DOCX, ODT, EPUB, HTML or text."
    ),
    "program": noop(
        "%(name)s is a program, not a document. Upload the document itself, as PDF, DOCX, ODT, EPUB, HTML or text."
    ),
    "image": noop("%(name)s is a picture. Run text recognition (OCR) on it and upload the result as PDF or text."),
    "media": noop("%(name)s is a sound or film file. Upload its transcript as text, DOCX or PDF."),
    "old-word": noop(
        "%(name)s is in the old Word format (.doc). Open it in Word or LibreOffice, save it as DOCX, and upload that."
    ),
    "old-office": noop(
        "%(name)s is an old Office file. Open it in its program, save it as PDF or DOCX, and upload that."
    ),
    "rtf": noop(
        "%(name)s is in Rich Text Format. Open it in a word processor, save it as DOCX or ODT, and upload that."
    ),
    "spreadsheet": noop(
        "%(name)s is a spreadsheet. Save the sheet that holds the text as PDF, or copy the text and paste it."
    ),
    "slides": noop("%(name)s is a presentation. Export it as PDF and upload that."),
    "drawing": noop("%(name)s is an OpenDocument file, but not a text. Export it as PDF and upload that."),
    "zip": noop("%(name)s is a zip archive. Unpack it and upload the documents in it; several at once are fine."),
    "archive": noop(
        "%(name)s is a packed archive. Unpack it and upload the documents in it; several at once are fine."
    ),
    "database": noop("%(name)s is a database file. Export the text that you need and upload that."),
    "encrypted": noop("%(name)s is protected by a password. Save a copy without the password and upload that."),
    "protected-book": noop(
        "%(name)s is an e-book with copy protection; its text is encrypted. Upload an unprotected copy."
    ),
    "scanned": noop(
        "%(name)s has no text on any of its pages (%(pages)s): it is a scan. Run OCR first and upload the result."
    ),
    "fonts": noop("%(name)s shows its text in fonts that do not say which characters they draw. Run OCR on it first."),
    "broken": noop(
        "%(name)s is damaged and cannot be read as %(format)s. Save it again in its program and upload that."
    ),
    "charset": noop("%(name)s is text in an unknown character set. Save it as UTF-8 and upload it again."),
    "zip-size": noop(
        "%(name)s unpacks to far more than a document needs (over %(limit)s MB). Save it again without its pictures."
    ),
    "zip-ratio": noop(
        "%(name)s is packed suspiciously tightly (over %(limit)s to 1). Save it again, or upload it as PDF."
    ),
    "zip-members": noop(
        "%(name)s holds %(count)s parts; %(limit)s is the limit. Save it again in its program, or upload it as PDF."
    ),
    "dtd": noop("%(name)s contains XML declarations (a DTD) that no document needs. Save it again and upload that."),
    "deep": noop("%(name)s is nested more than %(limit)s levels deep. Save it as plain text and upload that."),
    "pages": noop("%(name)s has %(count)s pages; %(limit)s is the limit. Split it into several files."),
    "too-long": noop("%(name)s has more than %(limit)s characters of text. Split it into several files."),
    "too-large": noop(
        "%(name)s is larger than %(limit)s MB. Split it into several files, or save it without its pictures."
    ),
    "slow": noop(
        "Reading %(name)s took longer than %(limit)s seconds and was stopped. Save it as plain text, or split it."
    ),
    "memory": noop("Reading %(name)s needed more memory than one file may use. Save it as plain text, or split it."),
    "stopped": noop(
        "The reader stopped while reading %(name)s; it may be damaged. Save it again in its program, or as text."
    ),
    "no-reader": noop(
        "%(name)s could not be read because no reader started. Try again; if that fails, tell the administrator."
    ),
}

NOTICES: dict[str, str] = {
    "named-otherwise": noop("%(name)s is named like another type of file, but it is %(format)s and was read as that."),
    "lost-bytes": noop("Places in %(name)s that could not be decoded as %(charset)s: %(count)s. Each shows as \ufffd."),
    "charset-guessed": noop(
        "%(name)s does not say how it is encoded; it was read as %(charset)s. Check that it reads well."
    ),
    "pages-without-text": noop("These pages of %(name)s have no text, perhaps because they are scans: %(pages)s."),
    "page-furniture": noop("Lines of menus, link lists and footers of the page that were left out: %(count)s."),
    "deleted-text": noop("%(name)s contains tracked changes; deleted text was left out."),
}

NAME_LENGTH = 120


def shown(filename: str) -> str:
    """The name as a sentence may show it: no folders, no control characters, at most NAME_LENGTH code points."""
    base = posixpath.basename(filename.replace("\\", "/")) or "file"
    clean = "".join(c if c.isprintable() else "\ufffd" for c in base)
    return clean if len(clean) <= NAME_LENGTH else clean[: NAME_LENGTH - 20] + "\u2026" + clean[-19:]


def unreadable(code: str, filename: str, **params: str | int) -> Unreadable:
    """The problem `code` of PROBLEMS about this file. KeyError when there is no such code."""
    return Unreadable(code, PROBLEMS[code], field="file", name=shown(filename), **params)


def notice(code: str, filename: str, **params: str | int) -> Notice:
    """The notice `code` of NOTICES about this file. KeyError when there is no such code."""
    return Notice(code, NOTICES[code], {"name": shown(filename), **params})
