"""Annotations of other programs: every packing, every shape, and a reason for each that cannot be taken."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.formats.foreign import CODE_POINTS, UTF16, ForeignAnnotation, Rejected
from annotations.formats.web_annotation import write
from annotations.formats.web_annotation_read import read
from annotations.records import Export
from annotations.rules.errors import Unreadable

POSITION = {"type": "TextPositionSelector", "start": 3, "end": 9}
QUOTE = {"type": "TextQuoteSelector", "exact": "𠮷 text", "prefix": "a", "suffix": ""}
SOURCE = "https://news.example/a"


def note(selector: object = QUOTE, **more: object) -> dict[str, object]:
    target = {"source": SOURCE, "selector": selector}
    return {"id": "https://other.example/1", "type": "Annotation", "target": target, **more}


def given_back(value: object) -> Any:
    """What reading one JSON value gives, of which there must be one."""
    (found,) = read(json.dumps(value).encode())
    return found


def reason(value: object) -> str:
    found = given_back(value)
    assert isinstance(found, Rejected)
    return str(found.problem)


def test_our_own_export_comes_back(export: Export) -> None:
    found = read(b"".join(write(export)))
    assert all(isinstance(each, ForeignAnnotation) for each in found)
    rows = list(export.passages())
    for row, each in zip(rows, found, strict=True):
        assert isinstance(each, ForeignAnnotation)
        position, quote = each.selectors
        assert (position["start"], position["end"], quote["exact"]) == (row.start, row.end, row.exact)
        assert (each.tags, each.note, each.creator, each.created) == (row.tags, row.note, row.creator, row.created_at)
        assert each.source.endswith(f"/{row.document}/") and row.version in each.version
        assert each.units == CODE_POINTS
    first = found[0]
    assert isinstance(first, ForeignAnnotation)
    assert "identifying: C-1: 2026年事故升至233起。" in first.left
    assert "assessing: C-1: supported" in first.left


PACKINGS: list[object] = [
    note(),
    [note()],
    {"type": "AnnotationPage", "items": [note()]},
    {"type": "AnnotationCollection", "total": 1, "first": {"type": "AnnotationPage", "items": [note()]}},
    {"type": ["BasicContainer", "AnnotationCollection"], "first": {"items": [], "next": {"items": [note()]}}},
    {"@graph": [note()]},
    [{"type": "AnnotationCollection", "first": "#p1"}, {"type": "AnnotationPage", "id": "#p1", "items": [note()]}],
]


@pytest.mark.parametrize("packing", PACKINGS)
def test_every_packing(packing: object) -> None:
    found = given_back(packing)
    assert (found.id, found.source, found.selectors) == ("https://other.example/1", SOURCE, (QUOTE,))


def test_json_lines_with_a_broken_one_among_them() -> None:
    line = json.dumps(note(), ensure_ascii=False).encode()
    first, second, third = read(b"\xef\xbb\xbf" + line + b"\r\n{broken\n\n" + line + b"\n")
    assert isinstance(first, ForeignAnnotation) and isinstance(third, ForeignAnnotation)
    assert isinstance(second, Rejected) and str(second.problem) == "Line 2 is not JSON."
    assert second.number == 2


@pytest.mark.parametrize("data", [b"", b"hello", b"<html>", b"{'a': 1}", "字".encode("utf-16"), b"\xff"])
def test_a_file_without_json_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="not JSON"):
        read(data)


def test_pages_that_are_elsewhere_are_named() -> None:
    page = {"type": "AnnotationPage", "items": [note()], "next": "https://other.example/?page=2"}
    found, missing = read(json.dumps(page).encode())
    assert isinstance(found, ForeignAnnotation) and isinstance(missing, Rejected)
    assert "https://other.example/?page=2 is not in this file" in str(missing.problem)
    assert "is not in this file" in reason({"type": "AnnotationCollection", "total": 3, "first": "https://x.example/1"})


SELECTORS: list[tuple[object, tuple[object, ...]]] = [
    ([POSITION, QUOTE], (POSITION, QUOTE)),
    ([POSITION, POSITION], (POSITION,)),
    ({"type": "TextQuoteSelector", "exact": "x"}, ({**QUOTE, "exact": "x", "prefix": ""},)),
    ({"type": "FragmentSelector", "value": "char=3,9"}, (POSITION,)),
    ([{"type": "XPathSelector", "value": "/p"}, QUOTE], (QUOTE,)),
    ({"type": "XPathSelector", "value": "/p", "refinedBy": QUOTE}, (QUOTE,)),
    ({**POSITION, "refinedBy": {**POSITION, "start": 1, "end": 2}}, ({**POSITION, "start": 4, "end": 5},)),
    ({**POSITION, "start": 0, "end": 1}, ({**POSITION, "start": 0, "end": 1},)),
    (
        {"type": "RangeSelector", "startSelector": POSITION, "endSelector": {**POSITION, "start": 9, "end": 9}},
        (POSITION,),
    ),
]


@pytest.mark.parametrize(("selector", "expected"), SELECTORS)
def test_selectors(selector: object, expected: tuple[object, ...]) -> None:
    assert given_back(note(selector)).selectors == expected


@pytest.mark.parametrize(
    "selector",
    [
        {"type": "XPathSelector", "value": "/p"},
        {"type": "CssSelector", "refinedBy": POSITION},
        {**POSITION, "start": 9, "end": 3},
        {**POSITION, "start": -1},
        {**POSITION, "start": "3"},
        {**POSITION, "start": True},
        {"type": "TextQuoteSelector", "exact": ""},
        {"type": "TextQuoteSelector"},
        {"type": "FragmentSelector", "value": "char=" + "9" * 5000 + ",1"},
        "https://other.example/selector",
    ],
)
def test_no_usable_selector(selector: object) -> None:
    assert "a position or a quote is needed" in reason(note(selector))


def test_other_reasons() -> None:
    assert "whole document" in reason({"type": "Annotation", "target": SOURCE})
    assert "whole document" in reason({"type": "Annotation", "target": {"source": SOURCE}})
    assert "reply" in reason({"type": "Annotation", "motivation": "replying", "target": "https://other.example/1"})
    assert "has no target" in reason({"type": "Annotation", "body": "x"})
    assert "has no target" in reason(7)
    assert "has no target" in reason("https://other.example/9")


def test_targets_as_text_or_object() -> None:
    assert given_back({"target": f"{SOURCE}#char=3,9"}).selectors == (POSITION,)
    assert given_back({"target": f"{SOURCE}#char=3,9"}).source == SOURCE
    described = {"source": {"id": SOURCE, "label": "News"}, "selector": QUOTE}
    assert (given_back({"target": described}).source, given_back({"target": described}).title) == (SOURCE, "News")


@pytest.mark.parametrize("pack", [list, lambda targets: {"type": "List", "items": targets}])
def test_each_target_gives_one(pack: Any) -> None:
    target = {"source": SOURCE, "selector": QUOTE}
    first, second, third = read(json.dumps(note() | {"target": pack([target, SOURCE, target])}).encode())
    assert isinstance(first, ForeignAnnotation) and first.id == "https://other.example/1"
    assert isinstance(second, Rejected) and second.id == "https://other.example/1#2"
    assert isinstance(third, ForeignAnnotation) and third.id == "https://other.example/1#3"


HYPOTHESIS = {
    "id": "abc", "uri": SOURCE, "text": "my note", "tags": ["風險", "x"], "user": "acct:ling@hypothes.is",
    "created": "2026-11-21T09:30:00.123456+00:00", "updated": "2026-11-22T09:30:00+00:00",
    "document": {"title": ["A title"]}, "permissions": {"read": ["group:__world__"]},
    "target": [{"source": SOURCE, "selector": [
        {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 3, "endContainer": "/p[1]", "endOffset": 9},
        POSITION, QUOTE,
    ]}],
}  # fmt: skip


def test_the_export_of_hypothesis() -> None:
    found = given_back({"total": 1, "rows": [HYPOTHESIS]})
    assert found == ForeignAnnotation(
        id="abc", source=SOURCE, selectors=(POSITION, QUOTE), tags=("風險", "x"), note="my note", creator="ling",
        created="2026-11-21T09:30:00.123456Z", modified="2026-11-22T09:30:00Z", units=UTF16, title="A title",
    )  # fmt: skip


def test_hypothesis_replies_page_notes_private_ones_and_short_answers() -> None:
    assert "reply" in reason({**HYPOTHESIS, "target": [{"source": SOURCE}], "references": ["abc"]})
    assert "whole document" in reason({**HYPOTHESIS, "target": [{"source": SOURCE}]})
    private = given_back({**HYPOTHESIS, "permissions": {"read": ["acct:ling@hypothes.is"]}})
    assert private.left == ("permissions: only me",)
    _, missing = read(json.dumps({"total": 300, "rows": [HYPOTHESIS]}).encode())
    assert isinstance(missing, Rejected) and "1 of 300 annotations" in str(missing.problem)


def test_deep_nesting_is_refused_not_followed() -> None:
    assert "deep in each other" in reason(json.loads("[" * 200 + "]" * 200))
    deep: dict[str, object] = dict(QUOTE)
    for _ in range(300):
        deep = {"type": "CssSelector", "refinedBy": deep}
    assert "a position or a quote is needed" in reason(note(deep))


def test_the_samples_of_the_w3c(w3c: Path) -> None:
    """Each correct sample gives something for every target; none raises, none vanishes."""
    paths = [
        *(w3c / "spec-examples").glob("anno*.json"),
        *(w3c / "annotation-model-tests").glob("tools/samples/**/*.json"),
    ]
    assert len(paths) > 80
    for path in paths:
        try:
            found = read(path.read_bytes())
        except Unreadable:
            continue
        assert found, path.name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.sampled_from(["Annotation", "char=1,2"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "id type target source selector start end exact value refinedBy items first rows uri body purpose "
                "creator state cached motivation document permissions read user tags".split()
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_no_shape_raises(value: object) -> None:
    for found in read(json.dumps(value).encode()):
        assert isinstance(found, ForeignAnnotation) or str(found.problem)
