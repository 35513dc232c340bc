"""The lossless dump: every record of a corpus as JSON, one record a line, in the order in which an import writes them.

Nothing in it depends on the time, the host or the name of the corpus in addresses (its slug and uid are left out), so
export, import into an empty corpus, and export again give the same bytes. `dump_read` reads it.

    {"format":"aigov","schema":1,
    "corpus":{"name":...,"description":...,"language":...,"created_at":...},
    "members":[
    {"uid":...},
    {"uid":...}],
    ...}
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import orjson

from annotations.formats import losses
from annotations.formats.base import Format, chunked
from annotations.records import TABLES, CorpusRecord, Export
from annotations.rules.errors import noop

NAME = "aigov"
SCHEMA = 1
#: Fields of CorpusRecord that travel; uid and slug belong to the house, not to the corpus.
CORPUS_FIELDS = (
    "name", "description", "language", "created_at", "publisher_name", "publisher_contact", "publisher_policy",
)  # fmt: skip

# Keys of free-form mappings are sorted, because a database may give them back in another order; fields keep theirs.
_OPTIONS = orjson.OPT_SORT_KEYS
_BATCH = 64


def write(export: Export) -> Iterator[bytes]:
    """The dump in pieces of about 64 kB; each table is read once, in the order of records.TABLES."""
    return chunked(_parts(export))


def _parts(export: Export) -> Iterator[bytes]:
    yield b'{"format":"%s","schema":%d,\n"corpus":' % (NAME.encode(), SCHEMA)
    yield orjson.dumps(_corpus(export.corpus))
    for table in TABLES:
        yield b',\n"%s":[' % table.encode()
        yield from _lines(export.tables[table]())
        yield b"]"
    yield b"}\n"


def _corpus(corpus: CorpusRecord) -> dict[str, str]:
    return {name: getattr(corpus, name) for name in CORPUS_FIELDS}


def _lines(records: Iterable[object]) -> Iterator[bytes]:
    rest = iter(records)
    before = b"\n"
    while batch := list(islice(rest, _BATCH)):
        yield before + b",\n".join([orjson.dumps(record, _plain, _OPTIONS) for record in batch])
        before = b",\n"


def _plain(value: object) -> dict[object, object]:
    """Mappings that are not dicts (a record may hold a read-only one)."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


FORMAT = Format(
    name="json",
    label=noop("Complete dump (JSON)"),
    extension="json",
    mime="application/json",
    write=write,
    losses=losses.reporter(losses.FILES, losses.ACCOUNTS, *losses.OUTSIDE),
    lossless=True,
)
