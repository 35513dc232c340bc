"""PDF: paragraphs, headings, running heads, hyphens, pages without text, and what the cleaner makes of it."""

from io import BytesIO

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from annotations.readers import read
from annotations.readers.pdflines import Line, pieces, running_heads, signature
from annotations.records import SourceText
from annotations.text.cleaning import clean
from fixtures.samples import words
from fixtures.samples.make import report_pdf


def blocks(source: SourceText) -> list[tuple[str, str]]:
    return [(block.role, source.text[block.start : block.end]) for block in source.blocks]


def line(text: str, base: float, left: float = 72, right: float = 500, size: float = 12) -> Line:
    return Line(text, left, right, base, size)


def pdf(*pages: list[tuple[float, float, float, str]], title: str = "") -> SourceText:
    """Pages of (left, base, size, text)."""
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=True)
    canvas.setTitle(title)
    for page in pages:
        for left, base, size, text in page:
            canvas.setFont("Helvetica", size)
            canvas.drawString(left, base, text)
        canvas.showPage()
    canvas.save()
    return read(buffer.getvalue(), "a.pdf")


def test_sample_pages_and_their_clean_view() -> None:
    source = read(report_pdf(), "report.pdf")
    roles = [(block.role, block.page) for block in source.blocks]
    assert roles[:5] == [("page-head", 1), ("title", 1), ("paragraph", 1), ("paragraph", 1), ("page-head", 1)]
    assert roles[5:] == [
        (role, page) for page in (2, 3) for role in ("page-head", "paragraph", "paragraph", "page-head")
    ]
    cleaned = clean(source.text, "aigov-1+pdf-lines").text
    wanted = [words.TITLE, *(paragraph for page in words.PAGES for paragraph in page)]
    assert [part for part in cleaned.split("\n") if part.strip()] == wanted


def test_hyphens_at_the_end_of_lines_come_back() -> None:
    source = pdf(
        [(72, 700, 12, "This line is long enough to end with a hyphen in the ex-"), (72, 686, 12, "ample of a word.")]
    )
    assert source.text == "This line is long enough to end with a hyphen in the ex-\nample of a word."
    assert clean(source.text, "aigov-1+pdf-lines").text.endswith("in the example of a word.")


def test_headings_by_size_and_title_by_being_alone() -> None:
    body = [
        (72, 640 - 14 * n, 12, f"Body line number {n} goes on for the whole width of the page here") for n in range(9)
    ]
    source = pdf([(72, 720, 24, "Rules"), (72, 680, 16, "Part one"), *body])
    assert [(role, text) for role, text in blocks(source)][:2] == [("title", "Rules"), ("heading", "Part one")]
    assert source.blocks[1].level == 2
    assert (source.title, len(source.blocks)) == ("Rules", 3)


def test_bold_lines_are_headings_unless_everything_is_bold() -> None:
    def page(bold: bool) -> list[tuple[str, str]]:
        lines = [Line("A heading in bold", 72, 180, 700, 12, bold=True)]
        lines += [
            Line(f"Body line {n} that fills the whole width of the page", 72, 500, 686 - 14 * n, 12, bold)
            for n in range(4)
        ]
        return [(piece.role, piece.text.split("\n")[0]) for piece in pieces([lines])]

    assert page(bold=False) == [
        ("heading", "A heading in bold"),
        ("paragraph", "Body line 0 that fills the whole width of the page"),
    ]
    assert [role for role, _ in page(bold=True)] == ["paragraph", "paragraph"]


def test_bold_type_is_seen_in_the_file() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=True)
    for number, (font, text) in enumerate((("Helvetica-Bold", "Bold words"), ("Helvetica", "Plain words " * 6))):
        canvas.setFont(font, 12)
        canvas.drawString(72, 700 - 14 * number, text)
    canvas.save()
    assert [role for role, _ in blocks(read(buffer.getvalue(), "a.pdf"))] == ["title", "paragraph"]


def test_items_stand_alone() -> None:
    page = [line(f"• item {name} that fills the whole width of the page", 700 - 14 * n) for n, name in enumerate("abc")]
    assert [piece.role for piece in pieces([page])] == ["list-item"] * 3


def test_stated_title_is_taken_unless_a_program_made_it() -> None:
    assert pdf([(72, 700, 12, "text")], title="Rules for all").title == "Rules for all"
    assert pdf([(72, 700, 12, "text")], title="Microsoft Word - final2.docx").title is None


def test_pages_that_are_scans_are_named() -> None:
    buffer, picture = BytesIO(), BytesIO()
    Image.new("L", (20, 20)).save(picture, "PNG")
    canvas = Canvas(buffer, invariant=True)
    for number in range(1, 5):
        if number in (2, 4):
            canvas.drawImage(ImageReader(picture), 50, 50, 400, 600)
        elif number == 1:
            canvas.drawString(72, 700, "Only this page has text.")
        canvas.showPage()
    canvas.save()
    source = read(buffer.getvalue(), "a.pdf")
    assert [str(notice) for notice in source.notices] == [
        "These pages of a.pdf have no text, perhaps because they are scans: 2, 4."
    ]


def test_form_feeds_count_empty_pages() -> None:
    source = pdf([(72, 700, 12, "one")], [], [(72, 700, 12, "three")])
    assert source.text == "one\n\f\f\nthree"
    assert [block.page for block in source.blocks] == [1, 3]


def test_running_heads() -> None:
    pages = [[line(f"Review {n}", 800), line("abcde"[n - 1] * 9, 700), line(f"{n}", 30)] for n in range(1, 6)]
    pages[2] = [line("Another head", 800), line("body", 700), line("3", 30)]
    assert running_heads(pages) == {(p, n) for p in range(5) for n in (0, 2)} - {(2, 0)}


def test_a_repeated_line_in_the_middle_or_elsewhere_is_no_head() -> None:
    middle = [[line(f"first {'abcd'[n]}", 800), line("again", 500), line(f"last {'abcd'[n]}", 30)] for n in range(4)]
    assert running_heads(middle) == set()
    moving = [[line("again", 800 - 50 * n), line("body", 400), line(f"end {'abcd'[n]}", 100)] for n in range(4)]
    assert running_heads(moving) == set()


def test_second_line_of_a_head_counts_only_behind_the_first() -> None:
    both = [[line("Review", 800), line("Second line", 788), line("abcd"[n], 400)] for n in range(4)]
    assert running_heads(both) == {(p, n) for p in range(4) for n in (0, 1)}


def test_page_numbers() -> None:
    numbers = (
        "12",
        "- 12 -",
        "— 3 —",
        "xiv",
        "3 / 10",
        "第 5 页",
        "第5頁",
        "第 5 页 共 9 页",
        "Page 3 of 10",
        "page 7",
    )
    assert [text for text in numbers if signature(text) != "#"] == []
    others = ("2024 was a year", "Page", "第五页的内容", "12 systems", "第 5 页说明了原因")
    assert [text for text in others if signature(text) == "#"] == []


def test_paragraphs_by_gap_indent_and_short_line() -> None:
    page = [
        line("The first paragraph begins and goes on", 700, left=96),
        line("until it ends here.", 686, right=300),
        line("The second is told by the short line before", 672),
        line("and is full to the margin at its very end.", 658),
        line("The third is set in and is told by that", 644, left=96),
        line("alone, because the line before is full.", 630),
        line("The fourth stands after a gap.", 600),
    ]
    found = [piece.text.split("\n")[0][:10] for piece in pieces([page])]
    assert found == ["The first ", "The second", "The third ", "The fourth"]


def test_heads_are_read_first_and_feet_last_wherever_they_are_drawn() -> None:
    pages = [[line(f"{n}", 30), line("abcd"[n] * 9, 400), line("Review", 800)] for n in range(4)]
    assert [piece.text for piece in pieces(pages)][:3] == ["Review", "aaaaaaaaa", "0"]
