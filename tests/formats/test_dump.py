"""The lossless dump: what is written is read back equal, and whatever is wrong in a file is named."""

import io
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotations.formats.dump import write
from annotations.formats.dump_read import Dump, read
from annotations.records import ADDED, TABLES, CorpusRecord, Export
from annotations.rules.errors import Invalid, Problem, Unreadable

TEXTS = st.one_of(st.text(max_size=8), st.sampled_from(["𠮷", "國務(wù)院", "\u2028", "😀\u0301", '"\\\n', "\x00"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)
SIMPLE: dict[object, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: st.integers(-(2**63), 2**63 - 1),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    object: JSON,
}


def made(declared: Any) -> st.SearchStrategy[Any]:
    """Values of a declared type, every None included."""
    if declared in SIMPLE:
        return SIMPLE[declared]
    if is_dataclass(declared):
        return st.deferred(lambda: record(declared))
    origin, arguments = get_origin(declared), get_args(declared)
    if origin is tuple:
        return st.lists(made(arguments[0]), max_size=2).map(tuple)
    if type(None) in arguments:
        return st.none() | made(next(each for each in arguments if each is not type(None)))
    assert origin is not Union
    return st.dictionaries(TEXTS, made(arguments[1]), max_size=2)


def record(kind: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: made(hints[field.name]) for field in fields(kind)})


TABLE_SETS = st.fixed_dictionaries(
    {name: st.lists(record(kind), max_size=2, unique_by=lambda each: each.uid) for name, kind in TABLES.items()}
)


def changed(export: Export, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The dump of `export` after somebody has edited it."""
    content = orjson.loads(b"".join(write(export)))
    change(content)
    return orjson.dumps(content)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables=TABLE_SETS)
def test_read_gives_back_what_was_written(tables: dict[str, list[object]], exporting: Callable[..., Export]) -> None:
    export = exporting(tables=tables)
    data = b"".join(write(export))
    dump = read(data)
    assert dump.tables == tables
    assert not dump.notices
    assert b"".join(write(exporting(tables=dump.tables))) == data


def test_the_corpus_travels_without_its_address(export: Export) -> None:
    dump = read(b"".join(write(export)))
    assert dump.corpus == CorpusRecord("", "", "AI 治理", "A small corpus", "zh-Hant", "2026-11-21T09:30:00Z")


def test_nothing_depends_on_house_time_or_filter(exporting: Callable[..., Export]) -> None:
    other = exporting(base_url="", filters="kind=claim", counts={"events": 0})
    assert b"".join(write(exporting())) == b"".join(write(other))


def test_one_record_a_line_in_the_order_of_import(export: Export) -> None:
    lines = b"".join(write(export)).decode().split("\n")
    assert lines[0] == '{"format":"aigov","schema":1,'
    assert lines[1].startswith('"corpus":{"name":"AI 治理",')
    records = [line for line in lines if line.startswith('{"uid"')]
    assert len(records) == sum(len(list(table())) for table in export.tables.values())
    assert list(orjson.loads("\n".join(lines)))[3:] == list(TABLES)


def test_keys_of_free_mappings_have_one_order(exporting: Callable[..., Export]) -> None:
    data = b"".join(write(exporting()))
    assert data.index(b'"q1":"yes"') < data.index(b'"q2":5')
    flipped = data.replace(b'{"q1":"yes","q2":5}', b'{"q2":5,"q1":"yes"}')
    assert b"".join(write(exporting(tables=read(flipped).tables))) == data


def test_a_stream_reads_like_bytes(export: Export) -> None:
    data = b"".join(write(export))
    assert read(io.BytesIO(data)) == read(b"\xef\xbb\xbf" + data)


@pytest.mark.parametrize("cut", [0, 1, 40, -2, -300])
def test_broken_json_names_the_line(cut: int, export: Export) -> None:
    data = b"".join(write(export))[:cut]
    with pytest.raises(Unreadable, match=r"line \d+, column \d+"):
        read(data)


@pytest.mark.parametrize("data", [b"[]", b"{}", b'"x"', b'{"format":"other","schema":1}', b"null"])
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid, match="not a complete dump"):
        read(data)


@pytest.mark.parametrize("schema", [2, 0, "1", None, 1.0, True, [1]])
def test_another_schema_is_refused(schema: object, export: Export) -> None:
    with pytest.raises(Invalid, match="schema 1 can be read") as caught:
        read(changed(export, lambda content: content.update(schema=schema)))
    assert caught.value.code == "dump-schema"


@pytest.mark.parametrize("table", sorted(ADDED))
def test_a_table_that_older_dumps_lack_may_be_missing(table: str, export: Export) -> None:
    assert read(changed(export, lambda content: content.pop(table))).tables[table] == []


@pytest.mark.parametrize("table", ["corpus", *(name for name in TABLES if name not in ADDED)])
def test_a_missing_table_is_named(table: str, export: Export) -> None:
    with pytest.raises(Invalid, match=f'no "{table}"'):
        read(changed(export, lambda content: content.pop(table)))


WRONG: list[tuple[tuple[str | int, ...], object, str]] = [
    (("statements", 1, "number"), "2", r'statements, record 2 \(.+\): number should be a whole number, but is "2"'),
    (("statements", 0, "number"), True, "number should be a whole number, but is true"),
    (("statements", 0, "text"), None, "text should be text, but is null"),
    (("statements", 0, "proposal"), [], "proposal should be an object, but is a list"),
    (("documents", 0, "versions", 0, "blocks", 1, "start"), 1.5, r"versions\[0\]\.blocks\[1\]\.start should be"),
    (("documents", 0, "authors"), "某人", "authors should be a list"),
    (("documents", 0, "authors", 0), 7, r"authors\[0\] should be text, but is 7"),
    (("annotations", 0, "anchors", 0, "similarity"), "1", "should be a number"),
    (("verifications", 0, "search_log", 0, "query"), 1, r"search_log\[0\]\.query should be text"),
    (("tags", 0, "deprecated"), 0, "deprecated should be true or false"),
    (("members", 0), "x", r"members, record 1 \(\?\): members should be an object"),
    (("members",), {}, "members should be a list, but is an object"),
    (("corpus", "name"), 3, "corpus, record 0"),
    (("corpus",), [], "should be an object"),
]


@pytest.mark.parametrize(("path", "value", "sentence"), WRONG)
def test_a_wrong_type_names_record_and_field(
    path: tuple[str | int, ...], value: object, sentence: str, export: Export
) -> None:
    def change(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = value

    with pytest.raises(Invalid, match=sentence):
        read(changed(export, change))


def test_a_missing_field_is_named(export: Export) -> None:
    with pytest.raises(Invalid, match="number should be there, but is missing"):
        read(changed(export, lambda content: content["statements"][0].pop("number")))


def test_a_field_with_a_default_may_be_missing(export: Export) -> None:
    dump = read(changed(export, lambda content: content["agents"][0].pop("note")))
    assert dump.tables["agents"][0].note == ""


def test_the_same_uid_twice_is_refused(export: Export) -> None:
    with pytest.raises(Invalid, match="records 1 and 2 have the same uid"):
        read(changed(export, lambda content: content["members"].append(content["members"][0])))


def test_what_a_newer_program_added_is_reported(export: Export) -> None:
    def change(content: dict[str, Any]) -> None:
        content["rounds"] = []
        content["annotations"][0]["anchors"][0]["colour"] = "red"
        for agent in content["agents"]:
            agent["logo"] = ""

    sentences = [str(notice) for notice in read(changed(export, change)).notices]
    assert sentences == [
        "Not known to this version and left out: agent.logo (1 times).",
        "Not known to this version and left out: anchor.colour (1 times).",
        "Not known to this version and left out: table rounds (1 times).",
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_dump_never_raises_anything_else(data: st.DataObject, export: Export) -> None:
    whole = bytearray(b"".join(write(export)))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=4)):
        whole[place] = data.draw(st.integers(0, 255))
    try:
        assert isinstance(read(bytes(whole)), Dump)
    except Problem as problem:
        assert str(problem)
