"""Where a statement comes from and what was done with it, as PROV-O: only what this member may read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model

from annotations.formats import prov
from annotations.formats.prov import Node, ref, refs, urn
from annotations.models import Anchor, Event, Evidence, Member, Occurrence, Statement, Verification
from annotations.services import history, lookup, sight

#: Kinds of event with which the thing they tell of began.
BEGINNINGS = (".created", ".started", ".blind", ".added", ".captured", ".proposed")


def of_statement(statement: Statement, member: Member) -> Node:
    """The graph of one statement."""
    return prov.document(Graph(statement, member).nodes())


class Graph:
    """Gathers the nodes; `people` and `known` grow with what they name."""

    def __init__(self, statement: Statement, member: Member) -> None:
        self.statement, self.member = statement, member
        self.people: dict[int, Member] = {}
        self.known: dict[tuple[str, int], str] = {}

    def nodes(self) -> Iterator[Node]:
        passages = list(self._passages())
        evidence = list(self._evidence())
        checks = list(self._checks())
        yield self._statement()
        yield from passages
        yield from evidence
        yield from checks
        yield from list(self._events())
        yield from (prov.agent(urn(one.uid), one.name) for one in self.people.values())

    def _statement(self) -> Node:
        row = self.statement
        passages = [key for (kind, _), key in self.known.items() if kind == "annotation"]
        return prov.entity(
            self._name("statement", row), "Claim" if row.kind == "claim" else "Proposal", rdfs_label=row.label,
            prov_value=row.text, prov_generatedAtTime=moment(row.created_at),
            prov_wasAttributedTo=self._by(row.created_by), prov_wasDerivedFrom=refs(passages),
            aigov_status=row.public if row.public != "none" else row.work,
        )  # fmt: skip

    def _passages(self) -> Iterator[Node]:
        """Versions of documents, and the passages taken from them, with who is quoted there."""
        rows = lookup.occurrences(self.statement, self.member).select_related("annotation__document__current")
        rows = rows.select_related("annotation__created_by", "attributed_to").order_by("id")
        seen: set[str] = set()
        for row in rows:
            version = row.annotation.document.current
            anchor = Anchor.objects.filter(annotation=row.annotation, version=version).first() if version else None
            if version is None or anchor is None:
                continue
            key = self._name("version", version)
            if key not in seen:
                seen.add(key)
                document = row.annotation.document
                yield prov.entity(
                    key, "DocumentVersion", rdfs_label=document.title, aigov_number=version.number,
                    aigov_sha256=version.sha256, aigov_document=urn(document.uid), aigov_author=document.authors,
                    aigov_published=document.published_date, prov_atLocation=document.url,
                )  # fmt: skip
            if row.attributed_to is not None and (speaker := urn(row.attributed_to.uid)) not in seen:
                seen.add(speaker)
                yield prov.agent(speaker, row.attributed_to.name, kind="aigov:Speaker")
            yield self._passage(row, anchor, key)

    def _passage(self, row: Occurrence, anchor: Anchor, version: str) -> Node:
        mark = row.annotation
        return prov.entity(
            self._name("annotation", mark), "Passage", prov_value=anchor.quote, prov_wasDerivedFrom=ref(version),
            aigov_exact=anchor.exact, aigov_start=anchor.start, aigov_end=anchor.end,
            prov_generatedAtTime=moment(mark.created_at), prov_wasAttributedTo=self._by(mark.created_by),
            aigov_voice=row.voice, aigov_fit=row.fit,
            aigov_quotes=ref(urn(row.attributed_to.uid)) if row.attributed_to else None,
        )  # fmt: skip

    def _evidence(self) -> Iterator[Node]:
        """Sources, what is archived of them, and what was quoted from it."""
        rows = list(self.statement.evidence.select_related("source", "snapshot", "created_by").order_by("id"))
        told = lookup.stances_seen(rows, self.member)
        seen: set[str] = set()
        for row in rows:
            source, shot = row.source, row.snapshot
            if (key := self._name("source", source)) not in seen:
                seen.add(key)
                yield prov.entity(key, "Source", rdfs_label=source.title, prov_atLocation=source.url,
                                  aigov_publisher=source.publisher, aigov_published=source.published_date)  # fmt: skip
            if shot is not None and (archived := self._name("snapshot", shot)) not in seen:
                seen.add(archived)
                yield prov.entity(archived, "Snapshot", aigov_sha256=shot.sha256, prov_wasDerivedFrom=ref(key),
                                  prov_generatedAtTime=moment(shot.retrieved_at))  # fmt: skip
            yield self._quoted(row, row.pk in told)

    def _quoted(self, row: Evidence, stance: bool) -> Node:
        origin = row.snapshot or row.source
        return prov.entity(
            self._name("evidence", row), "Evidence", prov_value=row.quote, prov_wasQuotedFrom=ref(urn(origin.uid)),
            aigov_stance=row.stance if stance else None, aigov_locator=row.locator,
            prov_generatedAtTime=moment(row.created_at), prov_invalidatedAtTime=moment(row.removed_at),
            prov_wasAttributedTo=self._by(row.created_by),
        )  # fmt: skip

    def _checks(self) -> Iterator[Node]:
        """The versions of the check, their reviews, and the public record of each."""
        rows = self.statement.verifications.filter(removed_at=None).readable_by(self.member).order_by("number")
        record = list(self.statement.corrections.order_by("created_at", "id"))
        replaced = {line.from_version: line.created_at for line in record if 0 < line.from_version < line.to_version}
        before: Verification | None = None
        for row in rows:
            reviews = [
                one for one in row.reviews.select_related("reviewer")
                if row.state == "approved" or one.decision or one.reviewer_id == self.member.pk
            ]  # fmt: skip
            placed = Evidence.objects.filter(answer__question__verification=row).order_by("id")
            sources = [urn(self.statement.uid), *(urn(one.uid) for one in placed)]
            yield prov.entity(
                self._name("verification", row), "Verification", aigov_number=row.number, aigov_state=row.state,
                aigov_verdict=row.verdict, aigov_asOf=row.as_of_date, prov_value=row.justification,
                prov_wasRevisionOf=ref(urn(before.uid)) if before else None, prov_wasDerivedFrom=refs(sources),
                prov_wasAttributedTo=self._by(row.author), prov_generatedAtTime=moment(row.approved_at),
                prov_invalidatedAtTime=moment(replaced.get(row.number)),
                prov_wasInfluencedBy=refs(urn(one.uid) for one in reviews),
            )  # fmt: skip
            for one in reviews:
                yield prov.entity(
                    self._name("review", one), "Review", aigov_verdict=one.blind_verdict, aigov_decision=one.decision,
                    prov_generatedAtTime=moment(one.created_at), prov_wasAttributedTo=self._by(one.reviewer),
                )  # fmt: skip
            for line in (line for line in record if line.to_version == row.number):
                yield prov.entity(
                    urn(line.uid), "PublicRecord", aigov_kind=line.kind, prov_value=line.public_note,
                    prov_generatedAtTime=moment(line.created_at), prov_wasDerivedFrom=ref(urn(row.uid)),
                )  # fmt: skip
            before = row

    def _events(self) -> Iterator[Node]:
        """What was done, by whom, with which of the things above. Hidden events are left out without a trace."""
        events = list(history.of_statement(self.statement).order_by("seq"))
        hidden = sight.hidden(self.member, events)
        for event in events:
            key = self.known.get((event.object_type, event.object_id))
            if event.seq not in hidden and key is not None:
                yield self._event(event, key)

    def _event(self, event: Event, key: str) -> Node:
        began = event.kind.endswith(BEGINNINGS)
        link: dict[str, object] = {"prov_generated" if began else "prov_used": ref(key)}
        return prov.activity(
            f"urn:aigov:{self.statement.corpus.uid}:event:{event.seq}", event.kind, event.at,
            prov_wasAssociatedWith=self._by(event.actor), **link,
        )  # fmt: skip

    def _name(self, kind: str, row: Model) -> str:
        """The name of a row in the graph, kept for the events that tell of it."""
        self.known[kind, row.pk] = urn(row.uid)  # type: ignore[attr-defined]
        return self.known[kind, row.pk]

    def _by(self, member: Member | None) -> Any:
        if member is None:
            return None
        self.people[member.pk] = member
        return ref(urn(member.uid))


def moment(at: datetime | None) -> Node | None:
    return prov.time(at.isoformat()) if at else None
