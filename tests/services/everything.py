"""A corpus in which every table of the dump has something in it, made by the services; the second version by hand."""

from __future__ import annotations

from dataclasses import dataclass

from annotations.models import (
    Anchor,
    Annotation,
    Corpus,
    Document,
    DocumentTag,
    Evidence,
    Member,
    Relation,
    Statement,
    Tag,
    Verification,
    Version,
    VersionText,
)
from annotations.records import SourceText
from annotations.services import (
    codebook,
    comments,
    merging,
    milestones,
    occurrences,
    saved_views,
    sources,
    statements,
    texts,
    verifications,
)
from annotations.services.anchors import make_anchor
from annotations.services.documents import prepare
from annotations.services.op import Op, writing
from tests.factories import NOW, Cast, make_cast, make_document, mark

#: A converter put readings into it; the body stands twice.
FILLER = (
    "治理的目的是讓人受益，監(jiān)管機構(gòu)需要公布測試的結果，公眾有權知道數(shù)據從哪裡來。小國(guó)也應(yīng)當參加規則的制定，"
    "因為風險(xiǎn)不會停在邊界上。模型的開發者對(duì)風險(xiǎn)負有責(zé)任，安全評測不能只由企業(yè)自己進行。各國(guó)的法律並不相同，"
    "所以要先說清楚哪些話是事實，哪些話是主張，再決定由誰來查、查到什麼程度、結果放在什麼地方給人看。"
    "紅(hóng)線必須說得清楚，越過紅(hóng)線的人要說明理由，並且接受別人的檢查。"
)
BODY = f"""應設(shè)立統(tǒng)一的技術(shù)標(biāo)準(zhǔn)，各國(guó)都需要它。2024年事故升至233起。

=SUM(1) 不是公式，𠮷祥如意。

{FILLER}
"""
DAMAGED = f"全球人工智能治理\n\n{BODY}\n全球人工智能治理\n\n{BODY}"
PLAIN = """Plans

Experts should publish tests. In 2024 there were 233 incidents. A fund will be needed, says the ministry.
"""


@dataclass
class Everything:
    """The cast and the things that tests look at."""

    cast: Cast
    damaged: Document
    plain: Document
    claim: Statement
    proposal: Statement
    merged: Statement
    check: Verification

    @property
    def corpus(self) -> Corpus:
        return self.cast.corpus


def make_everything() -> Everything:
    cast = make_cast("Everything")
    chen, li, emma = cast["annotator"], cast["checker"], cast["editor"]
    damaged = make_document(chen, DAMAGED, title="全球治理", authors=["某人"], url="https://news.example/a")
    plain = make_document(chen, PLAIN, title="Plans", published_date="2025-07")
    tags = list(Tag.objects.filter(corpus=cast.corpus).order_by("id")[:3])
    passage = mark(chen, plain, "In 2024 there were 233 incidents", "claim", tags=(tags[1].pk, tags[0].pk), note="look")
    claim = passage.occurrences.get().statement
    same = mark(li, damaged, "2024年事故升至233起", tags=(tags[0].pk,))
    wish = mark(chen, damaged, "應設立統一的技術標準", "proposal")
    proposal = wish.occurrences.get().statement
    twin = mark(chen, plain, "Experts should publish tests", "claim").occurrences.get().statement
    mark(li, plain, "A fund will be needed", note="=1+1 'quoted'\nsecond line")
    with writing(by=li) as op:
        link(op, same, claim)
        statements.set_agents(op, proposal, "actor", ["某組織", "Another body"])
        statements.update(op, proposal, mechanism="new_institution", specificity=2, deadline="2027")
        relate(op, claim, proposal)
        comments.create(op, claim, "Which year?")
    with writing(by=emma) as op:
        own = codebook.add_set(op, name="Importance", scope="statement", many=False)
        high = codebook.add_tag(op, own, label="High", label_zh_hant="高")
        low = codebook.add_tag(op, own, label="Low", parent=high)
        statements.set_tags(op, claim, [low.pk])
        papers = codebook.add_set(op, name="Papers", scope="document")
        DocumentTag.objects.create(document=plain, tag=codebook.add_tag(op, papers, label="Paper"))
        saved_views.save(op, name="Claims", query="kind=claim", columns=["text"], shared=True)
        saved_views.save(op, name="Mine", query="assignee=me")
        merging.merge(op, twin, claim)
    second_version(li, plain)
    check = make_check(li, claim)
    step(li, emma, proposal)
    claim.refresh_from_db()
    return Everything(cast, damaged, plain, claim, proposal, twin, check)


def link(op: Op, annotation: Annotation, statement: Statement) -> None:
    anchor = annotation.anchors.get()
    occurrences.link(op, annotation, anchor, statement, occurrences.Wanted(fit="variant", difference="number"))


def relate(op: Op, source: Statement, target: Statement) -> Relation:
    return Relation.objects.create(
        corpus=op.corpus, source=source, target=target, type="supports", rationale="numbers", created_at=op.at,
        updated_at=op.at, created_by=op.by,
    )  # fmt: skip


def second_version(by: Member, document: Document) -> Version:
    """The same text with a line in front of it; every annotation moves along."""
    first = document.current
    assert first is not None
    raw = "Draft\n\n" + first.text.raw
    ready = prepare(SourceText(text=raw, blocks=(), reader="txt"))
    version = Version.objects.create(
        corpus=document.corpus, document=document, number=2, sha256=ready.sha256, length=len(raw), reader="txt",
        clean_length=len(ready.cleaned.text), cleaner=ready.cleaned.cleaner, file_name="plans-2.txt", created_at=NOW,
        block_count=len(ready.block_rows),
        created_by=by,
    )  # fmt: skip
    VersionText.objects.create(
        version=version, raw=raw, clean=ready.cleaned.text, offsets=ready.cleaned.map.encode(),
        block_rows=ready.block_rows,
    )  # fmt: skip
    for anchor in Anchor.objects.filter(version=first):
        text = texts.get(version.pk)
        made = make_anchor(anchor.annotation_id, text, anchor.start + 7, anchor.end + 7, state="moved", method="quote")
        made.save(force_insert=True)
    document.current = version
    document.save(update_fields=["current"])
    return version


def make_check(by: Member, claim: Statement) -> Verification:
    """A check under way, with a question, an answer, evidence placed and evidence waiting."""
    with writing(by=by) as op:
        claim.assignee, claim.work = by, "in_progress"
        claim.save()
        check = verifications.start(op, claim)
        says = "There were 233 incidents in 2024."
        source = sources.create(op, title="Index", type="dataset", url="https://index.example/2025", text=says)
        question = verifications.ask(op, check, "How many incidents?")
        answer = verifications.reply(op, question, text="233", type="extractive")
        log = [{"where": "web", "terms": "233", "date": "2026-11-20", "outcome": "found"}]
        verifications.save(op, check, verdict="supported", flags=["outdated"], search_log=log)
        for quote, stance in (("233 incidents", "supports"), ("in 2024", "context")):
            at = says.index(quote)
            found = sources.add_evidence(op, claim, source, stance=stance, start=at, end=at + len(quote))
            if stance == "supports":
                verifications.place(op, found, answer)
    assert Evidence.objects.count() == 2
    return check


def step(by: Member, second: Member, proposal: Statement) -> None:
    with writing(by=by) as op:
        source = sources.create(op, title="Communiqué", type="primary_document", url="https://gov.example/1")
        milestone = milestones.propose(
            op, proposal, status="in_the_works", date="2025-07-26", source=source, note="announced"
        )
    with writing(by=second) as op:
        milestones.confirm(op, milestone)
