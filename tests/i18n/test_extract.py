"""Which words are found in modules, templates and scripts, and which section a page is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.management.i18n.extract import NotExtractable, in_python, in_template, messages
from annotations.management.i18n.scripts import sections, words_in


def python(source: str) -> list[tuple[str, str, str]]:
    return [(one.context, one.msgid, one.plural) for one in in_python(source, "x.py")]


def template(source: str) -> list[tuple[str, str, str]]:
    return [(one.context, one.msgid, one.plural) for one in in_template(source, "x.html")]


def test_all_marking_functions() -> None:
    assert python('_("a"); gettext("b"); gettext_lazy("c"); noop("d" "e")') == [
        ("", "a", ""), ("", "b", ""), ("", "c", ""), ("", "de", ""),
    ]  # fmt: skip
    assert python('ngettext("%(n)s x", "%(n)s xs", n)') == [("", "%(n)s x", "%(n)s xs")]
    assert python('pgettext("verb", "Check"); npgettext("k", "one", "many", 3)') == [
        ("verb", "Check", ""), ("k", "one", "many"),
    ]  # fmt: skip


def test_a_door_that_translates_a_variable_is_no_message() -> None:
    assert python("gettext(term.label); _(template % x); other('no'); self.gettext('no')") == []


def test_an_f_string_is_a_mistake() -> None:
    with pytest.raises(NotExtractable, match="x.py:2"):
        python('\n_(f"a {b}")')


def test_a_module_that_does_not_parse_is_named() -> None:
    with pytest.raises(NotExtractable, match="x.py:1"):
        python("def (")


def test_templates() -> None:
    assert template("""{% load i18n %}<a title="{% translate 'it is' %}">{% translate "x" as y %}</a>""") == [
        ("", "it is", ""), ("", "x", ""),
    ]  # fmt: skip
    assert template("{% load i18n %}{% blocktranslate trimmed %}\n a\n {{ b }} \n{% endblocktranslate %}") == [
        ("", "a %(b)s", "")
    ]
    counted = "{% load i18n %}{% blocktranslate count n=m %}{{ n }} key{% plural %}{{ n }} keys{% endblocktranslate %}"
    assert template(counted) == [("", "%(n)s key", "%(n)s keys")]
    assert template('{% load i18n %}{% translate "Check" context "verb" %}') == [("verb", "Check", "")]


def test_texts_handed_to_a_fragment() -> None:
    source = '{% load i18n %}{% include "a.html" with title=_("Nothing here") text=_("Add a source.") icon="x" %}'
    assert template(source) == [("", "Nothing here", ""), ("", "Add a source.", "")]


def test_scripts() -> None:
    source = """
    // t("in a comment")
    /* w("there, too") */
    const a = [w("Tag \\"on\\""), t('Off: {why}', { why: "http://x" })];
    flash(tn("{n} mark", "{n} marks", n)); split("no"); object.t("no"); const it = at("no");
    """
    assert words_in(source) == ['Tag "on"', "Off: {why}", "{n} mark", "{n} marks"]


def test_sections_follow_the_imports(tmp_path: Path) -> None:
    folder = tmp_path / "annotations/static/annotations/js"
    (folder / "reader").mkdir(parents=True)
    (folder / "shell.js").write_text('import { t } from "./words.js"; t("Saved");')
    (folder / "words.js").write_text("export const t = (x) => x;")
    (folder / "main-reader.js").write_text('import "./reader/cards.js"; import { t } from "./words.js"; t("Read");')
    (folder / "reader" / "cards.js").write_text('import { t } from "../words.js"; t("Saved"); t("Card");')
    assert sections(tmp_path) == {"shell": ["Saved"], "reader": ["Card", "Read"]}
    assert {key[1] for key in messages(tmp_path)} == {"Saved", "Read", "Card"}
