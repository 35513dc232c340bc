"""The corpus of everything.py with a value in every field that a dump carries; nobody's rule is asked."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from annotations import models as m
from annotations.services import comments, sources
from annotations.services.op import writing
from tests.checks import approve, make_claim
from tests.factories import NOW
from tests.services.everything import Everything, make_everything

#: What no service of the fixture sets. Values stand in one row of the model; the other rows keep their defaults.
VALUES: dict[type[Model], dict[str, Any]] = {
    m.Corpus: {
        "description": "All of it", "language": "zh-Hant", "publisher_name": "Desk",
        "publisher_contact": "d@desk.example", "publisher_policy": "Corrections first.",
    },
    m.Agent: {"type": "government", "aliases": ["甲", "乙"], "url": "https://a.example/", "note": "of the capital"},
    m.TagSet: {"closed": False},
    m.Tag: {
        "examples": "such as this", "use_when": "always", "not_when": "never", "definition_zh_hans": "定义",
        "deprecated": True,
    },
    m.Source: {
        "publisher": "Ministry", "authors": ["陳"], "published_date": "2025-01", "identifier": "doi:1",
        "language": "en", "reliability_note": "fine", "interests_note": "none", "independent_group": "g1",
        "no_snapshot_reason": "paywall",
    },
    m.Snapshot: {
        "mime": "text/html", "http_status": 203, "archive_url": "https://archive.example/1",
        "way": "captured", "proposed": {"title": "Index"}, "final_url": "https://index.example/2025/",
        "redirects": [{"url": "https://index.example/2025", "status": 301}], "file_name": "2025.html.warc.gz",
    },
    m.Evidence: {"locator": "p. 3", "medium": "table", "note": "see there"},
    m.Document: {
        "genre": "opinion", "author_note": "former minister", "affiliation": "Office", "publisher": "Paper",
        "source_note": "via wire", "not_before": "2025-01-02", "reference_year": 2025, "rights": "all", "note": "odd",
        "proposed": ["title"],
    },
    m.Version: {"charset": "gb18030", "notices": [["nul", "NUL at %(place)s", {"place": 3}]]},
    m.Annotation: {"confidence": 2, "lost_in": 3},
    m.Anchor: {"similarity": 0.5, "state": "changed"},
    m.Statement: {
        "gloss_en": "gloss", "language": "zh-Hant", "more_types": ["causal"], "published_version": 1,
        "published_at": NOW, "progress_date": "2025", "triage_reason": "vague", "triage_note": "who?", "q1": "yes",
        "q2": 3, "q3": 4, "q4": "urgent", "checkworthiness": "high", "priority": 2, "due": "2027-01-02",
        "about_date": "2024", "reference_year": 2024, "resolve_by": "2028-01-02", "resolution_criteria": "the register",
        "note": "watch", "public": "paused", "instrument": "treaty", "bindingness": "binding", "target": "all",
    },
    m.StatementAgent: {"rests_on": "各國", "prefilled": True},
    m.Occurrence: {
        "voice": "document", "reported_via": "wire", "author_stance": "reports", "utterance_date": "2025-03",
        "prefilled": ["voice"], "modality": "will",
    },
    m.Relation: {"state": "suggested"},
    m.Verification: {"claimant_contacted": "yes", "claimant_note": "no answer", "sole_source_reason": "only one"},
    m.Answer: {"boolean_explanation": "because"},
    m.Review: {"after_discussion": True, "comment": "well done"},
    m.Member: {"version": 2},
}  # fmt: skip


def make_whole() -> Everything:
    """`everything`, and a published check of another claim with all that belongs to it."""
    everything = make_everything()
    cast = everything.cast
    claim = approve(cast, make_claim(cast))
    check = claim.verifications.get()
    check.contributors.add(cast["editor"])
    m.Correction.objects.create(
        corpus=cast.corpus, statement=claim, from_version=1, to_version=2, kind="correction",
        public_note="234, not 233", requested_by="a reader", created_at=NOW, created_by=cast["editor"],
    )  # fmt: skip
    with writing(by=cast["checker"]) as op:
        source = m.Source.objects.filter(corpus=cast.corpus).earliest("id")
        sources.capture_text(op, source, "There were 234 incidents in 2024.")
    _talk(everything, check)
    _tie(everything)
    for model, values in VALUES.items():
        _fill(model, values, everything)
    for member in cast.members.values():
        member.corpus.refresh_from_db()
    return everything


def _tie(everything: Everything) -> None:
    """References between rows that no service of the fixture makes."""
    corpus, cast = everything.corpus, everything.cast
    first, second = m.Tag.objects.filter(corpus=corpus).order_by("id")[:2]
    m.Tag.objects.filter(pk=second.pk).update(merged_into=first, split_from=first)
    batch = m.Batch.objects.create(corpus=corpus, label="Monday", created_at=NOW, created_by=cast["reviewer"])
    stored = m.StoredFile.objects.create(corpus=corpus, sha256="ab" * 32, size=3, created_at=NOW)
    original = m.Document.objects.filter(corpus=corpus).exclude(pk=everything.plain.pk).earliest("id")
    m.Document.objects.filter(pk=everything.plain.pk).update(batch=batch, translation_of=original)
    m.Version.objects.filter(document=everything.plain, number=1).update(file=stored)
    m.Snapshot.objects.filter(corpus=corpus).update(file=stored)
    agent = m.Agent.objects.filter(corpus=corpus).earliest("id")
    m.Occurrence.objects.filter(statement=everything.claim).update(attributed_to=agent)
    m.Milestone.objects.create(
        corpus=corpus, statement=everything.proposal, status="adopted", date="2026", created_at=NOW, updated_at=NOW,
        created_by=cast["checker"], refused_by=cast["editor"], refused_reason="no source",
    )  # fmt: skip


def _talk(everything: Everything, check: m.Verification) -> None:
    """On a passage, a statement and a check; one answered, one settled, one that names somebody."""
    cast = everything.cast
    passage = everything.claim.occurrences.earliest("id").annotation
    with writing(by=cast["checker"]) as op:
        first = comments.create(op, passage, f"Which year, @{cast['annotator'].name}?")
        comments.create(op, passage, "2024.", first)
        comments.settle(op, comments.create(op, everything.claim, "*Odd* wording."), True)
        comments.create(op, check, "The second source is weak.")
        comments.remove(op, comments.create(op, everything.claim, "Never mind."))


def _fill(model: type[Model], values: dict[str, Any], everything: Everything) -> None:
    rows = model._default_manager.all()
    if model is m.Corpus:
        rows = rows.filter(pk=everything.corpus.pk)
    row = rows.filter(pk=everything.claim.pk).first() if model is m.Statement else rows.order_by("pk").first()
    assert row is not None, model
    model._default_manager.filter(pk=row.pk).update(**values)
