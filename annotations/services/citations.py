"""What a pasted citation says of a source: a BibTeX or RIS entry, a DOI, a UN symbol. Nobody is asked for it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from annotations.rules.errors import Invalid, noop

MOST = 20_000  # characters
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.I)
#: Organ, perhaps a body of it, then numbers: A/RES/78/265, S/2023/12, E/CN.4/2005/1/Add.2.
UN = re.compile(
    r"(?:A|S|E|T|ST|CCPR|CERD|CEDAW|CRC|CAT|DP|UNEP|HRI|TD)(?:/[A-Z0-9][A-Z0-9.\-]*(?:\([IVXLC]+\))?)+", re.I
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TYPES = {
    "article": "peer_reviewed", "inproceedings": "peer_reviewed", "conference": "peer_reviewed",
    "jour": "peer_reviewed", "cpaper": "peer_reviewed", "conf": "peer_reviewed", "techreport": "primary_document",
    "rprt": "primary_document", "dataset": "dataset", "data": "dataset", "news": "news", "mgzn": "news",
    "stat": "primary_document", "bill": "primary_document", "govdoc": "primary_document",
}  # fmt: skip
Values = dict[str, object]


def read(text: str) -> Values:
    """The fields of a source; raises Invalid when it is none of the four."""
    text = text.strip()
    if len(text) > MOST:
        raise Invalid("citation_long", noop("Paste one citation, not a list of them."), field="citation")
    if text.startswith("@"):
        found = from_bibtex(text)
    elif re.match(r"TY\s{2}-", text):
        found = from_ris(text)
    else:
        found = from_identifier(text)
    if not found:
        raise Invalid(
            "citation_unknown",
            noop("This is no citation that can be read. Paste one BibTeX or RIS entry, a DOI or a UN symbol."),
            field="citation",
        )
    return found


def from_identifier(text: str) -> Values:
    """A DOI or a UN symbol in its canonical spelling, with the address that leads there."""
    doi = DOI.fullmatch(text)
    if doi:
        name = doi[1].rstrip(".,;").lower()  # DOIs know no case
        return {"identifier": f"doi:{name}", "url": f"https://doi.org/{quote(name, safe='/:;()._-')}"}
    symbol = re.sub(r"\s+", "", text)
    if UN.fullmatch(symbol) and re.search(r"\d", symbol):
        symbol = symbol.upper()
        return {
            "identifier": symbol,
            "url": f"https://undocs.org/{quote(symbol, safe='/()')}",
            "type": "primary_document",
        }
    return {}


def from_bibtex(text: str) -> Values:
    """The first entry."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import LatexDecodingMiddleware, NameParts, SeparateCoAuthors, SplitNameParts

    layers = [LatexDecodingMiddleware(), SeparateCoAuthors(), SplitNameParts()]
    library = parse_string(text, append_middleware=layers)
    if not library.entries:
        return {}
    entry = library.entries[0]
    fields: dict[str, Any] = {field.key.lower(): field.value for field in entry.fields}

    def name(parts: NameParts) -> str:
        return " ".join((*parts.first, *parts.von, *parts.last, *parts.jr))

    people = fields.get("author") or fields.get("editor") or ()
    fields["author"] = [name(parts) if isinstance(parts, NameParts) else str(parts) for parts in people]
    return gathered(
        fields, entry.entry_type, authors=fields["author"],
        publisher=("publisher", "institution", "organization", "journal", "journaltitle", "howpublished"),
        date=str(fields.get("date") or year_and_month(fields.get("year"), fields.get("month"))),
    )  # fmt: skip


def from_ris(text: str) -> Values:
    """The first entry."""
    import rispy

    entries = rispy.loads(text if re.search(r"(?m)^ER\s{2}-", text) else text + "\nER  - \n")
    if not entries:
        return {}
    entry = dict(entries[0])
    entry["title"] = entry.get("title") or entry.get("primary_title")
    date = re.sub(r"/+", "-", str(entry.get("date") or "")).strip("-") or str(entry.get("year") or "").strip("/")
    links = entry.get("urls") or [entry.get("url")]
    entry["url"] = next((link for link in links if link), "")
    return gathered(
        entry, str(entry.get("type_of_reference", "")),
        authors=entry.get("authors") or entry.get("first_authors") or (),
        publisher=("publisher", "journal_name", "secondary_title", "alternate_title1"), date=date,
    )  # fmt: skip


def gathered(
    fields: Mapping[str, Any], kind: str, *, authors: Iterable[str], publisher: tuple[str, ...], date: str
) -> Values:
    """The fields under our names; what is not there is left out."""
    found: Values = {
        "title": plain(fields.get("title"))[:500], "authors": [plain(name) for name in authors if plain(name)][:100],
        "publisher": next((plain(fields[key])[:300] for key in publisher if plain(fields.get(key))), ""),
        "published_date": known_date(date), "url": str(fields.get("url") or "").strip(),
        "type": TYPES.get(kind.lower(), ""),
    }  # fmt: skip
    if not str(found["url"]).startswith(("http://", "https://")):
        found["url"] = ""
    doi = from_identifier(str(fields.get("doi") or "").strip()) if fields.get("doi") else {}
    found["identifier"] = doi.get("identifier", "")
    found["url"] = found["url"] or doi.get("url", "")
    return {name: value for name, value in found.items() if value}


def plain(value: object) -> str:
    """Without the braces of BibTeX and in one line."""
    return re.sub(r"\s+", " ", re.sub(r"[{}]", "", str(value or ""))).strip()


def year_and_month(year: object, month: object) -> str:
    word = plain(month).lower()[:3]
    number = MONTHS.index(word) + 1 if word in MONTHS else int(word) if word.isdigit() else 0
    return f"{plain(year)}-{number:02}" if 1 <= number <= 12 else plain(year)


def known_date(text: str) -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD at the beginning; "" of anything else."""
    match = re.match(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?!\d)", text.strip())
    if match is None:
        return ""
    parts = [part for part in match.groups() if part]
    return "-".join(part.zfill(2) for part in parts)
