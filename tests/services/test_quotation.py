"""A claimed quotation beside the snapshots of its sources: which words, which texts, and what a person records."""

from __future__ import annotations

import pytest

from annotations.models import Event, Source, Statement
from annotations.rules.errors import Forbidden, Invalid, Missing, Problem, Refused
from annotations.services import quotation, snapshots, sources, statements, verifications
from annotations.services.op import writing
from tests import checks
from tests.factories import Cast, make_cast, make_document, mark

pytestmark = pytest.mark.django_db
ARTICLE = """评论

李强表示：“我们将强烈反对任何形式的技术霸权。”与会者对此表示欢迎。

有人转述，中国政府倡议成立世界人工智能合作组织。
"""
SPEECH = "各位來賓：\n我們將堅決反對任何形式的技術霸權。中國政府倡議成立世界人工智能合作組織。謝謝大家。"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def claimed(cast: Cast, quote: str, kind: str = "quotation") -> Statement:
    document = make_document(cast["annotator"], ARTICLE)
    mark(cast["annotator"], document, quote, "claim")
    statement = Statement.objects.filter(corpus=cast.corpus).latest("id")
    with writing(by=cast["annotator"]) as op:
        statements.update(op, statement, type=kind)
    return checks.fresh(statement)


def attach(cast: Cast, statement: Statement, text: str, quote: str = "", role: str = "checker") -> Source:
    with writing(by=cast[role]) as op:
        source = sources.create(op, title="Speech", type="primary_document", text=text)
        sources.add_evidence(op, statement, source, stance="refutes", quote=quote, note="Read it.")
    return source


def test_what_stands_in_quotation_marks_is_held_against_the_source(cast: Cast) -> None:
    statement = claimed(cast, "李强表示：“我们将强烈反对任何形式的技术霸权。”")
    source = attach(cast, statement, SPEECH)
    found = quotation.of(statement, cast["viewer"])
    assert found is not None
    (one,) = found.quotations
    assert one.words == "我们将强烈反对任何形式的技术霸权。"
    (held,) = one.held
    assert held.snapshot.source_id == source.pk and held.comparison.kind == "altered"
    changed = [(piece.original, piece.claimed) for piece in held.comparison.pieces if piece.kind != "same"]
    assert changed == [("堅決", ""), ("", "强烈")]
    assert held.before.endswith("各位來賓：\n") and held.after.startswith("。中國政府倡議")


def test_the_marks_may_stand_outside_the_passage(cast: Cast) -> None:
    statement = claimed(cast, "我们将强烈反对任何形式的技术霸权")
    found = quotation.of(statement, cast["viewer"])
    assert found is not None and [one.words for one in found.quotations] == ["我们将强烈反对任何形式的技术霸权"]
    assert found.quotations[0].held == ()


def test_words_without_marks_are_taken_whole(cast: Cast) -> None:
    statement = claimed(cast, "中国政府倡议成立世界人工智能合作组织")
    attach(cast, statement, SPEECH)
    found = quotation.of(statement, cast["viewer"])
    assert found is not None and found.quotations[0].held[0].comparison.kind == "exact"


def test_the_text_of_a_claim_without_passages_is_compared(cast: Cast) -> None:
    with writing(by=cast["annotator"]) as op:
        statement = statements.create(op, "claim", "他说：“中国政府倡议成立世界人工智能合作组织。”", type="quotation")
    attach(cast, statement, SPEECH)
    found = quotation.of(checks.fresh(statement), cast["viewer"])
    assert found is not None
    (one,) = found.quotations
    assert (one.annotations, one.held[0].comparison.kind) == ((), "exact")


def test_other_claims_are_not_compared(cast: Cast) -> None:
    statement = claimed(cast, "我们将强烈反对", kind="position")
    assert quotation.of(statement, cast["viewer"]) is None


def test_the_text_that_has_most_of_the_words_comes_first(cast: Cast) -> None:
    statement = claimed(cast, "中国政府倡议成立世界人工智能合作组织")
    attach(cast, statement, "大會日程：七月二十六日開幕。")
    attach(cast, statement, SPEECH)
    attach(cast, statement, "中國政府倡議並且推動成立世界人工智能合作組織。")
    found = quotation.of(statement, cast["viewer"])
    assert found is not None
    assert [held.comparison.kind for held in found.quotations[0].held] == ["exact", "elided", "not_found"]


def test_a_newer_snapshot_is_looked_in_as_well(cast: Cast) -> None:
    statement = claimed(cast, "中国政府倡议成立世界人工智能合作组织")
    source = attach(cast, statement, SPEECH, quote="謝謝大家")
    with writing(by=cast["checker"]) as op:
        snapshots.store(op, source, snapshots.pasted("此頁已刪除。"))
    found = quotation.of(statement, cast["viewer"])
    assert found is not None
    assert [held.comparison.kind for held in found.quotations[0].held] == ["exact", "not_found"]
    assert [shot.pk for shot in quotation.choices(statement)] == sorted(
        source.snapshots.values_list("pk", flat=True), reverse=True
    )


def test_any_snapshot_of_the_corpus_can_be_chosen_and_no_other(cast: Cast) -> None:
    statement = claimed(cast, "中国政府倡议成立世界人工智能合作组织")
    with writing(by=cast["checker"]) as op:
        source = sources.create(op, title="Elsewhere", type="news", text=SPEECH)
    shot = source.snapshots.get()
    found = quotation.of(statement, cast["viewer"], shot.pk)
    assert found is not None and found.quotations[0].held[0].snapshot == shot
    other = make_cast("Other")
    with writing(by=other["checker"]) as op:
        foreign = sources.create(op, title="Theirs", type="news", text=SPEECH)
    for pk in (foreign.snapshots.get().pk, 987_654):
        with pytest.raises(Missing):
            quotation.of(statement, cast["viewer"], pk)


def test_withdrawn_evidence_is_compared_no_more(cast: Cast) -> None:
    statement = claimed(cast, "中国政府倡议成立世界人工智能合作组织")
    attach(cast, statement, SPEECH)
    with writing(by=cast["checker"]) as op:
        sources.remove_evidence(op, statement.evidence.get())
    found = quotation.of(statement, cast["viewer"])
    assert found is not None and found.quotations[0].held == ()


def test_a_snapshot_without_text_is_named(cast: Cast) -> None:
    statement = claimed(cast, "中国政府倡议成立世界人工智能合作组织")
    source = attach(cast, statement, SPEECH)
    shot = source.snapshots.get()
    type(shot).objects.filter(pk=shot.pk).update(text=" \n")
    found = quotation.of(statement, cast["viewer"])
    assert found is not None and found.wordless == (shot,) and found.quotations[0].held == ()


# --- what a person makes of it


def test_a_judgement_is_a_flag_of_the_check_and_can_be_taken_back(cast: Cast) -> None:
    check = checks.begin(cast, checks.make_claim(cast))
    for on, flags in ((True, ["missing_context"]), (True, ["missing_context"]), (False, [])):
        with writing(by=cast["checker"]) as op:
            quotation.record(op, check, "missing_context", on)
        check.refresh_from_db()
        assert check.flags == flags
    assert Event.objects.filter(kind="verification.updated").count() == 2  # the same once more is no change


def test_other_flags_stay(cast: Cast) -> None:
    check = checks.begin(cast, checks.make_claim(cast))
    with writing(by=cast["checker"]) as op:
        verifications.save(op, check, flags=["wrong_date"])
        quotation.record(op, check, "altered_quote", True)
    check.refresh_from_db()
    assert check.flags == ["wrong_date", "altered_quote"]


@pytest.mark.parametrize(
    ("role", "flag", "problem"),
    [("checker", "outdated", Invalid), ("checker", "", Invalid), ("editor", "missing_context", Forbidden)],
)
def test_what_cannot_be_recorded(cast: Cast, role: str, flag: str, problem: type[Problem]) -> None:
    check = checks.begin(cast, checks.make_claim(cast))
    with pytest.raises(problem), writing(by=cast[role]) as op:
        quotation.record(op, check, flag, True)


def test_nothing_is_recorded_while_it_is_reviewed(cast: Cast) -> None:
    check = checks.send(cast, checks.make_claim(cast))
    with pytest.raises(Refused), writing(by=cast["checker"]) as op:
        quotation.record(op, check, "altered_quote", True)


def test_who_may_not_read_the_check_learns_no_flag(cast: Cast) -> None:
    statement = checks.make_claim(cast)
    check = checks.begin(cast, statement)
    with writing(by=cast["checker"]) as op:
        quotation.record(op, check, "missing_context", True)
    assert quotation.flags(statement, cast["checker"]) == ["missing_context"]
    for role in ("viewer", "annotator", "reviewer", "editor", "admin"):
        assert quotation.flags(statement, cast[role]) is None
