"""Codebooks as files: written, read back, read from other programs; files that are none are refused with the reason."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import pytest

from annotations.formats import codebook_qdc
from annotations.formats.codebook_rows import Content, set_row, tag_row
from annotations.formats.codebooks import CODEBOOK_FORMATS, format_of
from annotations.rules.errors import Unreadable

A, B, C = (f"{n}0000000-0000-4000-8000-000000000000" for n in (1, 2, 3))
SETS = [asdict(set_row(uid=A, name="Topics; all", scope="statement", many=False, order=1))]
TAGS = [
    asdict(tag_row(
        uid=B, tag_set=A, code="risk", label="=Risk, 风险", label_zh_hans="风险",
        definition="What may go wrong.\nOr worse.",
        use_when="harm is named", not_when="mere progress", examples="“red lines”", colour="red", key="1", order=1,
    )),
    asdict(tag_row(uid=C, tag_set=A, code="harm", label="Harm", colour="teal", parent=B, order=2)),
]  # fmt: skip
BOOK: Content = {"tag_sets": SETS, "tags": TAGS}


def again(name: str, content: Content = BOOK) -> Any:
    format = CODEBOOK_FORMATS[name]
    data = format.write(content, 4)
    assert format_of(data, "x") is format
    return format.read(data, "book")


def test_json_keeps_everything() -> None:
    assert again("json") == BOOK


def test_a_table_keeps_everything_but_merges() -> None:
    retired = {**TAGS[0], "uid": A[:-1] + "9", "code": "old", "label": "Old", "key": "", "deprecated": True, "order": 3,
               "merged_into": B}  # fmt: skip
    found = again("csv", {"tag_sets": SETS, "tags": [*TAGS, retired]})
    assert found["tag_sets"] == SETS
    assert found["tags"] == [*TAGS, {**retired, "merged_into": None}]


def test_a_table_by_hand_needs_names_only() -> None:
    data = b"Label;Definition;Parent\r\nRisk;What may go wrong;\r\n;;\r\nHarm;;Risk\r\n"
    found = CODEBOOK_FORMATS["csv"].read(data, "hand.csv")
    first, second = found["tags"]
    assert [(one["label"], one["definition"]) for one in found["tags"]] == [("Risk", "What may go wrong"), ("Harm", "")]
    assert (first["parent"], second["parent"]) == (None, first["uid"])
    assert found == CODEBOOK_FORMATS["csv"].read(data, "hand.csv"), "the same words are the same tags"


def test_qdc_keeps_names_colours_tree_and_guidelines() -> None:
    found = again("qdc")
    assert [(one["name"], one["scope"]) for one in found["tag_sets"]] == [("Topics; all", "statement")]
    kept = ("uid", "label", "definition", "use_when", "not_when", "examples", "colour", "parent")
    assert [[one[name] for name in kept] for one in found["tags"]] == [[one[name] for name in kept] for one in TAGS]


OTHER = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="Another program">
 <Codes>
  <Code guid="4A000000-0000-4000-8000-00000000000F" name=" Actors " isCodable="true" color="#3a77d0">
   <Description>Who acts</Description>
   <Code guid="5a000000-0000-4000-8000-000000000000" name="States" isCodable="true"/>
  </Code>
 </Codes>
 <Sets><Set guid="6a000000-0000-4000-8000-000000000000" name="Ignored"/></Sets>
</CodeBook>"""


def test_qdc_of_another_program() -> None:
    found = CODEBOOK_FORMATS["qdc"].read(OTHER.encode(), "other.qdc")
    assert [one["name"] for one in found["tag_sets"]] == ["Codebook"]
    actors, states = found["tags"]
    assert (actors["label"], actors["definition"], actors["colour"]) == ("Actors", "Who acts", "blue")
    assert (states["label"], states["colour"], states["parent"]) == ("States", "", actors["uid"])


BOMB = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><CodeBook><Codes><Code name="&c;"/></Codes></CodeBook>'
DEEP = "<CodeBook><Codes>" + '<Code name="a">' * 40 + "</Code>" * 40 + "</Codes></CodeBook>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "is not JSON"),
        (b'{"format": "else"}', "is not a codebook of aigov"),
        (b'{"format": "aigov-codebook", "tag_sets": 3}', "is not a codebook of aigov"),
        (b'{"format": "aigov-codebook", "tags": [{"label": "A", "tag_set": "x"}]}', "a tag without its tag set"),
        (b'{"format": "aigov-codebook", "tag_sets": [{"name": "A", "many": "yes"}]}', "has the wrong type"),
        (b"\xff\xfe,\n", "is not UTF-8"),
        (b"a,b\r\n1,2\r\n", "has no column"),
        (b"", "has no column"),
        (b"set,label\r\nA,\r\n", "row 2: the tag has no name"),
        (b"<a>", "is not XML that can be read safely"),
        (b"<html/>", "is not a codebook of REFI-QDA"),
        (BOMB.encode(), "is not XML that can be read safely"),
        (DEEP.encode(), "too many codes, or too many inside each other"),
        (b'<CodeBook><Codes><Code name=" "/></Codes></CodeBook>', "a code without a name"),
    ],
)
def test_what_is_no_codebook_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        format_of(data, "x").read(data, "Mine")
    assert said in str(caught.value) and "Mine" in str(caught.value)


def test_the_nearest_colour() -> None:
    assert [codebook_qdc.nearest(one) for one in ("#D64545", "00ff00", "white", "#12")] == ["red", "green", "", ""]


def test_a_dump_is_read_too() -> None:
    data = json.dumps({"format": "aigov", "schema": 1, "documents": [], **BOOK}).encode()
    assert CODEBOOK_FORMATS["json"].read(data, "dump.json") == BOOK
