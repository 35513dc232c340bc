"""What the activity is filtered by and summed up in: every kind of event has one place."""

from __future__ import annotations

import re

import pytest

from annotations.rules.activity import GROUPS, PART_OF, PARTS, Part, kinds_of
from annotations.rules.events import EVENTS


def test_every_kind_stands_in_one_part_and_one_group() -> None:
    assert set(PART_OF) == set(EVENTS)
    assert [kind for kind, part in PART_OF.items() if not kind.startswith(part.starts)] == []
    assert sorted(kind for group in GROUPS for kind in kinds_of(group)) == sorted(EVENTS)
    assert sorted(kind for part in PARTS for kind in part.kinds) == sorted(EVENTS)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.code)
def test_a_part_holds_something_and_counts_it(part: Part) -> None:
    assert part.kinds and part.group in GROUPS
    named = set(re.findall(r"%\((\w+)\)s", part.template))
    assert {"actor", "count"} <= named <= {"actor", "count", "documents"}
