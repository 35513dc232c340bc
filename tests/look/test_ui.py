"""The tags and filters pages are made of."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.test import RequestFactory, override_settings
from django.utils import translation

from annotations.rules import vocabulary
from annotations.rules.roles import VERBS
from annotations.templatetags import ui
from annotations.templatetags.looks import LOOKS, PLAIN, look
from annotations.templatetags.nav import PAGES
from annotations.templatetags.words import SEARCHED, word_of
from annotations.views import context

NOW = dt.datetime(2026, 11, 20, 15, 0, tzinfo=dt.UTC)


def render(source: str, **values: object) -> str:
    return Template("{% load ui nav %}" + source).render(Context(values))


NAMES = ("STATUSES", "VERDICTS", "PROGRESS", "EVIDENCE_STANCES", "READING_STATES", "QUOTATION_KINDS")


@pytest.mark.parametrize("name", NAMES)
def test_every_state_has_a_look_of_its_own(name: str) -> None:
    codes = getattr(vocabulary, name).codes
    assert {code for code in codes if code not in LOOKS} == set()
    assert len({look(code).icon for code in codes}) == len(codes)


def test_every_icon_is_drawn() -> None:
    sheet = render('{% include "annotations/_icons.html" %}')
    names = {shape.icon for shape in LOOKS.values()} | {place.icon for place in PAGES} | {PLAIN.icon}
    assert {name for name in names if f'id="i-{name}"' not in sheet} == set()


def test_a_state_is_a_word_and_an_icon() -> None:
    shown = render("{% status 'in_review' %}")
    assert "In review" in shown and "#i-ring-most" in shown and "tone-active" in shown
    assert "Not tracked" in render("{% status 'set_aside' 'proposal' %}")
    assert "Set aside" in render("{% status 'set_aside' 'claim' %}")
    assert "brand_new" in render("{% status 'brand_new' %}")


def test_words_follow_the_language() -> None:
    with translation.override("zh-hant"):
        assert (word_of("set_aside"), word_of("set_aside", "PROPOSAL_WORK")) == ("暫不查核", "不予追蹤")
        assert render("{% counted 3 'claim' %}") == "3 條論斷"
        assert render("{{ 'annotator'|word:'ROLES' }}") == "標註員"
    assert render("{% counted 1 'claim' %} {% counted 2 'corpus' %}") == "1 claim 2 corpora"


def test_searched_vocabularies_exist() -> None:
    assert [name for name in SEARCHED if not hasattr(vocabulary, name)] == []


def test_an_unknown_unit_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        ui.counted(1, "thing")


def test_what_people_typed_is_escaped() -> None:
    nasty = '<b>"x"</b>'
    for source in (
        "{% status 'queued' words=x %}",
        "{% badge x %}",
        "{% number x 'claim' x %}",
        "{% icon 'check' x %}",
    ):
        assert "<b>" not in render(source, x=nasty)
    assert "<b>" not in ui.bars([(nasty, 1, "", nasty)])


@override_settings(TIME_ZONE="UTC")
@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize(
    ("passed", "english", "chinese"),
    [
        (dt.timedelta(seconds=20), "just now", "刚刚"),
        (dt.timedelta(minutes=1), "1 min ago", "1 分钟前"),
        (dt.timedelta(hours=6), "09:00", "09:00"),
        (dt.timedelta(days=3), "Tue 15:00", "星期二 15:00"),
        (dt.timedelta(days=40), "11 Oct", "10月11日"),
        (dt.timedelta(days=400), "16 Oct 2025", "2025年10月16日"),
        (-dt.timedelta(days=2), "22 Nov", "11月22日"),
    ],
)
def test_moments_as_people_say_them(passed: dt.timedelta, english: str, chinese: str) -> None:
    assert f">{english}</time>" in ui.ago(NOW - passed)
    assert f'datetime="{(NOW - passed).isoformat(timespec="seconds")}"' in ui.ago(NOW - passed)
    with translation.override("zh-hans"):
        assert f">{chinese}</time>" in ui.ago(NOW - passed)


def test_no_moment_is_nothing() -> None:
    assert ui.ago(None) == ""


def test_bars_are_to_the_largest_number_and_carry_it_as_text() -> None:
    chart = ui.bars([("A", 4, "supported", "#"), ("B", 1, "", ""), ("C", 0, "", "")])
    assert 'width="100.0"' in chart and 'width="25.0"' in chart and 'width="0"' in chart
    assert chart.count('class="value"') == 3 and 'href="#"' in chart
    assert ui.bars([]) == '<ul class="bars"></ul>'


class Sample(forms.Form):
    """One field of each treatment."""

    words = forms.CharField(help_text="Help.")
    box = forms.BooleanField(required=False)
    ways = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


def test_fields_tie_label_help_and_errors_to_the_control() -> None:
    shown = render("{% field form.words 'internal' %}", form=Sample({"words": ""}))
    assert 'for="id_words"' in shown and ">internal<" in shown
    assert 'id="id_words_helptext"' in shown and 'id="id_words_error"' in shown
    assert 'aria-describedby="id_words_helptext id_words_error"' in shown and 'aria-invalid="true"' in shown
    assert 'class="check"' in render("{% field form.box %}", form=Sample())
    assert "<fieldset" in render("{% field form.ways %}", form=Sample())


@pytest.mark.parametrize(("code", "tag"), [("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("en", "en")])
def test_language_codes_of_the_web(code: str, tag: str) -> None:
    assert ui.bcp47(code) == tag


def test_names_and_initials() -> None:
    assert (ui.initial("陈思"), ui.initial(" amara"), ui.initial("")) == ("陈", "A", "")
    tag = SimpleNamespace(label_in=lambda language: f"in {language}")
    with translation.override("zh-hans"):
        assert ui.tag_label(tag) == "in zh-hans"


def test_words_for_scripts_are_translated_and_safe() -> None:
    with translation.override("zh-hans"):
        sent = ui.js_strings("shell")
    assert sent.startswith('<script id="words-shell" type="application/json">') and "\\u5df2\\u4fdd\\u5b58" in sent
    assert ui.js_strings("nowhere") == '<script id="words-nowhere" type="application/json">{}</script>'


def test_places_ask_only_for_known_rights() -> None:
    assert {place.verb for place in PAGES if place.verb} <= set(VERBS)


def test_the_context_of_every_page() -> None:
    request = RequestFactory().get("/")
    found = context.page(request)
    assert (found["theme"], found["single_keys"], found["can"], found["corpus"]) == ("auto", True, {}, None)
    request.COOKIES = {"theme": "dark", "keys": "off"}
    assert (context.theme(request), context.single_keys(request)) == ("dark", False)
    request.COOKIES = {"theme": "<script>"}
    assert context.theme(request) == "auto"
    request.member = SimpleNamespace(role="viewer", corpus="C")  # type: ignore[attr-defined]
    found = context.page(request)
    assert found["corpus"] == "C" and found["can"]["read"] and not found["can"]["annotate"]  # type: ignore[index]


def test_the_account_keeps_single_keys_off() -> None:
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(single_keys=False)  # type: ignore[assignment]
    assert context.single_keys(request) is False
