"""DOCX, ODT and EPUB: what programs write, what attackers write, and nothing read that lies outside the file."""

from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest

from annotations.readers import read
from annotations.readers.archive import Archive
from annotations.records import SourceText
from annotations.rules.errors import Unreadable
from fixtures.samples.containers import ODF, docx, packed, paragraph

OUTSIDE = (
    '<Relationship Id="out" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    'Target="{}" TargetMode="External"/>'
)
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
    '<a:blip r:link="out"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
)


def written_by_python_docx() -> bytes:
    document = python_docx.Document()
    document.core_properties.title = "Rules"
    document.core_properties.author = "python-docx"
    document.add_heading("Rules for all", 0)
    document.add_heading("First part", 1)
    document.add_paragraph("Plain text.")
    document.add_paragraph("an item", style="List Bullet")
    document.add_paragraph("said somebody", style="Intense Quote")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", "right"
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_docx_of_another_producer() -> None:
    source = read(written_by_python_docx(), "a.docx")
    assert [(block.role, source.text[block.start : block.end]) for block in source.blocks] == [
        ("title", "Rules for all"),
        ("heading", "First part"),
        ("paragraph", "Plain text."),
        ("list-item", "an item"),
        ("quote", "said somebody"),
        ("table-cell", "left"),
        ("table-cell", "right"),
    ]
    assert (source.title, source.authors) == ("Rules for all", ())


def test_docx_follows_no_outside_relation(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    for target in (secret.as_uri(), str(secret), "http://127.0.0.1:9/x.png"):
        source = read(docx(paragraph("text") + PICTURE, relations=OUTSIDE.format(target)), "a.docx")
        assert source.text == "text"


def test_docx_keeps_links_as_their_words() -> None:
    link = OUTSIDE.format("https://example.org/").replace("/image", "/hyperlink")
    body = '<w:p><w:hyperlink r:id="out"><w:r><w:t>the report</w:t></w:r></w:hyperlink></w:p>'
    assert read(docx(body, relations=link), "a.docx").text == "the report"


def test_docx_numbers_notes_as_the_text_does() -> None:
    notes = "".join(f'<w:footnote w:id="{n}">{paragraph(f"note {n}")}</w:footnote>' for n in (7, 4))
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    body = paragraph("one", extra=mark.format(4)) + paragraph("two", extra=mark.format(7) + mark.format(4))
    assert read(docx(body, footnotes=notes), "a.docx").text.split("\n")[:2] == ["one[1]", "two[2][3]"]
    assert "[1] note 4" in read(docx(body, footnotes=notes), "a.docx").text


def odt(body: str, **parts: str) -> SourceText:
    content = (
        f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    files = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **parts}
    return read(packed(files, stored="mimetype"), "a.odt")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<text:p>a<text:s text:c='2'/>b<text:tab/>c</text:p>", "a b c"),
        ("<text:p>a<text:line-break/>b</text:p>", "a\nb"),
        ("<text:p>a<text:s text:c='999999999999'/>b</text:p>", "a b"),
        ("<text:section><text:p>a <text:span>b</text:span></text:p></text:section>", "a b"),
        ("<text:p>a</text:p><!-- c --><text:p/><text:p>b</text:p>", "a\nb"),
        ("<text:table-of-content><text:p>contents</text:p></text:table-of-content><text:p>a</text:p>", "a"),
        ("<text:p>a<text:note><text:note-citation>*</text:note-citation></text:note>b</text:p>", "a[*]b"),
    ],
)
def test_odt_text(body: str, text: str) -> None:
    assert odt(body).text == text


def test_odt_repeated_cells_are_not_multiplied() -> None:
    cell = "<table:table-cell table:number-columns-repeated='1000000000'><text:p>a</text:p></table:table-cell>"
    row = f"<table:table-row table:number-rows-repeated='1000000000'>{cell * 2}</table:table-row>"
    assert odt(f"<table:table>{row}</table:table>").text == "a\ta"


def test_odt_heading_levels() -> None:
    heading = "<text:h text:outline-level='{}'>h{}</text:h>"
    source = odt("".join(heading.format(level, level) for level in (1, 1, 3, 99)))
    assert [block.level for block in source.blocks] == [1, 1, 3, 6]


def test_odt_encrypted() -> None:
    with pytest.raises(Unreadable, match="a.odt is protected by a password"):
        odt("<text:p/>", **{"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"})


def epub(chapters: dict[str, str], spine: str, metadata: str = "", **parts: str) -> SourceText:
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in chapters)
    names = 'xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    package = (
        f"<package {names}><metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="a.opf"/>'
        "</rootfiles></container>"
    )
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "a.opf": package}
    return read(packed(files | chapters | parts, stored="mimetype"), "a.epub")


def reference(name: str) -> str:
    return f'<itemref idref="{name}"/>'


def test_epub_of_the_old_kind() -> None:
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
    chapter = f'{doctype}<html><head><title/><script src="x"/></head><body><p>a&nbsp;b &hellip;</p></body></html>'
    assert epub({"c.xhtml": chapter}, reference("c.xhtml")).text == "a\xa0b …"


def test_epub_reads_only_what_is_inside() -> None:
    name = "../../../../../../../etc/hostname"
    assert epub({name: "<p>inside</p>"}, reference(name)).text == "inside"


def test_epub_that_repeats_one_chapter_is_counted_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.readers.limits.max_unpacked", lambda: 100_000)
    chapter = "<html><body><p>" + "字" * 5000 + "</p></body></html>"
    with pytest.raises(Unreadable, match="a.epub unpacks to far more"):
        epub({"c.xhtml": chapter}, reference("c.xhtml") * 50)


def test_epub_with_nothing_to_read() -> None:
    with pytest.raises(Unreadable, match="nothing but white space"):
        epub({"c.xhtml": "<html><body><img src='x'/></body></html>"}, reference("c.xhtml"))


def test_encrypted_fonts_of_a_book_are_no_harm() -> None:
    encryption = '<e xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:CipherReference URI="font.otf"/></e>'
    source = epub({"c.xhtml": "<p>text</p>"}, reference("c.xhtml"), **{"META-INF/encryption.xml": encryption})
    assert source.text == "text"


def test_archive_counts_what_comes_out_and_finds_members_by_any_spelling() -> None:
    archive = Archive(packed({"a/b.xml": "<x/>"}), "f.odt", "ODT")
    assert archive.read("a/c/../b.xml") == archive.read("/a/b.xml") == b"<x/>"
    assert archive.read("a/none") is None
    with pytest.raises(Unreadable, match="f.odt is damaged"):
        archive.require("a/none")
