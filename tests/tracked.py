"""A small corpus for tests of the Tracker: two documents, six statements, tags, owners and an unreviewed verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from annotations.models import Document, Statement, Tag, Verification
from annotations.services import codebook, occurrences, statements, verifications, workflow
from annotations.services.occurrences import Wanted
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document, mark

ONE = """中國政府倡議成立世界人工智能合作組織。

對此,專家建議建立全球統一技術安全評測標準。全球80%算力集中于少數發達國家。
"""
TWO = """2024年全球人工智能相关事故飙升至233起,同比激增56.4%。

发达国家垄断算力资源。该契约还特别强调增加发展中国家的数字公共产品投资。
"""


@dataclass
class Tracked:
    """The cast, the two documents, and the statements by their labels."""

    cast: Cast
    one: Document
    two: Document
    topics: list[Tag]
    passage_tags: list[Tag]
    labels: dict[str, Statement] = field(default_factory=dict)

    def __getitem__(self, label: str) -> Statement:
        return Statement.objects.get(pk=self.labels[label].pk)

    def pk(self, *labels: str) -> list[int]:
        return [self.labels[label].pk for label in labels]


def make_tracked() -> Tracked:
    """C-1 and P-1 on one passage, P-2, C-2 in one document; C-3 (checked, unreviewed), C-4, C-2 again in the other."""
    cast = make_cast()
    annotator, checker = cast["annotator"], cast["checker"]
    with writing(by=cast["editor"]) as op:
        own = codebook.add_set(op, name="Topic", scope="statement", many=True)
        topics = [
            codebook.add_tag(op, own, label=name, label_zh_hans=hans)
            for name, hans in (("Safety", "安全"), ("Trade", "贸易"))
        ]
    one = make_document(annotator, ONE, title="一")
    two = make_document(annotator, TWO, title="Two", published_date="2025-05-20")
    found = list(Tag.objects.filter(corpus=cast.corpus, tag_set__scope="annotation").order_by("order")[:2])
    made = Tracked(cast, one, two, topics, found)
    mark(annotator, one, "中國政府倡議成立世界人工智能合作組織", "proposal", "claim", tags=(found[0].pk,))
    mark(annotator, one, "建議建立全球統一技術安全評測標準", "proposal")
    mark(annotator, one, "全球80%算力集中于少數發達國家", "claim")
    mark(annotator, two, "2024年全球人工智能相关事故飙升至233起,同比激增56.4%", "claim", tags=(found[1].pk,))
    mark(annotator, two, "该契约还特别强调增加发展中国家的数字公共产品投资", "claim")
    made.labels = {row.label: row for row in Statement.objects.filter(corpus=cast.corpus)}
    vary(made, "C-2", "发达国家垄断算力资源")
    check(made, "C-3", "supported", ["missing_context"])
    with writing(by=cast["editor"]) as op:
        statements.set_tags(op, made["P-2"], add=[topics[0].pk])
        workflow.assign(op, made["C-4"], checker)
        statements.update(op, made["C-4"], due=date(2020, 1, 2))
    return made


def vary(made: Tracked, label: str, quote: str) -> None:
    """Link a passage of the second document as a variant."""
    annotation = mark(made.cast["annotator"], made.two, quote)
    with writing(by=made.cast["annotator"]) as op:
        wanted = Wanted(statement_id=made.labels[label].pk, fit="variant", difference="number")
        occurrences.express(op, annotation, annotation.anchors.get(), wanted)


def ready(made: Tracked, label: str) -> Statement:
    """Everything that queueing a claim needs."""
    with writing(by=made.cast["annotator"]) as op:
        row = made[label]
        statements.update(op, row, type="quantity", wording="stands_alone")
        workflow.answer_triage(op, row, {"q1": "yes", "q4": "urgent"})
    return made[label]


def check(made: Tracked, label: str, verdict: str, flags: list[str]) -> Verification:
    """An open check by the checker, with a verdict nobody else may see."""
    ready(made, label)
    with writing(by=made.cast["annotator"]) as op:
        workflow.transition(op, made[label], "queued")
    with writing(by=made.cast["checker"]) as op:
        workflow.transition(op, made[label], "in_progress")
    found = Verification.objects.get(statement=made.labels[label])
    with writing(by=made.cast["checker"]) as op:
        verifications.save(
            op, found, verdict=verdict, flags=flags, as_of_date="2026-01-02", justification="Because it is so."
        )
    return found
