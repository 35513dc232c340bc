"""Facts of a document, proposed from its text and from what its file says about itself (UX.md 4.11)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from annotations.text import dates, language, signature

TITLE_LENGTH = 24  # clean characters of a title that had to be made up
TITLE_LIMIT = 300
SAMPLE = 40_000  # code points searched for dates from the start; bylines stand at the edges anyway

# Word processors and converters put the name of the file where the title belongs.
FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|txt|html?|md|odt|epub|rtf|wps|pptx?|xlsx?|indd)\s*$|^microsoft word\b|^untitled\b|^document\d*$"
    r"|^无标题|^未命名|^[\w-]*[0-9a-f]{8,}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What the file states about itself (fields of SourceText); None and () = nothing."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published_date: str | None = None
    language: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of a Document by field name; "", () and None = not known. `proposed` names all that are given."""

    title: str = ""
    language: str = "und"
    authors: tuple[str, ...] = ()
    author_note: str = ""  # the author's role with affiliation
    affiliation: str = ""
    publisher: str = ""
    source_note: str = ""
    url: str = ""
    published_date: str = ""
    not_before: str = ""
    reference_year: int | None = None

    @property
    def proposed(self) -> tuple[str, ...]:
        given = (field.name for field in fields(self) if getattr(self, field.name))
        return tuple(name for name in given if (name, self.language) != ("language", "und"))

    def as_fields(self) -> dict[str, object]:
        """Values as a Document stores them (lists for tuples), with `proposed`."""
        values: dict[str, object] = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**values, "authors": list(self.authors), "proposed": list(self.proposed)}


def propose(paragraphs: Sequence[tuple[str, str]], file_facts: FileFacts | None = None, today: str = "") -> Facts:
    """Facts from (block role, clean text) of each paragraph in order, repeated ones left out.

    A publication date comes from file, byline or address only; dates in the body give `not_before`. Dates after `today`
    (ISO, "" = no bound) are taken for plans.
    """
    stated = file_facts or FileFacts()
    text = "\n".join(_sample(paragraphs))
    signed = signature.read(paragraphs)
    published = _published(stated, signed, today)
    year = int(published[:4]) if published else dates.reference_year(text, today)
    return Facts(
        title=_title(paragraphs, stated.title),
        language=_language(text, stated.language),
        authors=signed.authors or stated.authors,
        author_note=signed.author_note,
        affiliation=signed.affiliation,
        publisher=(stated.publisher or "").strip(),
        source_note=signed.source_note,
        url=stated.url or "",
        published_date=published,
        not_before="" if published else dates.not_before(text, year, today),
        reference_year=year,
    )


def _sample(paragraphs: Sequence[tuple[str, str]]) -> list[str]:
    taken, room = [], SAMPLE
    for _, text in paragraphs:
        taken.append(text[:room])
        room -= len(taken[-1])
        if room <= 0:
            break
    return taken


def _title(paragraphs: Sequence[tuple[str, str]], stated: str | None) -> str:
    titles = [text for role, text in paragraphs if role == "title" and text.strip()]
    if not titles and paragraphs and paragraphs[0][0] == "heading":
        titles = [paragraphs[0][1]]
    if not titles and stated and stated.strip() and not FILE_NAME.search(stated.strip()):
        titles = [stated]
    if titles:
        return " ".join(titles[0].split())[:TITLE_LIMIT]
    return _beginning(next((text.strip() for _, text in paragraphs if text.strip()), ""))


def _beginning(text: str) -> str:
    """The first characters and an ellipsis, not cut inside a number or a Latin word."""
    text = " ".join(text.split())
    if len(text) <= TITLE_LENGTH:
        return text
    cut = TITLE_LENGTH
    while cut and _latin(text[cut - 1]) and _latin(text[cut]):
        cut -= 1
    return text[: cut or TITLE_LENGTH].rstrip() + "…"


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _language(text: str, stated: str | None) -> str:
    found = language.detect(text)
    return found if found != "und" else language.standard(stated) or "und"


def _published(stated: FileFacts, signed: signature.Signature, today: str) -> str:
    lines = (stated.published_date or "", signed.date_line, signed.source_note)
    found = (dates.in_line(line, today) for line in lines)
    return next((iso for iso in found if iso), "") or dates.in_address(stated.url or "", today)
