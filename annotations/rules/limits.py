"""One table of limits. An installation overrides a default by AIGOV_LIMIT_<NAME>; `most` gives the one in force.

The app tells where its settings stand (apps.py), the sandbox tells a reading child what the server goes by: `follow`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annotations.rules.errors import Invalid, Problem, TooLarge, noop

MB = 1_000_000
MIB = 2**20


@dataclass(frozen=True, slots=True)
class Limit:
    """`sentence`: a msgid with %(limit)s and perhaps %(actual)s, both as `shown` (megabytes for bytes)."""

    name: str
    default: int
    unit: str
    sentence: str

    @property
    def problem(self) -> type[Problem]:
        """TooLarge (413) for files and what comes out of them, Invalid (400) for what somebody typed."""
        return TooLarge if self.name in FILE_LIMITS else Invalid

    def shown(self, amount: int) -> int | float:
        """The number a person reads: megabytes with one decimal below ten, else as it is."""
        if self.unit != "bytes":
            return amount
        megabytes = amount / MB
        return round(megabytes, 1) if megabytes < 10 else round(megabytes)


_TABLE = (
    # files; the numbers of the readers have their reasons in readers/limits.py
    Limit("upload_bytes", 50 * MB, "bytes", noop("The file has %(actual)s MB; at most %(limit)s MB are taken.")),
    Limit("batch_files", 500, "files", noop("%(actual)s files at once are too many; at most %(limit)s.")),
    Limit("text_characters", 20_000_000, "characters",
          noop("The text has %(actual)s characters, more than %(limit)s.")),
    Limit("pages", 2_000, "pages", noop("The file has %(actual)s pages; at most %(limit)s are read.")),
    Limit("zip_members", 1_000, "files", noop("The archive holds %(actual)s files, more than %(limit)s.")),
    Limit("zip_bytes", 100 * MIB, "bytes", noop("Unpacked, the archive has %(actual)s MB, more than %(limit)s MB.")),
    Limit("zip_ratio", 200, "times", noop("The archive unpacks to %(actual)s times its size, more than %(limit)s.")),
    Limit("reader_seconds", 20, "seconds", noop("Reading the file took longer than %(limit)s seconds.")),
    Limit("reader_cpu_seconds", 10, "seconds", noop("Reading the file took more than %(limit)s seconds of work.")),
    Limit("reader_memory", 600 * MIB, "bytes", noop("Reading the file took more than %(limit)s MB of memory.")),
    Limit("reader_output", 100 * MIB, "bytes", noop("What was read from the file is larger than %(limit)s MB.")),
    Limit("import_rows", 200_000, "rows", noop("The table has %(actual)s rows, more than %(limit)s.")),
    Limit("import_columns", 200, "columns", noop("The table has %(actual)s columns, more than %(limit)s.")),
    Limit("workbook_bytes", 300 * MIB, "bytes",
          noop("Unpacked, the workbook has %(actual)s MB, more than %(limit)s MB.")),
    Limit("fetch_bytes", 20 * MB, "bytes", noop("The page has more than %(limit)s MB.")),
    Limit("fetch_seconds", 20, "seconds", noop("The page did not come within %(limit)s seconds.")),
    Limit("model_bytes", 2 * MB, "bytes", noop("The answer has more than %(limit)s MB.")),
    Limit("model_seconds", 60, "seconds", noop("The answer did not come within %(limit)s seconds.")),
    Limit("body_bytes", 16 * MIB, "bytes", noop("The request has %(actual)s MB; at most %(limit)s MB are taken.")),
    # what somebody marks or writes; characters are code points
    Limit("passage", 20_000, "characters", noop("The passage has %(actual)s characters, more than %(limit)s.")),
    Limit("suggestions", 500, "suggestions",
          noop("%(actual)s suggestions in one document are too many; at most %(limit)s.")),
    Limit("tags_per_annotation", 50, "tags", noop("%(actual)s tags on one passage are too many; at most %(limit)s.")),
    Limit("statements_per_annotation", 30, "statements",
          noop("%(actual)s statements on one passage are too many; at most %(limit)s.")),
    Limit("note", 20_000, "characters", noop("The note has %(actual)s characters, more than %(limit)s.")),
    Limit("comment", 20_000, "characters", noop("The comment has %(actual)s characters, more than %(limit)s.")),
    Limit("statement_text", 5_000, "characters", noop("The statement has %(actual)s characters, more than %(limit)s.")),
    Limit("justification", 20_000, "characters",
          noop("The justification has %(actual)s characters, more than %(limit)s.")),
    Limit("answer", 10_000, "characters", noop("The answer has %(actual)s characters, more than %(limit)s.")),
    Limit("quote", 20_000, "characters", noop("The quotation has %(actual)s characters, more than %(limit)s.")),
    Limit("questions", 100, "questions", noop("%(actual)s questions in one check are too many; at most %(limit)s.")),
    Limit("search_log", 200, "searches", noop("%(actual)s logged searches are too many; at most %(limit)s.")),
    Limit("title", 500, "characters", noop("The title has %(actual)s characters, more than %(limit)s.")),
    Limit("name", 200, "characters", noop("The name has %(actual)s characters, more than %(limit)s.")),
    Limit("url", 2_000, "characters", noop("The address has %(actual)s characters, more than %(limit)s.")),
    Limit("codebook_tags", 1_000, "tags", noop("The codebook would have %(actual)s tags, more than %(limit)s.")),
    # what is asked for
    Limit("query", 200, "characters", noop("The search has %(actual)s characters, more than %(limit)s.")),
    Limit("page_size", 10_000, "rows", noop("%(actual)s rows on one page are too many; at most %(limit)s.")),
    Limit("bulk_rows", 10_000, "rows", noop("%(actual)s rows at once are too many; at most %(limit)s.")),
    Limit("watches", 200, "watches", noop("%(actual)s watches are too many; at most %(limit)s.")),
    Limit("webhooks", 20, "webhooks", noop("%(actual)s webhooks are too many; at most %(limit)s.")),
    Limit("saved_views", 200, "views", noop("%(actual)s saved views are too many; at most %(limit)s.")),
)  # fmt: skip
LIMITS: Mapping[str, Limit] = {limit.name: limit for limit in _TABLE}

FILE_LIMITS = frozenset({
    "upload_bytes", "batch_files", "text_characters", "pages", "zip_members", "zip_bytes", "zip_ratio",
    "reader_seconds", "reader_cpu_seconds", "reader_memory", "reader_output", "import_rows", "import_columns",
    "workbook_bytes", "fetch_bytes", "fetch_seconds", "model_bytes", "model_seconds", "body_bytes",
})  # fmt: skip


_overrides: Callable[[], Mapping[str, int]] = dict


def follow(overrides: Callable[[], Mapping[str, int]]) -> None:
    """From now on ask here which limits this process has instead of the defaults."""
    global _overrides
    _overrides = overrides


def most(name: str) -> int:
    """The limit in force. KeyError for a name that is not in the table."""
    return int(_overrides().get(name, LIMITS[name].default))


def exceeded(name: str, actual: int, *, limit: int | None = None, field: str | None = None) -> Problem | None:
    """The problem when `actual` is above the limit (`limit`: another than the one in force), or None."""
    entry = LIMITS[name]
    allowed = most(name) if limit is None else limit
    if actual <= allowed:
        return None
    return entry.problem(
        f"limit_{name}", entry.sentence, field=field, actual=entry.shown(actual), limit=entry.shown(allowed)
    )


def check(name: str, actual: int, *, limit: int | None = None, field: str | None = None) -> None:
    """Raise the problem of `exceeded`, if there is one."""
    if problem := exceeded(name, actual, limit=limit, field=field):
        raise problem
