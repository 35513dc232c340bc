"""Search in annotations, statements, sources and comments: as brute force finds them, at once after every write, and
only what the member may see."""

from collections.abc import Callable

import pytest
from django.db import connection

from annotations.models import Annotation, Comment, Entry, Layer, Member, Round, Source, Statement, Tag, Verification
from annotations.services import (
    annotations,
    comments,
    documents,
    merging,
    search_entries,
    search_query,
    search_things,
    sources,
    statements,
    undo,
)
from annotations.services.op import writing
from annotations.text import query_hits
from tests import checks
from tests.factories import NOW, Cast, make_cast, make_document, mark, say

pytestmark = pytest.mark.django_db
QUERIES = (
    "治理", "治 理", "government", "*govern*", "standards -治理", "治理 OR year", "30%", "三成", "C-1", "stand*", "权",
    '"national standards"', "(治理 OR standards) -30%", "白皮書", "不存在",
)  # fmt: skip
TEXT = "各国政府应制定人工智能治理标准。\n\nExperts agree that 30% of governments lack standards.\n"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def found(member: Member, query: str, kind: str) -> set[int]:
    things = search_things.find(member, search_query.understand(query), kind, size=100)
    assert things.count == len(things.rows)
    assert things.count == search_things.counts(member, search_query.understand(query))[kind]
    return {thing.row.pk for thing in things.rows}


def brute(kind: str, member: Member, query: str) -> set[int]:
    """What holds the words, by reading everything that may be seen."""
    words = search_query.understand(query).words
    assert words is not None
    pks = list(search_things.BASE[kind](member).values_list("pk", flat=True))
    fields = search_entries.READ[kind](pks)
    return {pk for pk in pks if pk in fields and query_hits.spans(search_entries.words_of(fields[pk]).folded, words)}


def populate(cast: Cast) -> Annotation:
    one, two = make_document(cast["annotator"], TEXT), make_document(cast["editor"], TEXT, title="白皮书")
    passage = mark(cast["annotator"], one, "人工智能治理标准", "claim", note="權力與治理")
    mark(cast["editor"], two, "30% of governments lack standards", "proposal")
    with writing(by=cast["editor"]) as op:
        source = sources.create(
            op, title="National standards on 治理", type="dataset", publisher="政府", authors=["李明"]
        )
        claim = Statement.objects.get(kind="claim", corpus=cast.corpus)
        statements.update(op, claim, gloss_en="Governments need standards")
        sources.add_evidence(op, claim, source, stance="supports", quote="三成的政府没有标准")
    say(cast, "editor", passage, "Which year? 哪一年的治理标准")
    say(cast, "checker", claim, "百分之三十 of what?")
    return passage


def test_the_index_answers_as_brute_force_does(cast: Cast) -> None:
    populate(cast)
    other = make_cast("Other")
    populate(other)
    for member in (cast["viewer"], other["editor"]):
        for kind in search_entries.KINDS:
            for query in QUERIES:
                assert found(member, query, kind) == brute(kind, member, query), (kind, query)
    assert {kind: len(found(cast["viewer"], "治理", kind)) for kind in search_entries.KINDS} == {
        "annotation": 1, "statement": 1, "source": 1, "comment": 1,
    }  # fmt: skip
    entries = set(Entry.objects.values_list("pk", flat=True))
    for one in (cast, other):
        search_entries.rebuild(one.corpus.pk)
    assert set(Entry.objects.values_list("pk", flat=True)) == entries


def test_no_phrase_reaches_from_one_field_into_the_next(cast: Cast) -> None:
    document = make_document(cast["annotator"], TEXT)
    passage = mark(cast["annotator"], document, "Experts agree", note="that is so 标准")
    assert found(cast["viewer"], '"agree that"', "annotation") == set()
    assert found(cast["viewer"], "agree that", "annotation") == {passage.pk}


def test_the_index_follows_every_write(cast: Cast) -> None:
    passage = populate(cast)
    viewer, claim = cast["viewer"], Statement.objects.get(kind="claim", corpus=cast.corpus)

    def write(role: str, act: Callable[..., object], *args: object, **values: object) -> None:
        with writing(by=cast[role]) as op:
            act(op, *args, **values)

    assert found(viewer, "權力", "annotation") == {passage.pk}
    write("annotator", annotations.set_note, passage, "新的说明")
    assert (found(viewer, "權力", "annotation"), found(viewer, "新的說明", "annotation")) == (set(), {passage.pk})
    write("annotator", annotations.remove, passage)
    assert not found(viewer, "新的說明", "annotation") and not found(viewer, "哪一年", "comment")
    write("annotator", annotations.restore, passage)
    assert found(viewer, "新的說明", "annotation") and found(viewer, "哪一年", "comment")
    write("editor", documents.remove, passage.document)
    assert not found(viewer, "新的說明", "annotation") and not found(viewer, "哪一年", "comment")
    write("editor", statements.update, claim, text="算力需要监管")
    assert found(viewer, "算力", "statement") == {claim.pk}
    comment = Comment.objects.get(statement=claim)
    write("checker", comments.edit, comment, "Never mind")
    assert not found(viewer, "30%", "comment") and found(viewer, "mind", "comment") == {comment.pk}
    write("checker", comments.remove, comment)
    assert not found(viewer, "mind", "comment")
    source = Source.objects.get()
    assert found(viewer, "三成", "source") == {source.pk}
    write("editor", sources.remove_evidence, source.evidence.get())
    assert not found(viewer, "三成", "source")
    write("editor", sources.update, source, title="Another title")
    assert not found(viewer, '"national standards"', "source") and found(viewer, "another", "source")


def test_a_note_of_any_length_is_found_to_its_last_word(cast: Cast) -> None:
    """PostgreSQL has no more than 16,383 positions and one megabyte for the words of an entry."""
    document = make_document(cast["annotator"], TEXT)
    chars = "".join(chr(0x4E00 + at) for at in range(19_900))
    passage = mark(cast["annotator"], document, "Experts agree", note=f"{chars} 末尾 30% rare")
    for query in ("末尾", "三成", "rare", chars[10:14]):
        assert found(cast["viewer"], query, "annotation") == {passage.pk}, query
    with writing(by=cast["editor"]) as op:
        claim = statements.create(op, "claim", "算力集中")
        source = sources.create(op, title="Much", type="dataset")
        for at in range(12):
            quote = "".join(chr(0x20000 + 2_000 * at + one) for one in range(9_000))
            sources.add_evidence(op, claim, source, stance="supports", quote=f"{at} {quote}")
    assert found(cast["viewer"], "much", "source") == {source.pk}


def test_undo_brings_the_entry_back(cast: Cast) -> None:
    passage = mark(cast["annotator"], make_document(cast["annotator"], TEXT), "Experts agree")
    with writing(by=cast["annotator"], key="gone") as op:
        annotations.remove(op, passage)
    assert not found(cast["viewer"], "experts", "annotation")
    with writing(by=cast["annotator"]) as op:
        undo.undo(op, "gone")
    assert found(cast["viewer"], "experts", "annotation") == {passage.pk}


def test_merged_statements_are_found_once(cast: Cast) -> None:
    with writing(by=cast["editor"]) as op:
        loser, winner = (statements.create(op, "claim", text) for text in ("算力集中", "算力集中了"))
    with writing(by=cast["editor"]) as op:
        merging.merge(op, loser, winner)
    assert found(cast["viewer"], "算力", "statement") == {winner.pk}


def test_comments_of_a_private_check_are_for_its_readers(cast: Cast) -> None:
    check = checks.send(cast, checks.make_claim(cast))
    row = say(cast, "checker", check, "The second source is weak.")
    for role, member in cast.members.items():
        assert found(member, "weak", "comment") == ({row.pk} if role == "checker" else set())
    checks.record(cast, check)
    assert found(cast["reviewer"], "weak", "comment") == {row.pk}
    Verification.objects.filter(pk=check.pk).update(removed_at=NOW)
    assert not found(cast["checker"], "weak", "comment")


def test_passages_of_an_open_blind_layer_are_for_their_coder(cast: Cast) -> None:
    passage = mark(cast["annotator"], make_document(cast["annotator"], TEXT), "Experts agree", note="secret")
    turn = Round.objects.create(
        corpus=cast.corpus, name="One", codebook_version=1, created_at=NOW, created_by=cast["editor"]
    )
    Annotation.objects.filter(pk=passage.pk).update(layer=Layer.objects.create(round=turn, member=cast["annotator"]))
    assert not found(cast["editor"], "secret", "annotation")
    assert found(cast["annotator"], "secret", "annotation") == {passage.pk}
    Round.objects.update(closed_at=NOW)
    assert found(cast["editor"], "secret", "annotation") == {passage.pk}


def test_filters(cast: Cast) -> None:
    passage = populate(cast)
    tag = Tag.objects.filter(corpus=cast.corpus, tag_set__scope="annotation").first()
    assert tag is not None
    with writing(by=cast["annotator"]) as op:
        annotations.set_tags(op, passage, [tag.pk])
    viewer, claim = cast["viewer"], Statement.objects.get(kind="claim", corpus=cast.corpus)
    assert found(viewer, f'tag:"{tag.label}"', "annotation") == {passage.pk}
    assert found(viewer, f'治理 -tag:"{tag.label}"', "annotation") == set()
    assert found(viewer, f'tag:"{tag.label}"', "statement") == {claim.pk}
    assert found(viewer, f'in:"{passage.document.title}" 治理', "annotation") == {passage.pk}
    assert found(viewer, "in:不存在 治理", "annotation") == set()
    assert found(viewer, f"by:{cast['annotator'].name} 治理", "annotation") == {passage.pk}
    assert found(viewer, f"by:{cast['viewer'].name}", "annotation") == set()
    assert found(viewer, "kind:claim", "statement") == {claim.pk}
    assert found(viewer, "-kind:claim", "statement") == {Statement.objects.get(kind="proposal", corpus=cast.corpus).pk}
    assert found(viewer, f"kind:claim status:{claim.work}", "statement") == {claim.pk}
    assert found(viewer, "kind:claim status:published", "statement") == set()
    assert found(viewer, "status:open", "comment") == set(Comment.objects.values_list("pk", flat=True))
    assert found(viewer, "status:resolved", "comment") == set()
    assert found(viewer, "by:李明", "source") == {Source.objects.get().pk}
    assert found(viewer, "after:2000 治理", "annotation") == {passage.pk}
    assert found(viewer, "before:2000-05 治理", "annotation") == set()
    assert found(viewer, "tag:x 治理", "source") == set()
    assert set(search_things.counts(viewer, search_query.understand("kind:comment 治理"))) == {"comment"}


def test_a_field_is_shown_where_the_words_stand(cast: Cast) -> None:
    populate(cast)
    thing = search_things.find(cast["viewer"], search_query.understand("權力"), "annotation").rows[0]
    assert ["".join(piece for piece, on in field if on) for field in thing.fields] == ["", "權力"]
    long = search_things.pieces("前" * 500 + "治理" + "后" * 500, [(500, 502)])
    assert ("治理", True) in long and long[0] == ("…", False) and sum(len(piece) for piece, _ in long) < 260


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps the tokens in the rows")
def test_no_token_outlives_its_entry() -> None:
    populate(make_cast())
    Entry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM annotations_entry_fts")
        assert cursor.fetchone() == (0,)
