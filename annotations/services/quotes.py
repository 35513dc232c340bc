"""Whether a quotation stands in a text: width, script and white space do not matter, words and numbers do."""

from __future__ import annotations

import re
from functools import lru_cache

from django.db.models import Max

from annotations.models import Corpus, Evidence, Snapshot, Source
from annotations.services.op import Op
from annotations.text.folding import fold_text

_LETTER = r"[^\W⺀-鿿가-힣豈-﫿\U00020000-\U0003ffff]"  # of scripts that part words by spaces
_NEEDLESS = re.compile(rf"(?<!{_LETTER}) | (?!{_LETTER})")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Folded; a space only where two words of a spaced script meet, wherever lines were broken."""
    return _NEEDLESS.sub("", _SPACES.sub(" ", fold_text(text)).strip())


@lru_cache(maxsize=16)
def plain_of(sha256: str, text: str) -> str:
    """The same of a snapshot; its text is known by its hash, so that the long key is compared only when it hits."""
    return plain(text)


def stands(quote: str, text: str) -> bool:
    """Whether the quote stands in a `plain` text; 33 does not stand in 233."""
    wanted = plain(quote)
    if not wanted:
        return False
    before = r"(?<!\d)(?<!\d[.,])" if wanted[0].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def found_in(quote: str, snapshot: Snapshot | None) -> bool | None:
    """None when there is nothing to look for or nothing to look in, such as a scanned page."""
    if snapshot is None or not quote.strip() or not snapshot.text.strip():
        return None
    return stands(quote, plain_of(snapshot.text_sha256, snapshot.text))


def newest(source: Source) -> Snapshot | None:
    return source.snapshots.order_by("-id").first()


def newest_by_source(corpus: Corpus) -> dict[int, Snapshot]:
    """The newest snapshot of every source of a corpus, whose texts are loaded when they are needed."""
    last = Source.objects.filter(corpus=corpus).annotate(last=Max("snapshots__id")).values("last")
    rows = Snapshot.objects.filter(pk__in=last).defer("text", "block_rows")
    return {row.source_id: row for row in rows}


def judge(evidence: Evidence, latest: Snapshot | None) -> None:
    """Set, without saving, whether the quote stands in its own snapshot and in the newest one of its source."""
    evidence.quote_found = found_in(evidence.quote, evidence.snapshot)
    same = latest is not None and latest.pk == evidence.snapshot_id
    evidence.quote_stands = evidence.quote_found if same else found_in(evidence.quote, latest)


def follow(op: Op, source: Source, snapshot: Snapshot) -> list[Evidence]:
    """A snapshot has come: judge all evidence from the source once more; those whose judgement changed, saved.
    Evidence that had no snapshot yet takes this one when its quote stands in it."""
    changed = []
    rows = source.evidence.filter(removed_at=None).select_related("snapshot", "statement").order_by("id")
    for row in rows.select_for_update(of=("self",)):
        before = (row.snapshot_id, row.quote_found, row.quote_stands)
        row.quote_stands = found_in(row.quote, snapshot)
        if row.snapshot is None:
            row.quote_found = row.quote_stands
            row.snapshot = snapshot if row.quote_stands or not row.quote.strip() else None
        if (row.snapshot_id, row.quote_found, row.quote_stands) != before:
            row.version += 1
            row.updated_at = op.at
            row.save(update_fields=["snapshot", "quote_found", "quote_stands", "version", "updated_at"])
            changed.append(row)
    return changed
