"""Every file that cannot be read gets one sentence: which file, what is wrong, what to do."""

import pytest

from annotations.readers import read
from annotations.readers.problems import NOTICES, PROBLEMS, notice, shown, unreadable
from annotations.rules.errors import Unreadable
from tests.readers.bad import BAD, Bad


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_one_sentence(bad: Bad) -> None:
    with pytest.raises(Unreadable) as caught:
        read(bad.make(), bad.name)
    problem = caught.value
    assert (problem.code, problem.field, problem.status) == (bad.code, "file", 400)
    assert bad.name in str(problem)
    assert bad.says in str(problem)


def test_text_longer_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.readers.limits.max_characters", lambda: 1000)
    assert len(read(("评" * 1000).encode(), "long.txt").text) == 1000
    for name, data in (
        ("long.txt", "评" * 1001),
        ("long.html", "<html><body><p>" + "评" * 1001 + "</p></body></html>"),
    ):
        with pytest.raises(Unreadable, match=f"{name} has more than 1000 characters.* Split"):
            read(data.encode(), name)


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        ("page.txt", b"<!DOCTYPE html><html><body><p>Text of a page</p></body></html>", "html"),
        ("notes.pdf", "只是文字。".encode(), "txt"),
        ("notes.doc", "只是文字。".encode(), "txt"),
        ("notes.docx", b"%PDF-", "txt"),
    ],
)
def test_content_wins_over_the_name(name: str, data: bytes, reader: str) -> None:
    source = read(data, name)
    assert source.reader == reader
    assert [n.code for n in source.notices] == ["named-otherwise"]
    assert name in str(source.notices[0])


@pytest.mark.parametrize("name", ["notes", "notes.txt", "notes.log", "notes.tex", "a.b/c", ""])
def test_text_needs_no_particular_name(name: str) -> None:
    source = read(b"Only text.", name)
    assert (source.reader, source.text, source.notices) == ("txt", "Only text.", ())


def test_a_parser_that_fails_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("surprise")

    monkeypatch.setattr("annotations.readers.md.PARSER.parse", fail)
    with pytest.raises(Unreadable, match="a.md is damaged and cannot be read as Markdown"):
        read(b"# x", "a.md")


def test_names_are_shown_without_folders_and_control_characters() -> None:
    assert shown("../../etc/pass\x1b[2Jwd\n.txt") == "pass\ufffd[2Jwd\ufffd.txt"
    assert shown("C:\\files\\报告.pdf") == "报告.pdf"
    assert shown("") == "file"
    assert shown("x\udcff.txt") == "x\ufffd.txt"
    long = shown("文" * 500 + ".docx")
    assert len(long) == 120 and long.endswith(".docx") and "…" in long


def test_a_per_cent_sign_in_a_name_does_no_harm() -> None:
    assert str(unreadable("empty", "100%(name)s%d.txt")).startswith("100%(name)s%d.txt is empty")


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_problem_names_the_file_and_ends_as_a_sentence(code: str) -> None:
    params = {"format": "PDF", "limit": 7, "count": 8, "pages": 9}
    sentence = str(unreadable(code, "file.bin", **params))
    assert "file.bin" in sentence and sentence.endswith(".") and "%" not in sentence


@pytest.mark.parametrize("code", sorted(NOTICES))
def test_every_notice_is_a_sentence(code: str) -> None:
    sentence = str(notice(code, "file.bin", format="PDF", count=3, charset="gb18030", pages="1, 2"))
    assert sentence.endswith(".") and "%" not in sentence
