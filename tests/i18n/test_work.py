"""`manage.py messages` on a small house of its own: merging, checking, compiling; and on the real one."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.management.i18n import work
from annotations.management.i18n.catalogue import parse, render

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A module with two words, a template with one, a script with one; both catalogues complete."""
    app = tmp_path / "annotations"
    (app / "templates").mkdir(parents=True)
    (app / "static/annotations/js").mkdir(parents=True)
    (app / "a.py").write_text('x = [_("Claim %(n)s"), _("Proposal")]')
    (app / "templates" / "b.html").write_text('{% load i18n %}{% translate "Passage" %}')
    (app / "static/annotations/js/shell.js").write_text('t("Saved")')
    work.update(tmp_path)
    words = {"Claim %(n)s": "论断 %(n)s", "Proposal": "提议", "Passage": "文段", "Saved": "已保存"}
    for language in work.LANGUAGES:
        translate(tmp_path, language, words)
    work.update(tmp_path)
    return tmp_path


def translate(root: Path, language: str, words: dict[str, str]) -> None:
    path = work.catalogue(root, language)
    entries = parse(path.read_text())
    for entry in entries.values():
        entry.texts = [words.get(entry.msgid, (entry.texts or [""])[0])]
    path.write_text(render(entries.values(), language))


def test_a_complete_house_has_no_problems(house: Path) -> None:
    assert work.problems(house) == []


def test_running_twice_changes_nothing(house: Path) -> None:
    before = {path: path.read_bytes() for path in house.rglob("*") if path.is_file()}
    work.update(house)
    assert {path: path.read_bytes() for path in house.rglob("*") if path.is_file()} == before


def test_a_new_word_is_missed_then_untranslated_then_done(house: Path) -> None:
    (house / "annotations" / "c.py").write_text('_("Source")')
    assert [p for p in work.problems(house) if "not in the catalogue: 'Source' (annotations/c.py)" in p] != []
    work.update(house)
    assert [p for p in work.problems(house) if "not translated: 'Source'" in p] != []
    for language in work.LANGUAGES:
        translate(house, language, {"Source": "来源"})
    assert all("django.mo differs" in problem for problem in work.problems(house))
    work.update(house)
    assert work.problems(house) == []


def test_fuzzy_and_wrong_placeholders_are_told(house: Path) -> None:
    path = work.catalogue(house, "zh_Hant")
    path.write_text(
        path.read_text().replace("论断 %(n)s", "论断 %(m)s").replace('msgid "Passage"', '#, fuzzy\nmsgid "Passage"')
    )
    told = " ".join(work.problems(house))
    assert "zh_Hant: fuzzy: 'Passage'" in told and "other placeholders in the translation: 'Claim %(n)s'" in told
    assert "zh_Hans" not in told


def test_a_word_that_goes_and_comes_back_keeps_its_translation(house: Path) -> None:
    source = house / "annotations" / "a.py"
    kept = source.read_text()
    source.write_text("")
    work.update(house)
    assert '#~ msgid "Proposal"' in work.catalogue(house, "zh_Hans").read_text()
    assert work.problems(house) == []
    source.write_text(kept)
    work.update(house)
    assert work.problems(house) == []
    source.write_text("")
    work.update(house, prune=True)
    assert "Proposal" not in work.catalogue(house, "zh_Hans").read_text()


def test_stale_words_of_scripts_and_unknown_sections_are_told(house: Path) -> None:
    (house / "annotations/static/annotations/js/shell.js").write_text('t("Saved"); t("Proposal")')
    (house / "annotations/templates/b.html").write_text(
        '{% load i18n %}{% translate "Passage" %}{% js_strings "nowhere" %}'
    )
    told = " ".join(work.problems(house))
    assert "strings.txt is not up to date" in told and "'nowhere'" in told


def test_a_page_that_loads_a_script_is_sent_its_words(house: Path) -> None:
    (house / "annotations/static/annotations/js/main-tracker.js").write_text('t("Passage")')
    work.update(house)
    page = house / "annotations/templates/b.html"
    page.write_text('{% load i18n %}{% translate "Passage" %}<script src="annotations/js/main-tracker.js"></script>')
    assert any('add {% js_strings "tracker" %}' in problem for problem in work.problems(house))
    page.write_text(page.read_text() + '{% js_strings "tracker" %}')
    assert work.problems(house) == []
