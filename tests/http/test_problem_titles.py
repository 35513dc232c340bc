"""problem+json speaks the reader's language: its title as well as its detail."""

from __future__ import annotations

import pytest
from django.utils import translation

from annotations.http.problems import TITLES, body
from annotations.rules.errors import Missing, noop


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_every_title_is_translated(language: str) -> None:
    with translation.override(language):
        problem = Missing("gone", noop("There is nothing to undo here."))
        found = body(problem)
        assert found["title"] != TITLES[404] and found["detail"] != str(problem)
        told = {translation.gettext(title) for title in TITLES.values()}
    assert len(told) == len(TITLES) and not told & set(TITLES.values())
