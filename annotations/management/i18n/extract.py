"""Every msgid of the code, the templates and the scripts, with the names of the files that hold it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

from annotations.management.i18n.catalogue import Entry, Key
from annotations.management.i18n.scripts import script_msgids

FOLDERS = ("aigov", "annotations")
#: function -> positions of context, singular, plural among its arguments
KEYWORDS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None), "gettext": (None, 0, None), "gettext_lazy": (None, 0, None), "gettext_noop": (None, 0, None),
    "noop": (None, 0, None), "ngettext": (None, 0, 1), "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None), "pgettext_lazy": (0, 1, None), "npgettext": (0, 1, 2), "npgettext_lazy": (0, 1, 2),
}  # fmt: skip
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
TEMPLATE_CALL = re.compile(rf"\b(?:n?p?gettext|_)\({STRING}(?:,\s*{STRING})*(?:,\s*count)?\)", re.S)


class NotExtractable(ValueError):
    """A marked text that is no literal, or a file that does not parse: the message names file and line."""


@dataclass(frozen=True, slots=True)
class Found:
    """One message where it stands."""

    context: str
    msgid: str
    plural: str
    file: str


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls of the marking functions, by their own name (as all our modules import them)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS and node.args:
            yield node


def literal(call: ast.Call, position: int | None) -> str | None:
    """The text of an argument; "" where the function has none; None where it is no literal."""
    if position is None:
        return ""
    argument = call.args[position] if position < len(call.args) else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def in_python(source: str, file: str) -> Iterator[Found]:
    """Messages of a module. gettext(variable) is a door translating what was marked elsewhere, so it is passed over."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise NotExtractable(f"{file}:{error.lineno}: does not parse") from error
    for call in calls(tree):
        assert isinstance(call.func, ast.Name)
        context, msgid, plural = (literal(call, position) for position in KEYWORDS[call.func.id])
        if any(isinstance(argument, ast.JoinedStr) for argument in call.args):
            raise NotExtractable(f"{file}:{call.lineno}: a marked text must not be an f-string")
        if msgid and context is not None and plural is not None:
            yield Found(context, msgid, plural, file)


def in_template(source: str, file: str) -> Iterator[Found]:
    """Messages of a Django template, which templatize() turns into calls between other text."""
    for call in TEMPLATE_CALL.finditer(templatize(source)):
        yield from in_python(re.sub(r",\s*count\)$", ")", call[0]), file)


def found(root: Path) -> Iterator[Found]:
    """All messages below `root`/aigov and `root`/annotations, and those of the scripts."""
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            yield from in_python(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
        for path in sorted((root / folder).rglob("templates/**/*.*")):
            if path.suffix in {".html", ".txt"}:
                yield from in_template(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    for file, msgids in script_msgids(root).items():
        yield from (Found("", msgid, "", file) for msgid in msgids)


def messages(root: Path) -> dict[Key, Entry]:
    """The messages as untranslated entries. One that is plural anywhere is plural."""
    entries: dict[Key, Entry] = {}
    for one in found(root):
        entry = entries.setdefault((one.context, one.msgid), Entry(one.msgid, one.context))
        entry.plural = entry.plural or one.plural
        if one.file not in entry.files:
            entry.files = (*entry.files, one.file)
    return entries
