"""Tables of analysts: every charset, delimiter and workbook habit, and a sentence for each file that cannot be read."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from annotations.formats import csv_table, xlsx
from annotations.formats.guard import strip_controls
from annotations.formats.spreadsheet import read_table
from annotations.records import Export, OccurrenceRow
from annotations.rules import limits
from annotations.rules.errors import Problem, TooLarge, Unreadable

CHINESE = "引文,文件,類別\n我們應當設立新的國際組織,第一份文件,提議\n事故數量去年增加了百分之五十六,第二份文件,論斷\n"
SIMPLIFIED = (
    "引文,文档,类别\n我们应当设立新的国际组织,第一份文档,提议\n事故数量去年增加了百分之五十六,第二份文档,论断\n"
)


def book(*rows: list[object], more: dict[str, list[list[object]]] | None = None) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for title, cells in (more or {}).items():
        sheet = made.create_sheet(title)
        for row in cells:
            sheet.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5"])
def test_charsets(charset: str) -> None:
    text = SIMPLIFIED if charset == "gb18030" else CHINESE
    found = read_table(text.encode(charset), "a.csv")
    assert [found.columns, *found.rows] == [tuple(line.split(",")) for line in text.splitlines()]


def test_traditional_characters_in_gb18030_and_western_ones() -> None:
    assert read_table(CHINESE.encode("gb18030"), "a.csv").columns[0] == "引文"
    assert read_table("name,note\nné,naïve café – “so”\n".encode("cp1252"), "a.csv").rows == (
        ("né", "naïve café – “so”"),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, end: str) -> None:
    lines = [["quote", "note"], ['"a, b; c\td"', '"two\nlines ""x"""'], ["e", ""]]
    found = read_table(end.join(delimiter.join(line) for line in lines).encode(), "a.csv")
    assert found.columns == ("quote", "note")
    assert found.rows == (("a, b; c\td", 'two\nlines "x"'), ("e", ""))


def test_the_separator_hint_of_excel() -> None:
    found = read_table(b"sep=|\r\na|b,c\r\n1|2\r\n", "a.csv")
    assert (found.columns, found.rows, found.lines) == (("a", "b,c"), (("1", "2"),), (3,))


def test_our_own_csv_comes_back(export: Export) -> None:
    found = read_table(b"".join(csv_table.write(export)), "a.csv")
    assert found.columns == OccurrenceRow._fields
    assert found.rows == tuple(tuple(map(strip_controls, row)) for row in export.rows())


def test_our_own_workbook_comes_back(export: Export) -> None:
    found = read_table(b"".join(xlsx.write(export)), "a.xlsx")
    assert found.columns == OccurrenceRow._fields
    assert found.rows == tuple(tuple(map(strip_controls, row)) for row in export.rows())
    assert (found.sheet, found.other_sheets) == (
        "Claims and proposals", ("Passages without a statement", "Loss report"),
    )  # fmt: skip


def test_rows_keep_their_numbers_and_nothing_falls_off() -> None:
    found = read_table(b"\n , \nTags,Tags,,  a   b \n\n1\n,,,,,6\n \n,2,,,,,\n", "a.csv")
    assert found.columns == ("Tags", "Tags (2)", "Column 3", "a b", "Column 5", "Column 6")
    assert found.lines == (5, 6, 8)
    assert found.rows == (("1", *[""] * 5), (*[""] * 5, "6"), ("", "2", *[""] * 4))


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert read_table(b"quote", "a.csv").rows == ()


def test_values_of_a_workbook() -> None:
    when = datetime(2026, 11, 21, 9, 30)
    cells = [3.0, 3.5, True, datetime(2026, 11, 21), when, date(2026, 1, 2), None, 123456789012345, " x "]
    found = read_table(book(["h"] * len(cells), cells), "a.xlsx")
    assert found.rows[0] == (
        "3", "3.5", "true", "2026-11-21", "2026-11-21 09:30:00", "2026-01-02", "", "123456789012345", " x ",
    )  # fmt: skip


def test_formulas_give_their_stored_values_never_themselves() -> None:
    assert read_table(book(["a", "b"], ["=1+1", "x"]), "a.xlsx").rows == (("", "x"),)


def test_sheets_are_chosen_by_content_or_name() -> None:
    made = book(more={"Data": [["quote"], ["q"]], "Empty": [], "Notes": [["n"]]})
    found = read_table(made, "a.xlsx")
    assert (found.sheet, found.columns, found.other_sheets) == ("Data", ("quote",), ("Notes",))
    assert read_table(made, "a.xlsx", sheet="Notes").columns == ("n",)
    with pytest.raises(Unreadable, match=r"a\.xlsx has no sheet"):
        read_table(made, "a.xlsx", sheet="Other")


def cut_book() -> bytes:
    return book(["a"], ["b"])[:-100]


def zip_of(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "holds no table"),
        (b" \n,,\n", "holds no table"),
        (b"\xd0\xcf\x11\xe0 old", "old or password-protected"),
        (cut_book(), "does not end like one"),
        (zip_of("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), "not an Excel workbook"),
        (book(), "has no sheet with a table"),
        (b'a,b\n"x,y\n', "at line 2"),
        (b'a,b\n"x"y,z\n', "at line 2"),
        (b"\xef\xbb\xbfa\xff", "character set"),
        (b"a" * 200_000, "field larger"),
    ],
)
def test_what_cannot_be_read_is_said_with_the_name(data: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence) as caught:
        read_table(data, "table 1")
    assert str(caught.value).startswith("table 1 ")


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    given = {"import_rows": 3, "import_columns": 4}
    monkeypatch.setattr(limits, "_overrides", lambda: given)
    assert len(read_table(b"h\n1\n2\n3\n", "a.csv").rows) == 3
    with pytest.raises(TooLarge, match="more than 3 rows"):
        read_table(b"h\n1\n2\n3\n4\n", "a.csv")
    with pytest.raises(TooLarge, match="more than 4 columns"):
        read_table(b"h\n1,2,3,4,5\n", "a.csv")
    given["upload_bytes"] = 10
    with pytest.raises(TooLarge, match="larger than"):
        read_table(b"x" * 11, "a.csv")


def test_a_workbook_that_would_unpack_hugely(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "_overrides", lambda: {"workbook_bytes": 100_000})
    with pytest.raises(TooLarge, match="unpacks to more than"):
        read_table(zip_of("xl/workbook.xml", b"0" * 1_000_000), "a.xlsx")


@given(st.binary(max_size=60), st.sampled_from([b"", b"PK\x03\x04", b"a,b\n", b"\xff\xfe"]))
def test_any_bytes_give_a_table_or_a_sentence(data: bytes, start: bytes) -> None:
    try:
        assert read_table(start + data, "a").columns
    except Problem as problem:
        assert str(problem).startswith("a ")


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"])), min_size=2, max_size=2), max_size=4))
def test_what_csv_writes_is_read_back(rows: list[list[str]]) -> None:
    found = read_table(csv_table.encode_rows([["one", "two"], *rows]), "a.csv")
    assert [list(row) for row in found.rows] == [row for row in rows if any(cell.strip() for cell in row)]
