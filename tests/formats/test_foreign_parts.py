"""Bodies, creators and times of annotations that other programs wrote."""

import json

import pytest

from annotations.formats.foreign import ForeignAnnotation
from annotations.formats.web_annotation_read import read

TARGET = {"source": "https://news.example/a", "selector": {"type": "TextQuoteSelector", "exact": "x"}}


def taken(**more: object) -> ForeignAnnotation:
    (found,) = read(json.dumps({"type": "Annotation", "target": TARGET, **more}).encode())
    assert isinstance(found, ForeignAnnotation)
    return found


def text(value: str, **more: object) -> dict[str, object]:
    return {"type": "TextualBody", "value": value, **more}


BODIES: list[tuple[dict[str, object], tuple[object, object, object]]] = [
    ({"bodyValue": "plain"}, ((), "plain", ())),
    ({"body": text("a tag", purpose="tagging")}, (("a tag",), "", ())),
    ({"body": [text("t", purpose="tagging"), text("t", purpose="tagging")]}, (("t",), "", ())),
    ({"body": text("t"), "motivation": "tagging"}, (("t",), "", ())),
    ({"body": text("t"), "motivation": ["tagging", "commenting"]}, ((), "t", ())),
    ({"body": [text("one"), text("two", purpose="describing")]}, ((), "one\n\ntwo", ())),
    ({"body": "https://wiki.example/x"}, ((), "https://wiki.example/x", ())),
    ({"body": {"id": "https://wiki.example/x", "label": "X"}}, ((), "X https://wiki.example/x", ())),
    ({"body": {"source": "https://s.example/r", "purpose": "tagging"}}, (("https://s.example/r",), "", ())),
    ({"body": {"source": {"id": "s:r", "label": "Risk"}, "purpose": "classifying"}}, (("Risk",), "", ())),
    ({"body": {"source": "https://w.example/Q", "purpose": "identifying"}}, ((), "", ("identifying: https://w.example/Q",))),
    ({"body": text("good", purpose="assessing")}, ((), "", ("assessing: good",))),
    ({"body": {"type": "Choice", "items": [text("a"), text("b")]}}, ((), "a\n\nb", ())),
    ({"body": [None, 3, text("")]}, ((), "", ())),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BODIES)
def test_bodies(body: dict[str, object], expected: tuple[object, object, object]) -> None:
    found = taken(**body)
    assert (found.tags, found.note, found.left) == expected


@pytest.mark.parametrize(
    ("creator", "name"),
    [
        ("https://x.example/u", "https://x.example/u"),
        ({"name": "Ling"}, "Ling"),
        ({"nickname": "ling", "id": "x"}, "ling"),
        ([{"name": "A"}, {"id": "b"}, 3], "A, b"),
        (None, ""),
    ],
)
def test_creators(creator: object, name: str) -> None:
    assert taken(creator=creator).creator == name


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("2026-11-21T09:30:00Z", "2026-11-21T09:30:00Z"),
        ("2026-11-21T09:30:00+08:00", "2026-11-21T01:30:00Z"),
        ("2026-11-21T09:30:00.250000+00:00", "2026-11-21T09:30:00.250000Z"),
        ("2026-11-21", "2026-11-21T00:00:00Z"),
        ("yesterday", ""),
        ("0001-01-01T00:00:00+10:00", ""),
        (5, ""),
    ],
)
def test_times(written: object, understood: str) -> None:
    assert taken(created=written).created == understood
