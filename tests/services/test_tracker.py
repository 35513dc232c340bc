"""The read model of the Tracker: rows, counts, groups, next steps; what is private stays private; few queries."""

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from annotations import filters
from annotations.filters.orders import order_by
from annotations.models import Annotation, Member, Round, Statement
from annotations.rules.errors import Invalid
from annotations.services import documents, workflow
from annotations.services.op import writing
from annotations.services.tracker import columns, context, counts, digest, groups, rows, script, steps, table
from annotations.services.tracker.counts import Counts
from annotations.services.tracker.rows import Row
from annotations.services.tracker.table import Look, Table
from annotations.services.workflow import Asked
from tests.tracked import Tracked, make_tracked, ready

pytestmark = pytest.mark.django_db
ALL = [column.code for column in columns.ALWAYS + columns.ASKED]


@pytest.fixture
def made() -> Tracked:
    return make_tracked()


def row(made: Tracked, label: str, role: str = "annotator", wanted: list[str] = ALL) -> Row:
    return rows.read(made.cast[role], [made[label]], wanted)[0]


def shown(made: Tracked, group: str = "", page: int = 1, size: int = 50, ordering: str = "") -> Table:
    member = made.cast["annotator"]
    look = Look(
        columns.shown(columns.choosable(member.corpus), ()), table.tags_of(member), timezone.localdate(), "trial"
    )
    found = filters.statements(member, {})
    total = counts.of(member, found).statements
    return table.build(member, found, order_by(ordering), look, total=total, page=page, size=size, group=group)


def parts(made: Tracked, group: str, **how: int) -> list[tuple[object, int, list[str]]]:
    return [(p.key, p.size, [one.statement.label for one in p.rows]) for p in shown(made, group, **how).parts]


def test_a_row_says_where_its_statement_stands(made: Tracked) -> None:
    found = row(made, "C-2")
    assert (len(found.passages), len(found.documents), found.variants, found.astray) == (2, 2, 1, 0)
    assert found.first_seen == ("2025-05-20", False)
    assert row(made, "P-2").own == [made.topics[0].pk]
    assert row(made, "C-1").tags == {made.passage_tags[0].pk: 1}
    assert row(made, "C-4").statement.assignee == made.cast["checker"]


def test_proposers_come_before_those_who_say_it(made: Tracked) -> None:
    found = row(made, "P-1")
    found.speakers.update({"Somebody": 3})
    found.agents = {"proposer": ["The government"]}
    assert found.said_by == ["The government"]
    found.agents = {}
    assert found.said_by[0] == "Somebody"


def test_the_earliest_date_is_known_or_a_bound() -> None:
    assert rows.earlier(("", True), ("2025-05", False)) == ("2025-05", False)
    assert rows.earlier(("2024", True), ("2025-05", False)) == ("2024", True)
    assert rows.earlier(("", False), ("", True))[0] == ""


def test_an_unreviewed_check_is_its_contributors(made: Tracked) -> None:
    mine = row(made, "C-3", "checker").check
    assert mine and (mine.flags, mine.approved) == (("missing_context",), False)
    for role in ("viewer", "annotator", "reviewer", "editor", "admin"):
        assert row(made, "C-3", role).check is None
    assert row(made, "C-3").statement.verdict == ""


def test_counts_are_distinct_and_exact(made: Tracked) -> None:
    def of(query: dict[str, object]) -> Counts:
        return counts.of(made.cast["annotator"], filters.statements(made.cast["annotator"], query))

    assert of({}) == Counts(4, 2, 6, 2)
    assert of({"kind": "proposal"}) == Counts(0, 2, 2, 1)
    assert of({"q": "C-1 P-1"}) == Counts(1, 1, 1, 1)
    assert of({"q": "C-2"}) == Counts(1, 0, 2, 2)
    assert of({"q": "C-99"}) == Counts(0, 0, 0, 0)
    with writing(by=made.cast["admin"]) as op:
        documents.remove(op, made.two)
    assert of({}) == Counts(4, 2, 3, 1)


def test_what_waits(made: Tracked) -> None:
    waiting = counts.waiting(made.cast["annotator"], timezone.localdate())
    assert waiting == {"triage": 5, "due": 1}


def test_pages_hold_every_row_once(made: Tracked) -> None:
    seen = [
        one.statement.label for page in (1, 2, 3) for part in shown(made, page=page, size=2).parts for one in part.rows
    ]
    assert seen == ["C-1", "C-2", "C-3", "C-4", "P-1", "P-2"]
    last = shown(made, page=99, size=4)
    assert (last.page, last.pages, last.start, last.last) == (2, 2, 4, 6)


@pytest.mark.parametrize("ordering", ["", "-number", "due", "-updated"])
def test_settled_statements_are_the_same_page_and_counts(made: Tracked, ordering: str) -> None:
    member = made.cast["annotator"]
    look = Look(columns.ALWAYS, table.tags_of(member), timezone.localdate(), "trial")
    tag = made.passage_tags[0].pk
    for query in ({"tag": tag}, {"tag": f"{tag},{made.topics[0].pk}"}, {"q": "全球"}, {"q": "C-99"}):
        order, pages = order_by(ordering), []
        for found in (rows := filters.statements(member, query), counts.settled(rows, order)):
            counted = counts.of(member, found)
            page = table.build(member, found, order, look, total=counted.statements, page=1, size=2)
            pages.append((counted, [(one.statement.label, one.passages) for part in page.parts for one in part.rows]))
        assert pages[0] == pages[1], (query, pages)


def test_a_tag_asks_live_passages_only(made: Tracked) -> None:
    def tagged() -> list[str]:
        found = filters.statements(made.cast["annotator"], {"tag": made.passage_tags[0].pk})
        return [one.label for one in found.order_by("kind")]

    passage = Annotation.objects.get(tags=made.passage_tags[0])
    assert tagged() == ["C-1", "P-1"]
    for gone in (timezone.now(), None):
        Annotation.objects.filter(pk=passage.pk).update(removed_at=gone)
        assert tagged() == ([] if gone else ["C-1", "P-1"])
    with writing(by=made.cast["admin"]) as op:
        documents.remove(op, made.one)
    assert tagged() == []


def test_an_id_that_no_database_has_is_refused(made: Tracked) -> None:
    with pytest.raises(Invalid) as caught:
        filters.statements(made.cast["viewer"], {"id": 2**63})
    assert caught.value.field == "id"
    assert not filters.statements(made.cast["viewer"], {"id": 2**63 - 1}).exists()


def test_groups_stand_in_the_order_of_their_words_with_whole_sizes(made: Tracked) -> None:
    assert parts(made, "status") == [("untriaged", 5, ["C-1", "C-2", "C-4", "P-1", "P-2"]), ("in_progress", 1, ["C-3"])]
    assert parts(made, "kind") == [("claim", 4, ["C-1", "C-2", "C-3", "C-4"]), ("proposal", 2, ["P-1", "P-2"])]
    assert parts(made, "type")[0] == ("quantity", 1, ["C-3"])
    assert parts(made, "owner")[-1] == (None, 4, ["C-1", "C-2", "P-1", "P-2"])
    one, two = made.one.pk, made.two.pk
    assert parts(made, "document") == [(one, 4, ["C-1", "C-2", "P-1", "P-2"]), (two, 2, ["C-3", "C-4"])]
    assert parts(made, "status", page=2, size=5) == [("in_progress", 1, ["C-3"])]
    assert parts(made, "status", page=2, size=4)[0] == ("untriaged", 5, ["P-2"])


def test_grouping_has_names(made: Tracked) -> None:
    assert groups.names(made.cast["annotator"], "document", [made.one.pk, None]) == {made.one.pk: "一"}
    assert set(groups.GROUPINGS) == {"status", "kind", "type", "owner", "document"}


@pytest.mark.parametrize("group", ["", "status", "document"])
def test_a_page_takes_few_queries_however_many_rows(
    made: Tracked, django_assert_max_num_queries: DjangoAssertNumQueries, group: str
) -> None:
    with django_assert_max_num_queries(18):
        assert shown(made, group).count == 6


def test_columns_of_ones_own(made: Tracked) -> None:
    choosable = columns.choosable(made.cast.corpus)
    code = f"set-{made.topics[0].tag_set_id}"
    assert code in {column.code for column in choosable}
    usual = [column.code for column in columns.shown(choosable, ())]
    assert usual == [column.code for column in columns.ALWAYS]
    assert [c.code for c in columns.shown(choosable, [code, "due", "set-999"])] == ["number", "text", "due", code]


def test_passages_in_context(made: Tracked) -> None:
    found = context.passages(made.cast["annotator"], made["C-2"])
    assert [(one.quote, one.occurrence.fit) for one in found] == [
        ("全球80%算力集中于少數發達國家", "same"),
        ("发达国家垄断算力资源", "variant"),
    ]
    assert (
        found[0].before.endswith("技術安全評測標準。") and found[0].after.startswith("。") and found[1].paragraph == 2
    )


def test_passages_of_other_coders_are_not_shown(made: Tracked) -> None:
    opened = Round.objects.create(
        corpus=made.cast.corpus, name="R", codebook_version=1, created_at=timezone.now(), created_by=made.cast["admin"]
    )
    annotation = made["C-3"].occurrences.get().annotation
    annotation.layer = opened.layers.create(member=made.cast["annotator"])
    annotation.save()
    assert [len(context.passages(made.cast[role], made["C-3"])) for role in ("annotator", "editor")] == [1, 0]
    assert [len(row(made, "C-3", role).passages) for role in ("annotator", "editor")] == [1, 0]


def test_texts_in_one_script_for_reading() -> None:
    assert script.shown("中國政府", "zh-Hant", "hans") == ("中国政府", "zh-Hans")
    assert script.shown("中国政府", "zh-Hans", "hant")[0] == "中國政府"
    assert script.shown("中國政府", "zh-Hant", "hant") == ("中國政府", "zh-Hant")
    assert script.shown("中國政府", "zh-Hant", "") == ("中國政府", "zh-Hant")
    assert script.shown("The 政府", "en", "hant") == ("The 政府", "en")


def offered(member: Member, *found: Statement) -> dict[str, tuple[int, int]]:
    return {step.target: (step.offered, step.ready) for step in steps.steps(member, found)}


def test_next_steps_of_several_rows(made: Tracked) -> None:
    ready(made, "C-1")
    editor = made.cast["editor"]
    assert offered(editor, made["C-1"], made["C-2"], made["P-1"]) == {
        "queued": (2, 1),
        "tracked": (1, 0),
        "withdrawn": (3, 3),
    }
    assert offered(made.cast["annotator"], made["C-1"])["withdrawn"] == (1, 0)
    assert offered(made.cast["viewer"], made["C-1"])["queued"] == (1, 0)
    against = next(step for step in steps.steps(editor, [made["C-2"]]) if step.target == "queued").against
    assert against is not None and "type" in str(against)


def test_a_step_that_only_lacks_a_note_is_ready(made: Tracked) -> None:
    with writing(by=made.cast["annotator"]) as op:
        workflow.transition(op, ready(made, "C-1"), "set_aside", Asked(reason="trivial"))
    assert offered(made.cast["checker"], made["C-1"])["queued"] == (1, 1)


def test_a_digest_tells_what_is_reviewed_and_quotes_as_written(made: Tracked) -> None:
    member = made.cast["checker"]
    wanted = [made["C-2"], made["C-3"], made["P-1"]]
    text = digest.digest(member, wanted, "Trial *corpus*", str, lambda thing: f"https://aigov.example{thing}")
    assert text.startswith(
        "# Trial \\*corpus\\*\n\n**[C-2](https://aigov.exampleC-2)** 全球80%算力集中于少數發達國家 (Untriaged)"
    )
    assert "> 发达国家垄断算力资源\n>\n> — [Two ¶ 2](https://aigov.example/a/" in text and "variant" in text
    assert "Supported" not in text and "(Checking)" in text and text.count("> —") == 4
    Statement.objects.filter(pk=wanted[0].pk).update(verdict="refuted", verdict_as_of="2026-01-02")
    told = digest.digest(member, [made["C-2"]], "T", str, str)
    assert "(Untriaged · Refuted as of 2026-01-02)" in told
