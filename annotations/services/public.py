"""Reading for everybody: what the public pages of a corpus show. Only what was published, chosen field by field."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet

from annotations.models import Anchor, Corpus, Evidence, Occurrence, Statement, Verification
from annotations.records.public import (
    PublicCheck,
    PublicEvidence,
    PublicLine,
    PublicPassage,
    PublicQuotation,
    PublicRow,
)
from annotations.rules.status import being_rechecked
from annotations.services import access, publishing, quotation
from annotations.services.facts import Asked

SHOWN = ("published", "paused", "withdrawn")


def statements(corpus: Corpus) -> QuerySet[Statement]:
    """The claims of a corpus that were published, also those paused or withdrawn since."""
    rows = Statement.objects.filter(corpus=corpus, kind="claim", public__in=SHOWN, removed_at=None, redirect_to=None)
    return rows.exclude(published_version=None).order_by("-published_at", "-number")


def corpus_named(slug: str) -> Corpus:
    """The corpus with this address, when something of it is public; Missing otherwise, whether it exists or not."""
    found = Corpus.objects.filter(slug=slug).first()
    if found is None or not statements(found).exists():
        raise access.not_found()
    return found


def is_public(statement: Statement) -> bool:
    """Whether a public page of this statement exists."""
    return statement.kind == "claim" and statement.public in SHOWN and statement.published_version is not None


def rows(found: Sequence[Statement]) -> Iterator[PublicRow]:
    """Lines of the list of published checks, in the order given."""
    numbers = {row.pk: row.published_version for row in found}
    checks = Verification.objects.filter(statement__in=numbers, state="approved", removed_at=None)
    told = {c.statement_id: c for c in checks if numbers[c.statement_id] == c.number}
    for row in found:
        check = told.get(row.pk)
        if check is not None and row.published_at is not None:
            plain = row.public == "published"
            yield PublicRow(
                label=row.label, text=row.text, gloss=row.gloss_en, language=row.language, state=row.public,
                rechecking=plain and being_rechecked(row.work, row.public), verdict=check.verdict if plain else "",
                as_of=check.as_of_date if plain else "", published=row.published_at,
            )  # fmt: skip


def check(corpus: Corpus, label: str, number: int | None = None) -> PublicCheck:
    """A published check, or the version `number` of it that was public once; Missing for everything else."""
    digits = label[2:]
    known = label[:2] == "C-" and digits.isascii() and digits.isdecimal() and len(digits) < 10
    row = statements(corpus).filter(number=int(digits)).first() if known else None
    if row is None or row.published_at is None:
        raise access.not_found()
    record = _lines(row)
    wanted = row.published_version if number is None else number
    found = row.verifications.filter(number=wanted or 0, state="approved", removed_at=None).first()
    if found is None or wanted not in {line.version for line in record}:
        raise access.not_found()
    return _shown(row, found, record)


def preview(statement: Statement, asked: Asked, at: datetime) -> PublicCheck:
    """The public page as it will be when its latest approved check is published at this moment with what was asked;
    Missing when there is none. Nothing is written."""
    plan = publishing.planned(statement, asked)
    if plan is None:
        raise access.not_found()
    row = copy(statement)
    row.public, row.published_version, row.published_at = "published", plan.check.number, at
    lines = [] if statement.published_version is None else _lines(statement)
    return _shown(row, plan.check, [*lines, PublicLine(at, plan.kind, plan.check.number, plan.note, plan.before)])


def fingerprint(check: PublicCheck) -> str:
    """The same for the same page: what somebody saw is what they publish. Its moments and its record are left out."""
    same = replace(check, record=(), first_published=datetime.min, published=datetime.min)
    return hashlib.sha256(repr(same).encode()).hexdigest()


def _shown(row: Statement, check: Verification, lines: Sequence[PublicLine]) -> PublicCheck:
    """While it is paused its verdict is in doubt: nothing of the check is told, of no version."""
    open_ = row.public != "paused"
    record = tuple(_with_verdicts(row, lines) if open_ else lines)
    published = [line.at for line in record if line.publishes]
    this = [line.at for line in record if line.publishes and line.version == check.number]
    return PublicCheck(
        label=row.label, uid=str(row.uid), text=row.text, gloss=row.gloss_en, language=row.language, type=row.type,
        state=row.public, rechecking=row.public == "published" and being_rechecked(row.work, row.public),
        version=check.number, current=check.number == row.published_version, first_published=published[0],
        published=this[0] if this else published[0], verdict=check.verdict if open_ else "",
        flags=tuple(check.flags) if open_ else (), as_of=check.as_of_date if open_ else "",
        why=check.justification if open_ else "", limits=check.limitations if open_ else "",
        contacted=check.claimant_contacted if open_ else "", evidence=tuple(_evidence(check)) if open_ else (),
        quotations=tuple(_quotations(row, check)) if open_ else (),
        passages=tuple(_passages(row)), record=record,
    )  # fmt: skip


def _lines(row: Statement) -> list[PublicLine]:
    """The public record, oldest first. What was published before there was a record has its one date."""
    lines = [
        PublicLine(line.created_at, line.kind, line.to_version, line.public_note, line.from_version)
        for line in row.corrections.order_by("created_at", "id")
    ]
    if not any(line.publishes for line in lines) and row.published_at is not None:
        lines.insert(0, PublicLine(row.published_at, "published", row.published_version or 0, ""))
    return lines


def _with_verdicts(row: Statement, lines: Iterable[PublicLine]) -> Iterator[PublicLine]:
    """Each publication with what the version said that it made public."""
    found = row.verifications.filter(state="approved", removed_at=None).values_list("number", "verdict", "as_of_date")
    said = {number: (verdict, day) for number, verdict, day in found}
    for line in lines:
        verdict, day = said.get(line.version, ("", "")) if line.publishes else ("", "")
        yield replace(line, verdict=verdict, as_of=day)


def _evidence(check: Verification) -> Iterator[PublicEvidence]:
    """What the published version rests on; what was withdrawn since stays in sight as withdrawn."""
    for row in _rested_on(check):
        source, snapshot = row.source, row.snapshot
        yield PublicEvidence(
            stance=row.stance, quote=row.quote, locator=row.locator, title=source.title, type=source.type,
            publisher=source.publisher, date=source.published_date, url=web(source.url),
            archive=web(snapshot.archive_url) if snapshot else "", language=source.language,
            archived_at=snapshot.retrieved_at if snapshot else None, withdrawn_at=row.removed_at,
        )  # fmt: skip


def _rested_on(check: Verification) -> QuerySet[Evidence]:
    found = Evidence.objects.filter(answer__question__verification=check).select_related("source", "snapshot__source")
    return found.order_by("answer__question__order", "answer_id", "id")


def _quotations(row: Statement, check: Verification) -> Iterator[PublicQuotation]:
    """The words that the claim says were said, each beside the archived source that has most of them."""
    found = quotation.of_check(row, _open_passages(row), _rested_on(check))
    for one in found.quotations if found else ():
        for held in one.held[:1]:
            told, source = held.comparison, held.snapshot.source
            yield PublicQuotation(
                words=one.words, kind=told.kind, marked=told.marked,
                pieces=told.pieces if told.kind != "not_found" else (), title=source.title, language=source.language,
                url=web(source.url), archived_at=held.snapshot.retrieved_at,
            )  # fmt: skip


def _open_passages(row: Statement) -> QuerySet[Occurrence]:
    """Passages of live documents; those in an open blind round are their coder's."""
    layer = "annotation__layer"
    open_to_all = (
        Q(**{layer: None}) | ~Q(**{f"{layer}__round__closed_at": None}) | Q(**{f"{layer}__round__blind": False})
    )
    return Occurrence.objects.filter(
        open_to_all, statement=row, removed_at=None, annotation__removed_at=None, annotation__document__removed_at=None,
    )  # fmt: skip


def _passages(row: Statement) -> Iterator[PublicPassage]:
    """Where the claim stands."""
    rows = _open_passages(row).select_related("annotation__document", "attributed_to")
    found = list(rows.order_by("fit", "annotation__document_id", "id"))
    # By their ids: as one query, the planner of PostgreSQL may join all passages with all (15 s for 260 of them).
    current = {one.annotation.document.current_id or 0 for one in found}
    anchors = Anchor.objects.filter(annotation_id__in=[one.annotation_id for one in found], version_id__in=current)
    places = {(anchor.annotation_id, anchor.version_id): anchor for anchor in anchors}
    for one in found:
        document, agent = one.annotation.document, one.attributed_to
        anchor = places.get((one.annotation_id, document.current_id or 0))
        if anchor is not None:
            yield PublicPassage(
                quote=anchor.quote, title=document.title, language=document.language, authors=tuple(document.authors),
                date=document.published_date, publisher=document.publisher, url=web(document.url),
                paragraph=anchor.block + 1, voice=one.voice, speaker=agent.name if agent else "",
                speaker_type=agent.type if agent else "", speaker_url=web(agent.url) if agent else "",
                said_on=one.utterance_date, via=one.reported_via, variant=one.fit == "variant",
            )  # fmt: skip


def web(address: str) -> str:
    """An address that a page may link to; nothing else becomes one."""
    return address if address.startswith(("https://", "http://")) else ""
