"""The three languages: each catalogue is compiled as it stands in its source, complete, and keeps its placeholders."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "annotations" / "locale"
CHINESE = ("zh_Hans", "zh_Hant")
MARKS = {
    "_": 0,
    "gettext": 0,
    "gettext_lazy": 0,
    "gettext_noop": 0,
    "noop": 0,
    "ngettext": 0,
    "pgettext": 1,
    "npgettext": 1,
}
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\bn?p?gettext\({STRING}(?:,\s*{STRING})*(?:,\s*count)?\)", re.S)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")


needs_catalogues = pytest.mark.skipif(not any(LOCALES.rglob("*.po")), reason="no language has been translated yet")


def parse(path: Path) -> dict[tuple[str | None, str], list[str]]:
    """(context, msgid) -> translations of a .po file; none for a fuzzy entry; the header under an empty msgid."""
    entries: dict[tuple[str | None, str], list[str]] = {}
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if not lines:
            continue
        fields: dict[str, str] = {}
        name = ""
        for line in lines:
            keyword = re.match(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)\s+", line)
            name = keyword[1] if keyword else name
            quoted = line[keyword.end() :] if keyword else line
            fields[name] = fields.get(name, "") + unquote(quoted)
        fuzzy = fields["msgid"] and re.search(r"^#,.*\bfuzzy\b", block, re.M)
        strings = [""] if fuzzy else [value for key, value in sorted(fields.items()) if key.startswith("msgstr")]
        entries[(fields.get("msgctxt"), fields["msgid"])] = strings
    return entries


def unquote(quoted: str) -> str:
    """The text of one quoted line."""
    text = quoted.strip()[1:-1]
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "t": "\t"}.get(match[1], match[1]), text)


def placeholders(text: str) -> set[str]:
    """What is filled in later."""
    return {match[0] for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def marked(source: str) -> Iterator[str]:
    """The msgids of a module or of a templatized template: literal first arguments (second for contexts)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            argument = node.args[MARKS[node.func.id]] if len(node.args) > MARKS[node.func.id] else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value


def marked_in_template(source: str) -> Iterator[str]:
    """Django turns the translation tags into calls; what stands between them is not Python."""
    for call in CALL.finditer(templatize(source)):
        yield from marked(call[0])


def sources() -> Iterator[tuple[Path, str]]:
    """Every message of our code and templates with its file."""
    for folder in ("aigov", "annotations"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from ((path, text) for text in marked(path.read_text()))
        for path in sorted((ROOT / folder).rglob("templates/**/*.*")):
            if path.suffix in {".html", ".txt"}:
                yield from ((path, text) for text in marked_in_template(path.read_text()))


@needs_catalogues
@pytest.mark.parametrize("language", CHINESE)
def test_every_message_of_the_code_is_there(language: str) -> None:
    known = {msgid for _, msgid in parse(LOCALES / language / "LC_MESSAGES" / "django.po")}
    found = list(sources())
    assert len(found) > 50
    assert sorted({f"{path.relative_to(ROOT)}: {text}" for path, text in found if text not in known}) == []


def test_the_reader_of_sources_sees() -> None:
    assert sorted(marked('x = noop("a") + _("b") + pgettext("verb", "c") + other("d") + _(e)')) == ["a", "b", "c"]
    template = (
        '{% load i18n %}<p title="{% translate "x \'y\'" %}">{% blocktranslate %}z {{ a }}{% endblocktranslate %}'
    )
    assert list(marked_in_template(template)) == ["x 'y'", "z %(a)s"]


@needs_catalogues
@pytest.mark.parametrize("language", CHINESE)
def test_compiled_as_in_the_source(language: str) -> None:
    folder = LOCALES / language / "LC_MESSAGES"
    source = parse(folder / "django.po")
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert len(source) > 50
    for (context, msgid), strings in source.items():
        if msgid and len(strings) == 1 and strings[0]:
            found = compiled.pgettext(context, msgid) if context else compiled.gettext(msgid)
            assert found == strings[0], msgid


@needs_catalogues
@pytest.mark.parametrize("language", CHINESE)
def test_complete(language: str) -> None:
    source = parse(LOCALES / language / "LC_MESSAGES" / "django.po")
    assert [msgid for (_, msgid), strings in source.items() if msgid and not all(strings)] == []


@needs_catalogues
@pytest.mark.parametrize("language", CHINESE)
def test_placeholders_survive(language: str) -> None:
    source = parse(LOCALES / language / "LC_MESSAGES" / "django.po")
    wrong = [
        msgid
        for (_, msgid), strings in source.items()
        if msgid and any(text and placeholders(text) != placeholders(msgid) for text in strings)
    ]
    assert wrong == []


@needs_catalogues
def test_both_scripts_translate_the_same() -> None:
    hans, hant = (parse(LOCALES / language / "LC_MESSAGES" / "django.po") for language in CHINESE)
    assert set(hans) == set(hant)


def test_the_parser_reads_a_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n"Language: zh\\n"\n\n'
        '#: a.py:1\nmsgctxt "verb"\nmsgid "tag \\"%(n)s\\""\nmsgstr "标记 “%(n)s”"\n\n'
        '#, fuzzy\nmsgid "x"\nmsgstr "y"\n\n#~ msgid "old"\n#~ msgstr "旧"\n'
    )
    entries = parse(path)
    assert entries == {(None, ""): ["Language: zh\n"], ("verb", 'tag "%(n)s"'): ["标记 “%(n)s”"], (None, "x"): [""]}
    assert placeholders('tag "%(n)s" 5%%') == {"%(n)s"}
