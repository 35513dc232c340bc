"""Sources, pasted snapshots and evidence: what a statement is checked against."""

from __future__ import annotations

from collections.abc import Mapping

from annotations.models import Answer, Evidence, Snapshot, Source, Statement
from annotations.rules import dates, vocabulary
from annotations.rules.errors import Invalid, Refused, noop
from annotations.services import citations, occasions, quotes, snapshots, verifications
from annotations.services.addresses import url_key as url_key
from annotations.services.op import Op, changes
from annotations.services.snapshots import Material

EDITABLE = {
    "title", "type", "publisher", "authors", "published_date", "url", "identifier", "language",
    "reliability_note", "interests_note", "independent_group", "no_snapshot_reason",
}  # fmt: skip
EVIDENCE_EDITABLE = {"stance", "quote", "start", "end", "locator", "note", "medium"}


def check(values: Mapping[str, object]) -> dict[str, object]:
    for name in values:
        if name not in EDITABLE:
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
    found = dict(values)
    if "type" in found:
        vocabulary.SOURCE_TYPES.check(str(found["type"]), "type")
    dates.check_date(str(found.get("published_date") or ""), "published_date")
    url = str(found.get("url") or "")
    if url and not url.startswith(("http://", "https://")):
        raise Invalid("url_scheme", noop("A source's address starts with http:// or https://."), field="url")
    if "url" in found:
        found["url_key"] = url_key(url)
    return found


def find_same(op: Op, values: Mapping[str, object]) -> Source | None:
    """A live source with the same address or identifier."""
    live = Source.objects.filter(corpus=op.corpus, removed_at=None)
    key = url_key(str(values.get("url") or ""))
    if key:
        found = live.filter(url_key=key).first()
        if found:
            return found
    identifier = str(values.get("identifier") or "").strip()
    return live.filter(identifier__iexact=identifier).first() if identifier else None


def create(
    op: Op, *, text: str = "", material: Material | None = None, citation: str = "", again: bool = False,
    **values: object,
) -> Source:  # fmt: skip
    """A new source; pasted `text` or other `material` becomes its first snapshot, a `citation` fills what is not given.
    Without a title it is called by its identifier or address. Refused when it is here already, unless `again`."""
    op.check("add_source")
    if citation.strip():
        values = citations.read(citation) | {name: value for name, value in values.items() if value}
    title = str(values.get("title") or values.get("identifier") or values.get("url") or "").strip()[:500]
    if not title:
        raise Invalid("source_needs_title", noop("Give the source a title."), field="title")
    values = check({"type": "secondary", **values, "title": title})
    present = None if again else find_same(op, values)
    if present:
        raise Refused(
            "source_exists", noop("This source is here already: “%(title)s”."), title=present.title, id=present.pk
        )
    source = Source.objects.create(corpus=op.corpus, created_at=op.at, updated_at=op.at, created_by=op.by, **values)
    op.log("source.created", source, {"title": title, "url": source.url})
    if material is None and text.strip():
        material = snapshots.pasted(text)
    if material is not None:
        snapshots.store(op, source, material)
    return source


def update(op: Op, source: Source, **values: object) -> Source:
    op.check("edit_source")
    changed = changes(source, check(values))
    changed.pop("url_key", None)
    if changed:
        source.version += 1
        source.updated_at = op.at
        source.save()
        op.log("source.updated", source, {"title": source.title, "changes": changed})
    return source


def remove(op: Op, source: Source) -> None:
    """Take a source away; refused while evidence rests on it."""
    op.check("edit_source")
    relying = source.evidence.filter(removed_at=None).count()
    if relying:
        raise Refused(
            "source_in_use", noop("%(count)s pieces of evidence rest on this source. Remove them first."), count=relying
        )
    source.removed_at = op.at
    source.version += 1
    source.save()
    op.log("source.removed", source, {"title": source.title})


def capture_text(op: Op, source: Source, text: str) -> Snapshot:
    """Keep what a source said, as pasted, with hash and time; the same words are kept once."""
    op.check("add_source")
    return snapshots.store(op, source, snapshots.pasted(text)).snapshot


def add_evidence(
    op: Op, statement: Statement, source: Source, *, stance: str, quote: str = "", locator: str = "", note: str = "",
    medium: str = "web_text", snapshot: Snapshot | None = None, answer: Answer | None = None, start: int | None = None,
    end: int | None = None,
) -> Evidence:  # fmt: skip
    """A passage of a source that supports, refutes or frames a statement. A quote that does not stand in the snapshot
    is kept and flagged: the snapshot may be a bad copy, and the page says so. `start`, `end`: code points of the
    snapshot's text, where the quote must stand to the letter; it may be left out then."""
    op.check("add_evidence")
    vocabulary.EVIDENCE_STANCES.check(stance, "stance")
    vocabulary.MEDIUMS.check(medium, "medium")
    if source.corpus_id != statement.corpus_id:
        raise Invalid("other_corpus", noop("This source belongs to another corpus."), field="source")
    latest = quotes.newest(source)
    evidence = Evidence(
        corpus=op.corpus, statement=statement, answer=answer, source=source, snapshot=snapshot or latest,
        quote=quote, start=start, end=end, locator=locator, stance=stance, medium=medium, note=note, created_at=op.at,
        updated_at=op.at, created_by=op.by,
    )  # fmt: skip
    quotes.settle_place(evidence)
    check_words(evidence.quote, note)
    quotes.judge(evidence, latest)
    evidence.save()
    op.log("evidence.created", evidence, told(evidence))
    return evidence


def told(evidence: Evidence) -> dict[str, object]:
    """What the history says of a piece of evidence, and which pages have to look again."""
    return {
        "label": evidence.statement.label, "statement": evidence.statement_id,
        "source": evidence.source.title, "source_id": evidence.source_id,
    }  # fmt: skip


def update_evidence(op: Op, evidence: Evidence, **values: object) -> Evidence:
    """Change stance, quote, place, note or medium; of placed evidence only while its check is being written. Another
    quote has no place until one is given with it."""
    op.check("add_evidence")
    for name in values:
        if name not in EVIDENCE_EDITABLE:
            raise Invalid("field_unknown", noop("“%(name)s” cannot be set here."), field=name, name=name)
    if "stance" in values:
        vocabulary.EVIDENCE_STANCES.check(values["stance"], "stance")
    if "medium" in values:
        vocabulary.MEDIUMS.check(values["medium"], "medium")
    if evidence.answer is not None:
        verifications.check_editable(op, evidence.answer.question.verification)
    if values.get("quote", evidence.quote) != evidence.quote:
        values = {"start": None, "end": None, **values}
    changed = changes(evidence, values)
    quotes.settle_place(evidence)
    check_words(evidence.quote, evidence.note)
    if changed:
        if "quote" in changed:
            quotes.judge(evidence, quotes.newest(evidence.source))
        evidence.version += 1
        evidence.updated_at = op.at
        evidence.save()
        op.log("evidence.updated", evidence, {**told(evidence), "changes": changed})
    return evidence


def restore_evidence(op: Op, evidence: Evidence) -> None:
    """Bring back what was withdrawn, where it stood; not into a check that is reviewed or approved."""
    op.check("add_evidence")
    if evidence.source.removed_at is not None:
        raise Refused("source_gone", noop("Its source was removed meanwhile; add the source again."))
    if evidence.answer is not None:
        verifications.check_editable(op, evidence.answer.question.verification)
    evidence.removed_at = None
    evidence.version += 1
    quotes.judge(evidence, quotes.newest(evidence.source))
    evidence.save()
    op.log("evidence.restored", evidence, told(evidence))


def check_words(quote: str, note: str) -> None:
    """Something must be quoted or described."""
    if not quote.strip() and not note.strip():
        raise Invalid(
            "evidence_needs_words", noop("Quote the passage that matters, or describe what is shown."), field="quote"
        )


def remove_evidence(op: Op, evidence: Evidence) -> None:
    """Withdraw a piece of evidence; not out of the hands of whoever is writing or reviewing the check it stands in.
    A claim whose approved check stood on it is opened again."""
    op.check("add_evidence")
    check = evidence.answer.question.verification if evidence.answer is not None else None
    if check is not None and check.state != "approved":
        verifications.check_editable(op, check)
    evidence.removed_at = op.at
    evidence.version += 1
    evidence.save()
    op.log("evidence.removed", evidence, told(evidence))
    occasions.evidence_lost(op, evidence)
