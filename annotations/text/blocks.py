"""The blocks of a document (title, heading, paragraph ...), kept as offsets into the raw text, never as markup."""

from dataclasses import dataclass

ROLES = (
    "title",
    "heading",
    "paragraph",
    "list-item",
    "quote",
    "table-cell",
    "byline",
    "source-line",
    "footnote",
    "page-head",
)


@dataclass(frozen=True, slots=True)
class Block:
    """One block: raw[start:end], half-open, in code points.

    `level` is the depth of a heading or list item (1 is the highest, 0 is none), `page` the page number it stands on.
    A block that repeats an earlier one word for word carries `duplicate_of`, the index of that earlier block in the
    same list, and `shift`, the distance between the two starts (copy start - shift == first start).
    """

    role: str
    start: int
    end: int
    level: int = 0
    page: int | None = None
    duplicate_of: int | None = None
    shift: int = 0
