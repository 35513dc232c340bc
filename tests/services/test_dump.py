"""The lossless dump: out, into an empty corpus, out again, byte for byte; and what a damaged one does: nothing."""

import json
from typing import Any

import pytest

from annotations.formats import FORMATS, dump_read
from annotations.models import (
    Annotation,
    Corpus,
    Document,
    Event,
    Member,
    Sentence,
    Source,
    Statement,
    Tag,
    User,
    Verification,
)
from annotations.rules.errors import Forbidden, Invalid, Problem
from annotations.services import collect, corpora, demo, history, statements
from annotations.services.op import writing
from annotations.services.restore import Restoring, prepare, restore
from tests.factories import make_cast, make_document, make_user, mark
from tests.services.dumped_whole import make_whole
from tests.services.everything import make_everything

pytestmark = pytest.mark.django_db


def dumped(member: Member) -> bytes:
    rows = Statement.objects.visible_to(member)
    return b"".join(collect.stream(FORMATS["json"], collect.export(member, rows)))


def bring_in(data: bytes, member: Member) -> Restoring:
    ready = prepare(dump_read.read(data))
    with writing(by=member) as op:
        return restore(op, ready)


def empty_corpus(user: User, book: str = "ai-governance") -> Member:
    corpus = corpora.create(user=user, name="Another", book=book)
    return Member.objects.select_related("corpus").get(corpus=corpus)


@pytest.mark.parametrize("book", ["ai-governance", "empty"])
@pytest.mark.parametrize("role", ["admin", "checker", "viewer"])
def test_out_and_in_and_out_again_is_the_same(role: str, book: str) -> None:
    first = dumped(make_everything().cast[role])
    member = empty_corpus(make_user("importer"), book)
    bring_in(first, member)
    assert dumped(member) == first


@pytest.mark.parametrize("role", ["checker", "editor", "viewer"])
def test_so_is_one_with_a_value_in_every_field(role: str) -> None:
    """The editor works on a check that somebody else wrote."""
    first = dumped(make_whole().cast[role])
    member = empty_corpus(make_user("importer"))
    bring_in(first, member)
    assert dumped(member) == first


def test_the_dump_has_something_in_every_table() -> None:
    everything = make_everything()
    tables = json.loads(dumped(everything.cast["checker"]))
    assert [name for name, rows in tables.items() if rows == []] == []
    versions = [len(document["versions"]) for document in tables["documents"]]
    states = {anchor["state"] for record in tables["annotations"] for anchor in record["anchors"]}
    assert versions == [1, 2] and states == {"ok", "moved"}
    assert [record["redirect_to"] for record in tables["statements"]].count(str(everything.claim.uid)) == 1


def test_the_imported_corpus_lives() -> None:
    """Counters, search index, current versions, repairs and history are as if the work had been done here."""
    everything = make_everything()
    member = empty_corpus(make_user("importer"))
    bring_in(dumped(everything.cast["checker"]), member)
    corpus = Corpus.objects.get(pk=member.corpus_id)
    assert (corpus.name, corpus.created_at) == ("Everything", everything.corpus.created_at)
    document = Document.objects.get(corpus=corpus, title="全球治理")
    assert document.current is not None and document.current.repairs == everything.damaged.current.repairs
    assert document.annotation_count == 2
    kept = Sentence.objects.filter(document=everything.damaged).order_by("id").values_list("folded", flat=True)
    assert list(Sentence.objects.filter(document=document).order_by("id").values_list("folded", flat=True)) == list(
        kept
    )
    claim = Statement.objects.get(corpus=corpus, uid=everything.claim.uid)
    assert history.of_object(corpus, "statement", claim.pk).get().kind == "bulk.imported"
    assert history.verify(corpus) is None
    with writing(by=member) as op:
        assert statements.create(op, "claim", "A new one").number == 3


def test_a_second_import_adds_nothing() -> None:
    first = dumped(make_everything().cast["admin"])
    member = empty_corpus(make_user("importer"))
    bring_in(first, member)
    before = Event.objects.filter(corpus=member.corpus_id).count()
    again = bring_in(first, member)
    assert (dict(again.made), Event.objects.filter(corpus=member.corpus_id).count()) == ({}, before)
    assert dumped(member) == first


def test_into_a_corpus_with_work_of_its_own() -> None:
    """Numbers that are taken change and are named; tags and agents of the same name stay one; nothing is renamed."""
    everything = make_everything()
    other = make_cast("Mine")
    document = make_document(other["annotator"])
    mark(other["annotator"], document, "Experts agree", "claim")
    tags = Tag.objects.filter(corpus=other.corpus).count()
    job = bring_in(dumped(everything.cast["admin"]), other["admin"])
    assert job.renumbered == [("C-1", "C-3")]
    assert Corpus.objects.get(pk=other.corpus.pk).name == "Mine"
    assert Tag.objects.filter(corpus=other.corpus).count() == tags + 3
    assert sorted(Statement.objects.filter(corpus=other.corpus, kind="claim").values_list("number", flat=True)) == [
        1,
        2,
        3,
    ]


def test_authors_come_along_without_an_account() -> None:
    everything = make_everything()
    member = empty_corpus(make_user("importer"))
    bring_in(dumped(everything.cast["admin"]), member)
    author = Annotation.objects.filter(corpus=member.corpus_id).earliest("id").created_by
    assert author is not None and (author.user_id, author.active) == (None, False)
    assert author.name == everything.cast["annotator"].name


def test_a_check_under_way_goes_only_with_those_who_may_read_it() -> None:
    everything = make_everything()
    for role, seen in (("checker", 1), ("admin", 0), ("viewer", 0)):
        tables = json.loads(dumped(everything.cast[role]))
        assert len(tables["verifications"]) == seen, role
        assert len(tables["evidence"]) == seen * 2, role


def test_who_imports_a_check_under_way_is_no_blind_reviewer_of_it() -> None:
    everything = make_everything()
    member = empty_corpus(make_user("importer"))
    bring_in(dumped(everything.cast["checker"]), member)
    check = Verification.objects.get(corpus=member.corpus_id)
    assert member in check.contributors.all()


def test_a_redirect_to_nothing_does_not_leave() -> None:
    everything = make_everything()
    with writing(by=everything.cast["editor"]) as op:
        statements.set_removed(op, everything.claim, gone=True)
    tables = json.loads(dumped(everything.cast["admin"]))
    assert [record["number"] for record in tables["statements"]] == [1]
    bring_in(dumped(everything.cast["admin"]), empty_corpus(make_user("importer")))


def test_a_selection_is_a_dump_of_its_own() -> None:
    everything = make_everything()
    member = everything.cast["checker"]
    rows = Statement.objects.visible_to(member).filter(kind="proposal")
    data = b"".join(collect.stream(FORMATS["json"], collect.export(member, rows, filters="kind=proposal")))
    tables = json.loads(data)
    found = {name: len(tables[name]) for name in ("documents", "annotations", "statements", "verifications", "sources")}
    assert found == {"documents": 1, "annotations": 1, "statements": 1, "verifications": 0, "sources": 1}
    bring_in(data, empty_corpus(make_user("importer")))


def test_only_an_admin_imports_a_corpus() -> None:
    everything = make_everything()
    with pytest.raises(Forbidden):
        bring_in(dumped(everything.cast["admin"]), make_cast("Mine")["editor"])


SPOILED: list[tuple[str, str, Any, str]] = [
    ("statements", "kind", "rumour", "statements, record 1"),
    ("statements", "created_at", "yesterday", "“yesterday” cannot stand in “created_at”"),
    ("statements", "uid", "1", "“1” cannot stand in “uid”"),
    ("evidence", "start", 10, "“10” cannot stand in “start”"),
    ("evidence", "end", None, "evidence, record 1"),
    ("statements", "due", "soon", "“soon”"),
    ("statements", "triage_answers", {"q2": "many"}, "triage_answers"),
    ("statements", "tags", ["00000000-0000-4000-8000-000000000000"], "names ("),
    ("occurrences", "annotation", "00000000-0000-4000-8000-000000000000", "“annotation” names 00000000-0000-4000"),
    ("evidence", "source", "00000000-0000-4000-8000-000000000000", "evidence, record 1"),
    ("annotations", "document", "gone", "annotations, record 1"),
    ("relations", "target", "SOURCE", "relations, record"),
    ("statements", "number", -1, "statements, record"),
    ("statements", "number", 2**70, "statements, record"),
]


@pytest.mark.parametrize(("table", "field", "value", "sentence"), SPOILED)
def test_a_spoiled_record_is_named_and_nothing_is_stored(table: str, field: str, value: Any, sentence: str) -> None:
    tables = json.loads(dumped(make_everything().cast["checker"]))
    record = tables[table][0]
    record[field] = record["source"] if value == "SOURCE" else value
    member = empty_corpus(make_user("importer"))
    with pytest.raises(Problem) as caught:
        bring_in(json.dumps(tables).encode(), member)
    assert sentence in str(caught.value)
    assert "Nothing was" in str(caught.value)
    assert not Document.objects.filter(corpus=member.corpus_id).exists()
    assert Tag.objects.filter(corpus=member.corpus_id).count() == 9


def test_a_changed_text_is_refused() -> None:
    tables = json.loads(dumped(make_everything().cast["admin"]))
    tables["documents"][0]["versions"][0]["raw_text"] += "!"
    with pytest.raises(Invalid, match="was changed after the export"):
        bring_in(json.dumps(tables).encode(), empty_corpus(make_user("importer")))


def test_a_passage_must_quote_its_text() -> None:
    tables = json.loads(dumped(make_everything().cast["admin"]))
    tables["annotations"][0]["anchors"][0]["start"] += 1
    with pytest.raises(Invalid, match="does not quote"):
        bring_in(json.dumps(tables).encode(), empty_corpus(make_user("importer")))


#: Fields that dumps of schema 1 did not have at first, by table.
LATER = {
    "corpus": {"publisher_name", "publisher_contact", "publisher_policy"},
    "tags": {"definition_zh_hans", "definition_zh_hant", "examples", "merged_into"},
    "saved_views": {"created_at", "updated_at"},
    "documents": {"author_note", "updated_at", "came_with", "charset", "notices"},
    "sources": {"updated_at", "no_snapshot_reason", "snapshots"},
    "statements": {"published_version", "published_at", "corrections", "parts"},
    "occurrences": {"updated_at"},
    "relations": {"updated_at"},
    "verifications": {
        "updated_at", "approved_at", "created_by", "claimant_note", "contributors", "blind_reason",
    },
    "evidence": {"updated_at", "snapshot", "start", "end"},
    "milestones": {"updated_at", "confirmed_at", "refused_by", "refused_reason"},
}  # fmt: skip


def without(value: Any, names: set[str]) -> Any:
    """The same without the fields of these names, in the parts of records, too."""
    if isinstance(value, list):
        return [without(one, names) for one in value]
    if isinstance(value, dict):
        return {name: without(one, names) for name, one in value.items() if name not in names}
    return value


def test_an_older_dump_is_read() -> None:
    """What it does not tell takes its default: the time of the import, the author, the newest approved check."""
    everything = make_whole()
    tables = json.loads(dumped(everything.cast["checker"]))
    tables = {name: without(value, LATER.get(name, set())) for name, value in tables.items()}
    member = empty_corpus(make_user("importer"))
    bring_in(json.dumps(tables).encode(), member)
    source = Source.objects.filter(corpus=member.corpus_id).earliest("id")
    assert source.updated_at > source.created_at and not source.snapshots.exists()
    for check in Verification.objects.filter(corpus=member.corpus_id):
        assert check.created_by_id == check.author_id and check.author in check.contributors.all()
    assert Document.objects.get(corpus=member.corpus_id, title="Plans").batch.label == "Monday"
    assert Statement.objects.get(corpus=member.corpus_id, uid=everything.claim.uid).published_version is None


def test_the_loss_report_counts_what_is_kept_back() -> None:
    everything = make_whole()
    with writing(by=everything.cast["editor"]) as op:
        statements.set_removed(op, everything.proposal, gone=True)
    found = collect.export(everything.cast["viewer"], Statement.objects.visible_to(everything.cast["viewer"]))
    said = {loss.code: loss.count for loss in FORMATS["json"].losses(found)}
    assert (said["removed"], said["own-views"], said["closed-checks"]) == (1, 1, 1)
    assert "rounds" not in said and "snapshots" not in said
    assert found.counts["snapshots"] == 3 and found.counts["corrections"] == 1


def test_the_demo_comes_through_to_the_last_byte() -> None:
    """For whoever may read most of it, and for those who may not."""
    corpus, _ = demo.load()
    for number, role in enumerate(("checker", "admin")):
        by = Member.objects.select_related("corpus").filter(corpus=corpus, role=role).earliest("id")
        first = dumped(by)
        member = empty_corpus(make_user(f"importer-{number}"))
        bring_in(first, member)
        member.corpus.refresh_from_db()
        assert dumped(member) == first
