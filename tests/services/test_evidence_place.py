"""Evidence selected in a snapshot keeps where, in code points; undo takes it back; typed quotes are found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from annotations.models import Event, Evidence, Source, Statement
from annotations.rules.errors import Invalid, Refused
from annotations.services import quotes, sources, undo, verifications
from annotations.services.op import Op, writing
from tests import checks
from tests.factories import Cast, make_cast

pytestmark = pytest.mark.django_db

SAYS = "報告😀 2024\n𠮷野家稱，國務院共計 233 起。\nIn all 233\u3000cases, 1.5 per cent more."
QUOTE = "𠮷野家稱，國務院共計 233 起"
START, END = SAYS.index(QUOTE), SAYS.index(QUOTE) + len(QUOTE)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def claim(cast: Cast) -> Statement:
    return checks.make_claim(cast)


@pytest.fixture
def source(cast: Cast) -> Source:
    return checks.make_source(cast, SAYS)


def do(cast: Cast, verb: Callable[[Op], Any], role: str = "checker") -> tuple[Any, str]:
    with writing(by=cast[role]) as op:
        return verb(op), op.key


def attach(cast: Cast, claim: Statement, source: Source, **values: Any) -> Evidence:
    found, _ = do(cast, lambda op: sources.add_evidence(op, claim, source, **{"stance": "supports", **values}))
    return Evidence.objects.get(pk=found.pk)


def test_a_selection_keeps_its_place_and_its_very_words(cast: Cast, claim: Statement, source: Source) -> None:
    row = attach(cast, claim, source, quote=QUOTE, start=START, end=END)
    assert (row.start, row.end, row.quote, row.quote_found) == (START, END, QUOTE, True)
    assert SAYS[row.start : row.end] == row.quote
    across = attach(cast, claim, source, start=0, end=END)  # over two lines, without the words
    assert across.quote == SAYS[:END] and "\n" in across.quote


@pytest.mark.parametrize(
    ("start", "end", "quote", "code"),
    [
        (START + 1, END + 1, QUOTE, "other_words"), (START, END, QUOTE.replace("國", "国"), "other_words"),
        (START, len(SAYS) + 1, "", "span_outside"), (END, START, QUOTE, "span_outside"), (5, 5, "", "span_outside"),
        (START, None, QUOTE, "place_incomplete"), (None, END, QUOTE, "place_incomplete"),
    ],
)  # fmt: skip
def test_a_place_that_does_not_hold_the_quote_is_refused(
    cast: Cast, claim: Statement, source: Source, start: int | None, end: int | None, quote: str, code: str
) -> None:
    with pytest.raises((Invalid, Refused)) as told:
        attach(cast, claim, source, quote=quote, start=start, end=end)
    assert told.value.code == code and not Evidence.objects.exists()
    if code == "other_words":
        assert SAYS[START + 1 : END + 1] in str(told.value.params["found"]) or QUOTE == told.value.params["found"]


def test_without_a_snapshot_there_is_no_place(cast: Cast, claim: Statement) -> None:
    bare, _ = do(cast, lambda op: sources.create(op, title="Bare", type="dataset"))
    with pytest.raises(Invalid, match="snapshot"):
        attach(cast, claim, bare, quote="x", start=0, end=1)


def test_another_quote_loses_the_place_unless_it_brings_one(cast: Cast, claim: Statement, source: Source) -> None:
    row = attach(cast, claim, source, quote=QUOTE, start=START, end=END)
    do(cast, lambda op: sources.update_evidence(op, row, note="see the table"))
    assert (row.start, row.end) == (START, END)
    do(cast, lambda op: sources.update_evidence(op, row, quote="共計 233 起"))
    row.refresh_from_db()
    assert (row.start, row.end, row.quote_found) == (None, None, True)
    at = SAYS.index("233\u3000cases")
    do(cast, lambda op: sources.update_evidence(op, row, quote="233\u3000cases", start=at, end=at + 9))
    with pytest.raises(Refused, match="Other words"):
        do(cast, lambda op: sources.update_evidence(op, row, start=at + 1, end=at + 10))
    row.refresh_from_db()
    assert (row.start, row.end) == (at, at + 9)


def test_the_table_holds_no_half_place(cast: Cast, claim: Statement, source: Source) -> None:
    row = attach(cast, claim, source, quote=QUOTE)
    for start, end in ((1, None), (None, 1), (3, 3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.filter(pk=row.pk).update(start=start, end=end)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("吉野家", None), ("国务院共计２３３起", "國務院共計 233 起"), ("IN ALL 233 CASES", "In all 233\u3000cases"),
        ("233 起。In all", "233 起。\nIn all"), ("33 cases", None), ("報告😀2024𠮷野家", "報告😀 2024\n𠮷野家"),
    ],
)  # fmt: skip
def test_what_was_typed_is_found_where_it_stands(
    cast: Cast, claim: Statement, source: Source, quote: str, found: str | None
) -> None:
    row = attach(cast, claim, source, quote=quote)
    place = quotes.place_in(source.snapshots.get(), row)
    assert (SAYS[place[0] : place[1]] if place else None) == found
    assert (place is not None) is row.quote_found


def test_in_another_snapshot_it_is_found_by_its_words(cast: Cast, claim: Statement, source: Source) -> None:
    row = attach(cast, claim, source, quote=QUOTE, start=START, end=END)
    do(cast, lambda op: sources.capture_text(op, source, f"Corrected. {SAYS}"))
    newest = source.snapshots.latest("id")
    row.refresh_from_db()
    assert quotes.place_in(newest, row) == (START + 11, END + 11)
    assert quotes.place_in(row.snapshot, row) == (START, END) == (row.start, row.end)


@given(st.text(alphabet="國 院a b\n１2 ,.;😀𠮷\tＡé", max_size=20), st.data())
def test_the_way_back_is_right(text: str, data: st.DataObject) -> None:
    mapped = quotes.mapped.__wrapped__("", text)
    assert mapped.text == quotes.plain(text)
    if mapped.text:
        start = data.draw(st.integers(0, len(mapped.text) - 1))
        end = data.draw(st.integers(start + 1, len(mapped.text)))
        a, b = mapped.span(start, end)
        assert 0 <= a < b <= len(text) and quotes.plain(text[a:b]) == quotes.plain(mapped.text[start:end])


def test_undo_takes_it_back_and_redo_brings_it_again(cast: Cast, claim: Statement, source: Source) -> None:
    made = checks.begin(cast, claim)
    question, _ = do(cast, lambda op: verifications.ask(op, made, "How many?"))
    answer, _ = do(cast, lambda op: verifications.reply(op, question, text="233", type="extractive"))

    def both(op: Op) -> Evidence:
        row = sources.add_evidence(op, checks.fresh(claim), source, stance="supports", start=START, end=END)
        return verifications.place(op, row, answer)

    row, key = do(cast, both)
    do(cast, lambda op: undo.undo(op, key))
    row.refresh_from_db()
    assert row.removed_at and row.answer is None
    do(cast, lambda op: undo.redo(op, key))
    row.refresh_from_db()
    assert row.removed_at is None and row.answer == answer and (row.start, row.quote) == (START, QUOTE)
    kinds = (
        Event.objects.filter(object_type="evidence", object_id=row.pk).order_by("seq").values_list("kind", flat=True)
    )
    assert [kind.removeprefix("evidence.") for kind in kinds] == [
        "created", "placed", "placed", "removed", "restored", "placed",
    ]  # fmt: skip


def test_undo_of_a_stance_only_while_nobody_went_on(cast: Cast, claim: Statement, source: Source) -> None:
    row = attach(cast, claim, source, quote=QUOTE, start=START, end=END)
    _, key = do(cast, lambda op: sources.update_evidence(op, row, stance="refutes", quote="共計 233 起"))
    do(cast, lambda op: undo.undo(op, key))
    row.refresh_from_db()
    assert (row.stance, row.quote, row.start, row.end, row.quote_found) == ("supports", QUOTE, START, END, True)
    _, key = do(cast, lambda op: sources.update_evidence(op, row, stance="context"))
    do(cast, lambda op: sources.update_evidence(op, Evidence.objects.get(pk=row.pk), note="more"), "reviewer")
    with pytest.raises(Refused, match="after you"):
        do(cast, lambda op: undo.undo(op, key))


def test_what_is_withdrawn_comes_back_unless_its_source_is_gone(cast: Cast, claim: Statement, source: Source) -> None:
    row = attach(cast, claim, source, quote=QUOTE)
    _, key = do(cast, lambda op: sources.remove_evidence(op, row))
    do(cast, lambda op: undo.undo(op, key))
    row.refresh_from_db()
    assert row.removed_at is None
    _, key = do(cast, lambda op: sources.remove_evidence(op, row))
    do(cast, lambda op: sources.remove(op, source))
    with pytest.raises(Refused, match="source was removed"):
        do(cast, lambda op: undo.undo(op, key))
