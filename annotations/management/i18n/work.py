"""Bringing the catalogues in step with the sources, and saying in sentences where they are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from annotations.management.i18n.catalogue import Entry, Key, compiled, parse, render
from annotations.management.i18n.extract import messages
from annotations.management.i18n.scripts import JS, STRINGS, sections, strings_file

LANGUAGES = ("zh_Hans", "zh_Hant")
ASKED = re.compile(r"""\{% js_strings ["'](\S+)["'] %\}""")
LOADED = re.compile(r"annotations/js/main-([\w-]+)\.js")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


def catalogue(root: Path, language: str) -> Path:
    return root / "annotations" / "locale" / language / "LC_MESSAGES" / "django.po"


def read(path: Path) -> dict[Key, Entry]:
    """The entries of a catalogue; none when there is no file yet."""
    return parse(path.read_text(encoding="utf-8")) if path.exists() else {}


def merge(known: dict[Key, Entry], wanted: dict[Key, Entry], prune: bool = False) -> dict[Key, Entry]:
    """The wanted messages with the translations known; what is no longer wanted stays as obsolete, unless pruning."""
    merged: dict[Key, Entry] = {}
    for key, entry in wanted.items():
        old = known.get(key)
        texts, notes, fuzzy = (old.texts, old.notes, old.fuzzy) if old else ([], (), False)
        merged[key] = Entry(entry.msgid, entry.context, entry.plural, list(texts), entry.files, notes, fuzzy)
    for key, entry in known.items():
        if key not in wanted and entry.done and not prune:
            merged[key] = Entry(entry.msgid, entry.context, entry.plural, entry.texts, (), entry.notes, False, True)
    return merged


def update(root: Path, prune: bool = False) -> None:
    """Write strings.txt, both .po files and both .mo files anew."""
    (root / STRINGS).write_text(strings_file(root), encoding="utf-8")
    wanted = messages(root)
    for language in LANGUAGES:
        path = catalogue(root, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = merge(read(path), wanted, prune).values()
        path.write_text(render(entries, language), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(entries, language))


def problems(root: Path) -> list[str]:
    """What `messages --check` complains of; empty when everything is in step."""
    found = list(script_problems(root))
    wanted = messages(root)
    for language in LANGUAGES:
        found += [f"{language}: {problem}" for problem in problems_of(catalogue(root, language), language, wanted)]
    return found


def script_problems(root: Path) -> Iterator[str]:
    """strings.txt as it should be, and no page asking for a section that no script makes."""
    path, names = root / STRINGS, sections(root)
    if not path.exists() or path.read_text(encoding="utf-8") != strings_file(root):
        yield f"{STRINGS} is not up to date: run `manage.py messages`"
    for template in sorted((root / "annotations").rglob("templates/**/*.html")):
        text, here = template.read_text(encoding="utf-8"), template.relative_to(root).as_posix()
        asked = ASKED.findall(text)
        made = {*names, *(path.stem for path in (root / JS).glob("*.js"))}  # a module all of whose words shell.js has
        yield from (f"{here}: no script makes the words {name!r}" for name in asked if name not in made)
        needed = [name for name in LOADED.findall(text) if names.get(name)]
        missing = [name for name in needed if name not in asked]
        yield from (f'{here}: main-{name}.js lacks its words: add {{% js_strings "{name}" %}}' for name in missing)


def problems_of(path: Path, language: str, wanted: dict[Key, Entry]) -> Iterator[str]:
    known = read(path)
    for key, entry in wanted.items():
        old = known.get(key)
        where = ", ".join(entry.files[:2])
        if old is None or old.obsolete:
            yield f"not in the catalogue: {entry.msgid!r} ({where})"
        elif not old.texts or not all(old.texts):
            yield f"not translated: {entry.msgid!r} ({where})"
        elif old.fuzzy:
            yield f"fuzzy: {entry.msgid!r} ({where})"
        elif not fits(old):
            yield f"other placeholders in the translation: {entry.msgid!r}"
    compiled_file = path.with_suffix(".mo")
    if not compiled_file.exists() or compiled_file.read_bytes() != compiled(known.values(), language):
        yield f"{compiled_file.name} differs from {path.name}: run `manage.py messages`"


def placeholders(text: str) -> set[str]:
    """What is filled in later: %(name)s, {name}."""
    return {match[0] for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def fits(entry: Entry) -> bool:
    """Whether the translation is filled with the same things as the message (or its plural)."""
    allowed = [placeholders(entry.msgid), placeholders(entry.plural or entry.msgid)]
    return all(placeholders(text) in allowed for text in entry.texts)
