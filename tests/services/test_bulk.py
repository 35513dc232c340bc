"""Many statements at once: each row by its own rules, refusals named, batches, replays, cells by their words."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.http.outcomes import told
from annotations.models import Event, Statement
from annotations.rules.errors import Forbidden, Invalid, Refused, TooLarge
from annotations.services import bulk, saved_views, statements
from annotations.services.bulk import Outcome
from annotations.services.op import writing
from annotations.services.tracker import cells
from annotations.services.tracker.cells import Cell
from annotations.services.tracker.columns import OWN
from tests.tracked import Tracked, make_tracked, ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Tracked:
    return make_tracked()


def run(made: Tracked, role: str, labels: list[str], action: str, **values: object) -> Outcome:
    return bulk.run(made.cast[role], made.pk(*labels), action, values)


def done(outcome: Outcome) -> list[str]:
    return sorted(row.label for row in outcome.done)


def refused(outcome: Outcome) -> dict[str, str]:
    return {row.label: str(problem) for row, problem in outcome.refused}


def test_assigning_checks_each_row_and_the_right(made: Tracked) -> None:
    outcome = run(made, "editor", ["C-1", "P-1"], "assign", assignee=str(made.cast["annotator"].pk))
    assert done(outcome) == ["P-1"] and "cannot check claims" in refused(outcome)["C-1"]
    assert made["P-1"].assignee == made.cast["annotator"] and made["C-1"].assignee is None
    assert done(run(made, "checker", ["C-1", "C-2"], "assign", assignee="me")) == ["C-1", "C-2"]
    assert list(refused(run(made, "annotator", ["C-1"], "assign", assignee="me"))) == ["C-1"]
    assert done(run(made, "editor", ["C-1"], "assign", assignee="")) == ["C-1"] and made["C-1"].assignee is None
    with pytest.raises(Invalid):
        run(made, "editor", ["C-1"], "assign", assignee="999999")


def test_a_refused_row_leaves_no_trace_and_the_others_stand(made: Tracked) -> None:
    ready(made, "C-1")
    before = Event.objects.count()
    outcome = run(made, "annotator", ["C-1", "C-2", "P-1"], "move", to="queued")
    assert done(outcome) == ["C-1"] and set(refused(outcome)) == {"C-2", "P-1"}
    assert [row.work for row in (made["C-1"], made["C-2"])] == ["queued", "untriaged"]
    assert Event.objects.count() == before + 1
    sentence = told(outcome)
    assert (
        sentence.startswith("1 done; 2 refused:")
        and "C-2: " in sentence
        and "Choose the type of the claim." in sentence
    )


def test_setting_aside_asks_its_reasons(made: Tracked) -> None:
    assert done(run(made, "annotator", ["C-1"], "move", to="set_aside", reason="trivial")) == ["C-1"]
    assert list(refused(run(made, "annotator", ["C-2"], "move", to="set_aside", reason="nonsense"))) == ["C-2"]
    outcome = run(made, "annotator", ["C-2"], "move", to="set_aside", reason="prediction")
    assert outcome.refused and made["C-2"].work == "untriaged"
    outcome = run(
        made, "annotator", ["C-2"], "move", to="set_aside", reason="prediction", resolve_by="2027-01-01",
        resolution_criteria="The register says so.",
    )  # fmt: skip
    assert done(outcome) == ["C-2"] and made["C-2"].resolve_by == date(2027, 1, 1)
    assert done(run(made, "annotator", ["C-4"], "move", to="set_aside", reason="duplicate", duplicate_of="c-1")) == [
        "C-4"
    ]
    with pytest.raises(Invalid):
        run(made, "annotator", ["P-1"], "move", to="set_aside", reason="duplicate", duplicate_of="C-99")


def test_tags_go_to_the_statement_or_to_its_passages(made: Tracked) -> None:
    topic, passage = made.topics[1], made.passage_tags[1]
    outcome = run(made, "annotator", ["C-1", "C-2"], "tag", add=[topic.pk, passage.pk])
    assert done(outcome) == ["C-1", "C-2"]
    assert list(made["C-2"].tags.all()) == [topic]
    tagged = {row.annotation for row in made["C-2"].occurrences.all() if passage in row.annotation.tags.all()}
    assert len(tagged) == 2
    run(made, "annotator", ["C-2"], "tag", remove=f"{topic.pk},{passage.pk}")
    assert not made["C-2"].tags.exists()
    with pytest.raises(Invalid):
        run(made, "annotator", ["C-1"], "tag", add=[999999])


def test_types_dates_and_answers(made: Tracked) -> None:
    assert done(run(made, "annotator", ["C-1", "P-1"], "type", type="quantity", mechanism="disclosure")) == [
        "C-1",
        "P-1",
    ]
    assert (made["C-1"].type, made["C-1"].mechanism, made["P-1"].mechanism) == ("quantity", "", "disclosure")
    run(made, "annotator", ["C-1", "C-2"], "due", due="2027-02-03")
    assert made["C-2"].due == date(2027, 2, 3)
    run(made, "annotator", ["C-1"], "triage", q1="yes", q4="urgent", specificity="2")
    assert made["C-1"].checkworthiness == "high"
    assert done(run(made, "annotator", ["P-1"], "triage", q1="yes", specificity="2")) == ["P-1"]
    assert made["P-1"].specificity == 2 and made["P-1"].q1 == ""
    assert "no triage questions" in refused(run(made, "annotator", ["P-2"], "triage", q1="yes"))["P-2"]
    for action, values in {"due": {"due": "soon"}, "triage": {"specificity": "9"}, "nonsense": {}}.items():
        with pytest.raises(Invalid):
            bulk.run(made.cast["annotator"], made.pk("P-1"), action, values)


def test_many_rows_are_several_ops_and_a_replay_does_nothing_twice(made: Tracked) -> None:
    with writing(by=made.cast["annotator"]) as op:
        ids = [statements.create(op, "claim", f"Claim {n}").pk for n in range(bulk.BATCH * 2 + 1)]
    member = made.cast["annotator"]
    first = bulk.run(member, ids, "due", {"due": "2027-01-01"}, "key-of-the-whole")
    events = Event.objects.count()
    again = bulk.run(member, ids, "due", {"due": "2027-01-01"}, "key-of-the-whole")
    assert first.ops == again.ops == [f"key-of-the-whole.{n}" for n in range(3)]
    assert len(first.done) == len(again.done) == len(ids) and Event.objects.count() == events


def test_who_may_not_and_too_many(made: Tracked, settings: object) -> None:
    with pytest.raises(Forbidden):
        run(made, "viewer", ["C-1"], "due", due="")
    settings.AIGOV_LIMITS = {"bulk_rows": 1}  # type: ignore[attr-defined]
    with pytest.raises(Invalid):
        run(made, "annotator", ["C-1", "C-2"], "due", due="")
    assert not issubclass(Invalid, TooLarge)


def test_rows_of_another_corpus_are_passed_over(made: Tracked) -> None:
    other = make_tracked()
    outcome = bulk.run(made.cast["editor"], other.pk("C-1"), "due", {"due": "2027-01-01"})
    assert outcome.done == outcome.refused == [] and other["C-1"].due is None


def test_cells_are_read_by_their_words(made: Tracked) -> None:
    own = f"{OWN}{made.topics[0].tag_set_id}"
    name = made.cast["checker"].name.upper()
    changes = cells.read(
        made.cast["editor"],
        [
            Cell(made.labels["C-1"].pk, "type", "数量"), Cell(made.labels["P-1"].pk, "type", "Disclosure"),
            Cell(made.labels["C-1"].pk, "owner", f" {name} "), Cell(made.labels["C-1"].pk, "due", "2026年3月7日"),
            Cell(made.labels["C-1"].pk, own, "安全;trade"), Cell(made.labels["P-2"].pk, own, ""),
            Cell(made.labels["C-1"].pk, "text", " Reworded. "), Cell(made.labels["C-1"].pk, "note", "why"),
        ],
        lambda text: {"Quantity": "数量"}.get(text, text),
    )  # fmt: skip
    assert [change.problem for change in changes] == [None] * 8
    assert [change.after for change in changes] == [
        "数量", "Disclosure", made.cast["checker"].name, "2026-03-07", "Safety; Trade", "", "Reworded.", "why"
    ]  # fmt: skip
    outcome = cells.write(made.cast["editor"], changes)
    assert done(outcome) == ["C-1", "P-1", "P-2"] and not outcome.refused
    row = made["C-1"]
    assert (row.type, row.text, row.note, row.due) == ("quantity", "Reworded.", "why", date(2026, 3, 7))
    assert {tag.label for tag in row.tags.all()} == {"Safety", "Trade"} and not made["P-2"].tags.exists()


def test_cells_that_cannot_be_read_say_why_and_write_nothing(made: Tracked) -> None:
    own = f"{OWN}{made.topics[0].tag_set_id}"
    given = [
        ("type", "Nonsense"),
        ("owner", "Nobody Known"),
        ("due", "soon"),
        (own, "Peace"),
        ("status", "queued"),
        ("text", ""),
    ]
    wanted = [Cell(made.labels["C-1"].pk, column, words) for column, words in given]
    wanted.append(Cell(made.labels["C-1"].pk, "note", "late", version=1 + made["C-1"].version))
    changes = cells.read(made.cast["editor"], wanted, str)
    assert all(change.problem for change in changes)
    assert "Quantity" in str(changes[0].problem) and "Safety" in str(changes[3].problem)
    version = made["C-1"].version
    outcome = cells.write(made.cast["editor"], changes)
    assert outcome.done == [] and refused(outcome).keys() == {"C-1"} and made["C-1"].version == version


def test_what_stays_as_it_is_is_not_written(made: Tracked) -> None:
    version = made["C-1"].version
    changes = cells.read(made.cast["editor"], [Cell(made.labels["C-1"].pk, "text", made["C-1"].text)], str)
    assert cells.write(made.cast["editor"], changes).done == [] and made["C-1"].version == version


def test_saved_views_are_ones_own_or_shared(made: Tracked) -> None:
    with writing(by=made.cast["annotator"]) as op:
        own = saved_views.save(op, name="  My   list ", query="status=queued", columns=["gloss"])
        shared = saved_views.save(op, name="For all", query="kind=claim", shared=True)
    assert own.name == "My list" and own.columns == ["gloss"]
    assert [view.name for view in saved_views.visible(made.cast["annotator"])] == ["For all", "My list"]
    assert [view.name for view in saved_views.visible(made.cast["viewer"])] == ["For all"]
    with writing(by=made.cast["annotator"]) as op:
        assert saved_views.save(op, name="My list", query="kind=claim").pk == own.pk
    with pytest.raises(Forbidden), writing(by=made.cast["reviewer"]) as op:
        saved_views.remove(op, shared)
    with pytest.raises(Forbidden), writing(by=made.cast["viewer"]) as op:
        saved_views.save(op, name="Mine", query="", shared=True)
    with pytest.raises(Invalid), writing(by=made.cast["viewer"]) as op:
        saved_views.save(op, name="  ", query="")
    with writing(by=made.cast["editor"]) as op:
        saved_views.update(op, shared, name="Renamed")
        saved_views.remove(op, shared)
    assert not saved_views.visible(made.cast["viewer"]).exists()


def test_there_is_an_end_to_saved_views(made: Tracked, settings: object) -> None:
    settings.AIGOV_LIMITS = {"saved_views": 1}  # type: ignore[attr-defined]
    with writing(by=made.cast["viewer"]) as op:
        saved_views.save(op, name="One", query="")
    with pytest.raises(Invalid), writing(by=made.cast["viewer"]) as op:
        saved_views.save(op, name="Two", query="")


def test_apply_within_an_op_of_somebody_else(made: Tracked) -> None:
    with writing(by=made.cast["annotator"]) as op:
        outcome = bulk.apply(op, made.pk("C-1", "C-2"), "due", {"due": "2027-01-01"})
    assert done(outcome) == ["C-1", "C-2"] and outcome.ops == [op.key]
    assert Statement.objects.filter(due="2027-01-01").count() == 2
    with pytest.raises(Refused), writing(by=made.cast["annotator"]) as op:
        raise bulk.apply(op, made.pk("C-1"), "move", {"to": "published"}).refused[0][1]
