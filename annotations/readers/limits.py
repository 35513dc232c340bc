"""What one uploaded file may hold; research/reliability.md section 3 "Readers" gives the reasons for the numbers.

What an installation may change stands in the table of rules/limits.py; what would break if it were changed stands here.
"""

from annotations.rules.limits import most

#: Limits of the table by which readers go, also in the child that reads.
NAMES = ("text_characters", "pages", "zip_members", "zip_bytes", "zip_ratio")

MAX_DEPTH = 256  # nested elements of HTML and XML: libxml2's own limit, below which it silently drops everything
RATIO_FLOOR = 1024 * 1024  # members that unpack to less may be packed as tightly as they like: they may be all zeros
PLAIN_BYTES = 1024 * 1024  # plain text up to this size is read in-process (annotations/sandbox): well under a second
PLAIN_LINES = 20_000  # and not more lines than this, for the same reason


def max_characters() -> int:
    """Code points of the finished text."""
    return most("text_characters")


def max_pages() -> int:
    """Pages of a PDF."""
    return most("pages")


def max_members() -> int:
    """Files inside a zip container."""
    return most("zip_members")


def max_unpacked() -> int:
    """Bytes of all members together."""
    return most("zip_bytes")


def max_ratio() -> int:
    """Unpacked bytes for each packed byte."""
    return most("zip_ratio")
