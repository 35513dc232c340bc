"""Which column means what, and what a row asks for."""

import pytest

from annotations.formats.column_names import COLUMN_NAMES, FIELDS, KIND_WORDS
from annotations.formats.spreadsheet_plan import PlannedRow, guess_mapping, key, plan, split_many
from annotations.formats.table import Table
from annotations.records import OccurrenceRow
from annotations.rules.errors import Invalid
from annotations.rules.vocabulary import KINDS


def planned(**cells: str) -> PlannedRow:
    table = Table(tuple(cells), (tuple(cells.values()),), (2,))
    return plan(table, {field: field for field in cells})[0]


def test_fields_are_those_of_a_planned_row() -> None:
    assert set(FIELDS) == {
        "quote", "document", "kind", "text", "type", "tags", "note", "speaker", "owner", "source",
    }  # fmt: skip


def test_a_name_means_one_field_only() -> None:
    keys = [key(name) for names in COLUMN_NAMES.values() for name in names]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "columns",
    [
        ["Quote", "Document", "Kind", "Text", "Type", "Tags", "Note", "Speaker", "Owner", "Source"],
        ["引文", "文档", "类别", "陈述", "类型", "标签", "备注", "发言方", "负责人", "来源"],
        ["引文", "文件", "類別", "陳述", "類型", "標籤", "備註", "發言方", "負責人", "來源"],
        ["摘录", "篇名", "种类", "论断", "论断类型", "编码", "说明", "发言人", "经办人", "出处"],
        [" QUOTE (original) ", "File name", "Category", "Claim text", "claim-type", "Label", "Comments", "Who",
         "Assigned to", "URL"],
        ["原文【必填】", "文章標題", "分類", "主張", "子類", "關鍵詞", "批註", "講話人", "分配給", "網址"],
    ],
)  # fmt: skip
def test_all_ten_columns_are_told_by_name(columns: list[str]) -> None:
    assert guess_mapping(columns) == dict(zip(FIELDS, columns, strict=True))


def test_our_own_table_maps_to_what_it_means() -> None:
    assert guess_mapping(OccurrenceRow._fields) == {
        "quote": "quote_raw", "document": "document_title", "kind": "kind", "text": "statement_text", "type": "type",
        "tags": "annotation_tags", "note": "note", "speaker": "attributed_to", "owner": "owner",
        "source": "source_urls",
    }  # fmt: skip


def test_unknown_columns_and_repeated_names_are_left_alone() -> None:
    assert guess_mapping(["x", "Quote", "quote"]) == {"quote": "Quote"}
    assert guess_mapping(["", "()", "Source language"]) == {}


def test_a_full_row() -> None:
    row = planned(
        quote=" 引文 ", document="a.txt", kind="Claim", text="t", type="Quantity", tags="風險 | a, b", note="n",
        speaker="某組織", owner="李", source="https://x.example/?a=1;2 | 書",
    )  # fmt: skip
    assert row == PlannedRow(
        2, "引文", "a.txt", "claim", "t", ("quantity",), ("風險", "a, b"), "n", "某組織", "李",
        ("https://x.example/?a=1;2", "書"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("", ()),
        ("a", ("a",)),
        ("a; b ,c", ("a", "b", "c")),
        ("甲、乙,丙;丁\n戊", ("甲", "乙", "丙", "丁", "戊")),
        ("甲\uff0c乙\uff1b丙", ("甲", "乙", "丙")),
        ("a, b | c", ("a, b", "c")),
        (" | a | a | ", ("a",)),
    ],
)
def test_several_values_in_a_cell(cell: str, values: tuple[str, ...]) -> None:
    assert split_many(cell) == values


@pytest.mark.parametrize("word", [*KIND_WORDS, "CLAIM", "Ｃlaim", " Proposal "])
def test_words_for_kinds(word: str) -> None:
    assert planned(quote="q", kind=word).kind in KINDS


def test_a_kind_or_type_that_is_not_known_is_a_problem_of_the_row() -> None:
    row = planned(quote="q", kind="opinion", type="quantity, nonsense")
    assert (row.kind, row.types) == ("", ("quantity",))
    assert [str(problem) for problem in row.problems] == [
        "“opinion” is neither a claim nor a proposal.",
        "“nonsense” is not a known type; the row is taken without it.",
    ]


def test_types_belong_to_their_kind() -> None:
    assert planned(quote="q", kind="proposal", type="New institution").types == ("new_institution",)
    assert planned(quote="q", kind="proposal", type="quantity").types == ()
    assert planned(quote="q", kind="claim", type="new_institution").types == ()
    assert planned(quote="q", type="Document content | tiering").types == ("document_content", "tiering")


def test_a_row_without_quote_and_text_is_a_problem() -> None:
    assert [problem.code for problem in planned(note="n").problems] == ["row-empty"]
    assert planned(text="t").problems == ()


def test_words_of_another_language() -> None:
    table = Table(("k", "t", "q"), (("论断", "數量", "x"),), (2,))
    (row,) = plan(table, {"kind": "k", "type": "t", "quote": "q"}, {"數量": "quantity"})
    assert (row.kind, row.types, row.problems) == ("claim", ("quantity",), ())


def test_a_wrong_mapping_is_refused() -> None:
    table = Table(("a",), (), ())
    with pytest.raises(Invalid, match="no column “b”"):
        plan(table, {"quote": "b"})
    with pytest.raises(Invalid, match="no field “x”"):
        plan(table, {"x": "a"})
