"""The .po format and the .mo made of it, against Python's own reader of .mo files."""

from __future__ import annotations

import gettext
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.management.i18n.catalogue import BadCatalogue, Entry, compiled, parse, render

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00\x04"), min_size=1, max_size=40)


def entry(msgid: str, *texts: str, context: str = "", plural: str = "", fuzzy: bool = False) -> Entry:
    return Entry(msgid, context, plural, list(texts), fuzzy=fuzzy)


def loaded(entries: list[Entry]) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(compiled(entries, "zh_Hans")))


@given(st.dictionaries(WORDS, WORDS, max_size=8))
def test_what_is_written_is_read(pairs: dict[str, str]) -> None:
    entries = [entry(msgid, text) for msgid, text in pairs.items()]
    read = parse(render(entries, "zh_Hans"))
    assert {one.msgid: one.texts for one in read.values()} == {msgid: [text] for msgid, text in pairs.items()}
    catalogue = loaded(entries)
    assert all(catalogue.gettext(msgid) == text for msgid, text in pairs.items())


def test_contexts_and_plurals_are_told_apart() -> None:
    entries = [
        entry("Check", "核查"),
        entry("Check", "勾选", context="verb of a box"),
        entry("%(n)s claim", "%(n)s 条论断", plural="%(n)s claims"),
    ]
    catalogue = loaded(list(parse(render(entries, "zh_Hans")).values()))
    assert catalogue.gettext("Check") == "核查"
    assert catalogue.pgettext("verb of a box", "Check") == "勾选"
    assert {catalogue.ngettext("%(n)s claim", "%(n)s claims", n) for n in (0, 1, 2)} == {"%(n)s 条论断"}


def test_the_unfinished_is_left_out_of_the_compiled_file() -> None:
    entries = [entry("a"), entry("b", ""), entry("c", "丙", fuzzy=True), entry("d", "丁")]
    entries.append(Entry("e", texts=["戊"], obsolete=True))
    catalogue = loaded(entries)
    assert [catalogue.gettext(name) for name in "abcde"] == ["a", "b", "c", "丁", "e"]


def test_order_and_files_but_no_line_numbers() -> None:
    text = render([Entry("b", texts=["乙"], files=("x.py", "y.html")), Entry("A", texts=["甲"])], "zh_Hant")
    assert text.index('msgid "A"') < text.index('msgid "b"')
    assert "#: x.py y.html\n" in text and "Language: zh_Hant" in text


def test_notes_fuzzy_and_obsolete_survive() -> None:
    first = Entry("a", texts=["甲"], notes=("seen on the bar",), fuzzy=True)
    second = Entry("b", "verb", "bs", ["乙"], obsolete=True)
    assert list(parse(render([first, second], "zh_Hans")).values()) == [first, second]


@pytest.mark.parametrize("text", ['msgid "a"\nmsgstr "b"\nnonsense', 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"'])
def test_a_broken_catalogue_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadCatalogue, match="nonsense|twice"):
        parse(text)


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext's programs are not installed")
def test_gettext_itself_accepts_our_file(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    entries = [
        entry('say "x"\n%(n)s', "说“x”\n%(n)s", context="c"),
        entry("%(n)s claim", "%(n)s 条", plural="%(n)s claims"),
    ]
    path.write_text(render(entries, "zh_Hans"), encoding="utf-8")
    subprocess.run(["msgfmt", "--check", "-o", str(tmp_path / "x.mo"), str(path)], check=True)
    with (tmp_path / "x.mo").open("rb") as file:
        theirs = gettext.GNUTranslations(file)
    assert theirs._catalog == loaded(entries)._catalog  # type: ignore[attr-defined]
