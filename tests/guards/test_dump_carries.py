"""Every field of every table travels with the dump, or is named here with the reason why not: a new one needs a
decision."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from annotations import models as m
from tests.factories import make_user
from tests.services.dumped_whole import make_whole
from tests.services.test_dump import bring_in, dumped, empty_corpus

ACCOUNT = "accounts and secrets belong to people and to this house, not to a corpus"
HISTORY = "the history is proved by its chain in this house; only a backup keeps it (said in the loss report)"
ROUND = "coding rounds do not travel (said in the loss report)"
READING = "who has read what is said in the loss report"
SEARCH = "worked out again from the texts"
COUNTER = "counts the edits in this house, for ETags"
WATCH = "what one person of this house wants to be told of"
WEBHOOK = "an address and its secret belong to this house; the house that imports tells whom it wants"
WORKED_OUT = "worked out again from what is carried"
#: What a dump leaves out on purpose: a model as a whole, or `Model.field`.
LEFT_OUT: Mapping[str, str] = {
    "User": ACCOUNT, "ApiToken": ACCOUNT, "Invitation": ACCOUNT, "Member.user": ACCOUNT, "Member.active": ACCOUNT,
    "Member.joined_at": ACCOUNT, "Member.seen_seq": READING, "Member.seen_at": READING, "ReadingState": READING,
    "Coverage": READING,
    "Event": HISTORY, "EventObject": HISTORY, "Undone": HISTORY, "Notice": HISTORY,
    "Round": ROUND, "Layer": ROUND, "Assignment": ROUND, "Ruling": ROUND, "Annotation.layer": ROUND,
    "Annotation.state": ROUND, "Annotation.kinds": ROUND,
    "CodebookVersion": "the past of the codebook is history; the newest edition travels as sets and tags",
    "Recoding": "a dump says what a tag is read as while rows go over to it", "RecodingList": "as Recoding",
    "Tag.leads_to": "as Recoding",
    "Sentence": SEARCH, "Word": SEARCH, "Entry": SEARCH,
    "Sketch": SEARCH, "Recurrence": SEARCH, "Lookalike": SEARCH, "Wording": SEARCH,
    "WordingRun": SEARCH, "Due": SEARCH, "Document.sketched": SEARCH,
    "Vector": "what a model of this house makes of the words", "Embedded": "how far a machine of this house has come",
    "Suggestion": "what a machine proposes is found again; what was turned down is said in the loss report",
    "Capture": "what this house did to fetch a source; what it brought is a snapshot and travels",
    "CorpusHead": "last event and last numbers: worked out from what came in",
    "Corpus.uid": "the house that imports gives it", "Corpus.slug": "the house that imports gives it",
    "Asked": "how far a machine of this house has come", "Corpus.sends_to": "agreed to for a service of this house",
    "Corpus.suggests": "a switch of this house", "Document.suggested": "claims are looked for again",
    "Corpus.demo": "what is imported is somebody's work, no demo", "Corpus.codebook_version": COUNTER,
    "Corpus.version": COUNTER, "Member.version": COUNTER, "Tag.version": COUNTER, "Agent.version": COUNTER,
    "Document.version": COUNTER, "Annotation.version": COUNTER, "Statement.version": COUNTER,
    "Occurrence.version": COUNTER, "Relation.version": COUNTER, "Milestone.version": COUNTER,
    "Source.version": COUNTER, "Evidence.version": COUNTER, "Verification.version": COUNTER,
    "SavedView.version": COUNTER, "Comment.version": COUNTER,
    "StoredFile.uid": "the row waits for the file", "StoredFile.size": "the bytes do not travel (loss report)",
    "StoredFile.created_at": "the row waits for the file",
    "Agent.fold": WORKED_OUT, "Document.fold": WORKED_OUT, "Statement.fold": WORKED_OUT, "Source.url_key": WORKED_OUT,
    "Snapshot.text_sha256": WORKED_OUT, "Evidence.quote_found": WORKED_OUT, "Evidence.quote_stands": WORKED_OUT,
    "Statement.modality": WORKED_OUT, "Document.current": WORKED_OUT, "Document.annotation_count": WORKED_OUT,
    "Version.length": WORKED_OUT, "Version.clean_length": WORKED_OUT, "Version.repairs": WORKED_OUT,
    "Version.folded_blocks": WORKED_OUT, "Version.block_count": WORKED_OUT, "Anchor.clean_start": WORKED_OUT,
    "Anchor.clean_end": WORKED_OUT, "Anchor.home_start": WORKED_OUT, "Anchor.home_end": WORKED_OUT,
    "Anchor.block": WORKED_OUT, "Anchor.fold_hash": WORKED_OUT,
    "Watch": WATCH, "WatchHit": WATCH, "Webhook": WEBHOOK, "Delivery": WEBHOOK,
    "SavedView.shared": "only shared views travel (said in the loss report)",
}  # fmt: skip
#: Not counted: ids, the corpus itself, and removal (what is removed stays here; said in the loss report).
NEVER = ("id", "corpus", "removed_at")
#: Worked out again all the same as they were; so these are compared, though no record has them.
SAME = frozenset(name for name, reason in LEFT_OUT.items() if reason is WORKED_OUT)

Fields = list[Field[Any, Any]]
Seen = dict[str, Any]


def models() -> list[type[Model]]:
    return [model for model in apps.get_app_config("annotations").get_models() if model.__name__ not in LEFT_OUT]


def fields_of(model: type[Model]) -> Fields:
    """The fields that must come through."""
    left_out = [name for name in LEFT_OUT if name not in SAME]
    return [
        field for field in model._meta.concrete_fields
        if field.name not in NEVER and f"{model.__name__}.{field.name}" not in left_out
    ]  # fmt: skip


def test_whatever_is_left_out_exists() -> None:
    known = {model.__name__: model for model in apps.get_app_config("annotations").get_models()}
    for name, reason in LEFT_OUT.items():
        model, _, field = name.partition(".")
        assert reason and (not field or known[model]._meta.get_field(field)), name


def test_every_link_between_tables_is_known() -> None:
    """Many-to-many tables without a model of their own: looked after by hand."""
    links = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("annotations").get_models()
        for field in model._meta.local_many_to_many
        if field.remote_field.through._meta.auto_created
    }
    assert links - {"User.groups", "User.user_permissions"} == {"Round.documents", "Verification.contributors"}


def rows_of(model: type[Model], corpus: m.Corpus) -> Iterator[Model]:
    """The rows of a corpus that should travel."""
    rows = model._default_manager.order_by("pk")
    names = {field.name for field in model._meta.fields}
    path = PATHS.get(model.__name__, "corpus")
    rows = rows.filter(pk=corpus.pk) if model is m.Corpus else rows.filter(**{path: corpus})
    if "removed_at" in names:
        rows = rows.filter(removed_at=None)
    if model is m.SavedView:
        rows = rows.filter(shared=True)
    return rows.iterator()


PATHS = {
    "Anchor": "annotation__corpus", "VersionText": "version__corpus", "DocumentTag": "document__corpus",
    "StatementAgent": "statement__corpus", "Mention": "comment__corpus",
}  # fmt: skip


def seen(row: Model, fields: Fields) -> Seen:
    return {field.name: told(row, field) for field in fields}


def told(row: Model, field: Field[Any, Any]) -> Any:
    """A value without ids: a row is named by its uid."""
    if not isinstance(field, ForeignKey):
        return getattr(row, field.attname)
    other = getattr(row, field.name)
    if other is None:
        return None
    return other.sha256 if isinstance(other, m.StoredFile) else str(other.uid)


def line(row: Model, fields: Fields) -> str:
    return json.dumps(seen(row, fields), sort_keys=True, default=str, ensure_ascii=False)


def table(model: type[Model], corpus: m.Corpus) -> Counter[str]:
    fields = fields_of(model)
    return Counter(line(row, fields) for row in rows_of(model, corpus))


@pytest.mark.django_db
def test_every_field_comes_through() -> None:
    everything = make_whole()
    empty = {}
    for model in models():
        fields = fields_of(model)
        found = [seen(row, fields) for row in rows_of(model, everything.corpus)]
        for field in fields:
            plain = (None, "", [], {}, field.get_default() if field.has_default() else None)
            if all(row[field.name] in plain for row in found):
                empty[f"{model.__name__}.{field.name}"] = len(found)
    assert empty == {}, "give these a value in tests/services/dumped_whole.py, or name them in LEFT_OUT"

    first = dumped(everything.cast["checker"])
    member = empty_corpus(make_user("importer"))
    bring_in(first, member)
    member.corpus.refresh_from_db()
    assert dumped(member) == first
    for model in models():
        before, after = table(model, everything.corpus), table(model, member.corpus)
        print(model, before - after, after - before)
        if model is m.Member:  # only those whose names stand at something; the importer is new
            assert after - before == Counter({line(member, fields_of(model)): 1})
            continue
        assert (before - after, after - before) == (Counter(), Counter()), model.__name__


@pytest.mark.django_db
def test_who_worked_on_a_check_comes_through() -> None:
    everything = make_whole()
    member = empty_corpus(make_user("importer"))
    bring_in(dumped(everything.cast["checker"]), member)
    for check in m.Verification.objects.filter(corpus=everything.corpus):
        copy = m.Verification.objects.get(corpus=member.corpus_id, uid=check.uid)
        here = {str(one.uid) for one in check.contributors.all()}
        there = {str(one.uid) for one in copy.contributors.all()}
        assert there == here | ({str(member.uid)} if check.state != "approved" else set())
