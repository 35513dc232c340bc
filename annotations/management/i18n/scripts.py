"""The words of the scripts: literals in t(), tn() and w(), and strings.txt, which says which page is sent which.

A section of strings.txt belongs to an entry module (shell.js, passkeys.js, main-<page>.js) and holds the words of all
modules it imports, but not again those of shell.js, which every page has. `manage.py messages` makes the file.
"""

from __future__ import annotations

import re
from pathlib import Path

JS = "annotations/static/annotations/js"
STRINGS = f"{JS}/strings.txt"
PIECE = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<string>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)""", re.S
)
LITERAL = r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
CALL = re.compile(rf"(?<![\w.$])(t|w|tn)\(\s*{LITERAL}(?:\s*,\s*{LITERAL})?")
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")
ALWAYS = "shell"
INTRO = """\
# English words of the scripts, by the entry module that needs them. Made by `manage.py messages`; not kept by hand.
# A page sends a section with {% js_strings "<section>" %}; base.html sends "shell". {name} is filled in by the script.
"""


def without_comments(source: str) -> str:
    """The code; a `//` inside a string stays."""
    return PIECE.sub(lambda piece: " " if piece["comment"] else piece[0], source)


def words_in(source: str) -> list[str]:
    """The msgids of one module, in their order. Both texts of tn() are msgids of their own."""
    words: list[str] = []
    for call in CALL.finditer(without_comments(source)):
        words.append(text(call[2]))
        if call[1] == "tn" and call[3]:
            words.append(text(call[3]))
    return [word for word in words if word]


def text(quoted: str) -> str:
    """A JavaScript string literal as text; we use only these escapes."""
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), quoted[1:-1])


def modules(root: Path) -> dict[Path, str]:
    """Every module of ours with its source."""
    return {path.resolve(): path.read_text(encoding="utf-8") for path in sorted((root / JS).rglob("*.js"))}


def script_msgids(root: Path) -> dict[str, list[str]]:
    """File -> msgids."""
    here = root.resolve()
    return {
        path.relative_to(here).as_posix(): words
        for path, source in modules(root).items()
        if (words := words_in(source))
    }


def reached(entry: Path, sources: dict[Path, str]) -> list[Path]:
    """The module and all it imports, itself first."""
    seen: list[Path] = []
    waiting = [entry]
    while waiting:
        path = waiting.pop()
        if path in seen or path not in sources:
            continue
        seen.append(path)
        waiting += [(path.parent / name).resolve() for name in IMPORT.findall(without_comments(sources[path]))]
    return seen


def sections(root: Path) -> dict[str, list[str]]:
    """Section -> its words, sorted. `main-reader.js` makes the section `reader`."""
    sources = modules(root)
    folder = (root / JS).resolve()
    entries = {
        path.stem.removeprefix("main-"): path for path in sources if path.parent == folder and is_entry(path, sources)
    }
    shell = {word for path in reached(folder / f"{ALWAYS}.js", sources) for word in words_in(sources[path])}
    made = {}
    for name, entry in sorted(entries.items()):
        words = {word for path in reached(entry, sources) for word in words_in(sources[path])}
        made[name] = sorted(words if name == ALWAYS else words - shell)
    return made


def is_entry(path: Path, sources: dict[Path, str]) -> bool:
    """A module that a page names itself: main-*.js, and what no other module imports."""
    if path.stem.startswith("main-") or path.stem == ALWAYS:
        return True
    imported = {(other.parent / name).resolve() for other, source in sources.items() for name in IMPORT.findall(source)}
    return path not in imported


def strings_file(root: Path) -> str:
    """What strings.txt has to say."""
    parts = [INTRO]
    parts += [f"\n[{name}]\n" + "".join(f"{word}\n" for word in words) for name, words in sections(root).items()]
    return "".join(parts)
