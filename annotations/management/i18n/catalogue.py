"""The .po format, read and written sorted and without line numbers, so that diffs stay calm; and the .mo made of it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+(\".*\")$")
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
UNESCAPES = {"n": "\n", "t": "\t", "r": "\r"}
HEADER = "\n".join(
    [
        "Project-Id-Version: aigov",
        "Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        "Plural-Forms: nplurals=1; plural=0;",
        "",
    ]
)

Key = tuple[str, str]  # context (empty for none), msgid


@dataclass(slots=True)
class Entry:
    """One message. `texts`: its translations, one, as Chinese has one form for every number; empty = untranslated."""

    msgid: str
    context: str = ""
    plural: str = ""
    texts: list[str] = field(default_factory=list)
    files: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    fuzzy: bool = False
    obsolete: bool = False

    @property
    def key(self) -> Key:
        return self.context, self.msgid

    @property
    def done(self) -> bool:
        """Whether it is translated and nobody doubts it."""
        return bool(self.texts) and all(self.texts) and not self.fuzzy


class BadCatalogue(ValueError):
    """A .po file that cannot be read; the message names the line."""


def quoted(text: str) -> str:
    return '"' + "".join(ESCAPES.get(letter, letter) for letter in text) + '"'


def unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: UNESCAPES.get(match[1], match[1]), text[1:-1])


def parse(text: str) -> dict[Key, Entry]:
    """Entries by key, without the header. Comments other than ours (`# `, `#:`, `#,`) are dropped."""
    entries: dict[Key, Entry] = {}
    for block in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")):
        entry = parse_block(block)
        if entry and entry.msgid:
            if entry.key in entries:
                raise BadCatalogue(f"twice in the catalogue: {entry.msgid!r}")
            entries[entry.key] = entry
    return entries


def parse_block(block: str) -> Entry | None:
    """One entry; None for a block of comments."""
    fields: dict[str, str] = {}
    marks: dict[str, list[str]] = {":": [], ",": [], " ": []}
    name, obsolete = "", False
    for line in block.split("\n"):  # splitlines() would also split at U+2028 and its like
        if line.startswith("#~ "):
            obsolete, line = True, line[3:]
        if line.startswith("#"):
            marks.setdefault(line[1:2] or " ", []).append(line[2:].strip())
        elif found := KEYWORD.match(line):
            name = found[1]
            fields[name] = unquoted(found[2])
        elif line.startswith('"') and name:
            fields[name] += unquoted(line.rstrip())
        elif line.strip():
            raise BadCatalogue(f"not understood in the catalogue: {line!r}")
    if "msgid" not in fields:
        return None
    texts = [value for key, value in sorted(fields.items()) if key.startswith("msgstr")]
    files = tuple(" ".join(marks[":"]).split())
    fuzzy = any("fuzzy" in flags for flags in marks[","])
    plural, context = fields.get("msgid_plural", ""), fields.get("msgctxt", "")
    return Entry(fields["msgid"], context, plural, texts, files, tuple(marks[" "]), fuzzy, obsolete)


def render(entries: Iterable[Entry], language: str) -> str:
    """The whole file: header, living entries in the order of their text, then obsolete ones."""
    header = 'msgid ""\nmsgstr ""\n' + "".join(quoted(f"{line}\n") + "\n" for line in head(language))
    ordered = sorted(entries, key=lambda entry: (entry.obsolete, entry.msgid.casefold(), entry.msgid, entry.context))
    return header + "".join("\n" + "\n".join(lines(entry)) + "\n" for entry in ordered)


def head(language: str) -> list[str]:
    return HEADER.format(language=language).rstrip("\n").split("\n")


def lines(entry: Entry) -> Iterator[str]:
    """The lines of one entry. One line a text, however long: half a sentence never moves to the next line of a diff."""
    yield from (f"# {note}" for note in entry.notes)
    if entry.files and not entry.obsolete:
        yield "#: " + " ".join(entry.files)
    if entry.fuzzy:
        yield "#, fuzzy"
    sign = "#~ " if entry.obsolete else ""
    if entry.context:
        yield f"{sign}msgctxt {quoted(entry.context)}"
    yield f"{sign}msgid {quoted(entry.msgid)}"
    text = entry.texts[0] if entry.texts else ""
    if entry.plural:
        yield f"{sign}msgid_plural {quoted(entry.plural)}"
        yield f"{sign}msgstr[0] {quoted(text)}"
    else:
        yield f"{sign}msgstr {quoted(text)}"


def compiled(entries: Iterable[Entry], language: str) -> bytes:
    """The .mo file (GNU gettext, little-endian, no hash table): finished entries only, in the order of their bytes."""
    messages = {b"": "\n".join([*head(language), ""]).encode()}
    for entry in entries:
        if entry.done and not entry.obsolete:
            source = f"{entry.msgid}\0{entry.plural}" if entry.plural else entry.msgid
            key = f"{entry.context}\x04{source}" if entry.context else source
            messages[key.encode()] = entry.texts[0].encode()
    return pack(messages)


def pack(messages: Mapping[bytes, bytes]) -> bytes:
    keys = sorted(messages)
    start = 28 + 16 * len(keys)
    tables: list[bytes] = []
    body = b""
    for column in (keys, [messages[key] for key in keys]):
        for text in column:
            tables.append(struct.pack("<II", len(text), start + len(body)))
            body += text + b"\0"
    header = struct.pack("<IIIIIII", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return header + b"".join(tables) + body
