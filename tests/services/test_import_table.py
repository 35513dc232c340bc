"""An analyst's old spreadsheet: each row anchored or said why not; nothing is lost, nothing comes twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import openpyxl
import pytest

from annotations.formats import FORMATS
from annotations.models import Annotation, Document, Event, Evidence, Member, Occurrence, Source, Statement, Tag
from annotations.rules.errors import Forbidden, Invalid, Missing
from annotations.services import annotations as service
from annotations.services import collect, history, imports_rows, imports_run, imports_table
from annotations.services.imports import Report
from annotations.services.imports_run import Asked, run
from annotations.services.imports_table import Choice
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document, mark
from tests.services.everything import DAMAGED, PLAIN, make_everything

pytestmark = pytest.mark.django_db
HEAD = ("引文", "文档", "类别", "陈述", "类型", "标签", "备注", "发言方", "负责人", "来源")


def sheet(*rows: Sequence[str], head: Sequence[str] = HEAD) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([*row, *[""] * (len(head) - len(row))] for row in rows)
    return file.getvalue().encode("utf-8-sig")


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    make_document(cast["annotator"], DAMAGED, title="全球治理", url="https://news.example/a?utm_source=x")
    make_document(cast["annotator"], PLAIN, title="Plans")
    return cast


def bring(member: Member, data: bytes, **asked: object) -> Report:
    return run(member, data, "old.csv", Asked(**asked))  # type: ignore[arg-type]


def states(report: Report) -> list[str]:
    return [item.state for item in report.items]


QUOTE = "應設立統一的技術標準"


def test_a_row_becomes_a_passage_with_all_that_it_says(cast: Cast) -> None:
    url = "https://stats.example/2025"
    said = ("提议", "各國應設立統一標準", "制定规则", "能力建设; 新標籤", "look again", "某報告", "emma-4", url)
    row = (QUOTE, "全球治理", *said)
    report = bring(cast["editor"], sheet(row))
    assert states(report) == ["anchored"] and not report.items[0].problems[1:]
    link = Occurrence.objects.get()
    annotation, statement = link.annotation, link.statement
    anchor = annotation.anchors.get()
    assert (anchor.quote, anchor.exact) == (QUOTE, "應設(shè)立統(tǒng)一的技術(shù)標(biāo)準(zhǔn)")
    assert (statement.kind, statement.text, statement.label) == ("proposal", "各國應設立統一標準", "P-1")
    assert statement.mechanism == "rule_making"
    assert annotation.note == "look again"
    assert link.attributed_to is not None and link.attributed_to.name == "某報告" and "speaker" not in link.prefilled
    labels = set(annotation.tags.values_list("label_zh_hans", "label"))
    assert {label for pair in labels for label in pair} >= {"能力建设", "新標籤"}
    assert Tag.objects.get(label="新標籤").tag_set.name == "Imported"
    assert statement.assignee == cast["editor"]
    assert (Source.objects.get().url, Evidence.objects.get().stance) == (url, "context")
    assert dict(+report.made) == {
        "tags": 1, "annotations": 1, "statements": 1, "occurrences": 1, "sources": 1, "evidence": 1,
    }  # fmt: skip


def test_a_second_import_adds_nothing_whatever_happened_since(cast: Cast) -> None:
    table = sheet(
        (QUOTE, "全球治理", "claim"), ("2024年事故升至233起", "全球治理"), ("no such words anywhere", "Plans", "claim"),
        ("", "", "claim", "A statement of its own"), ("In 2024 there were 233 incidents", "", "claim", "There were"),
    )  # fmt: skip
    first = bring(cast["annotator"], table)
    assert states(first) == ["anchored", "anchored", "missing", "bare", "anchored"]
    seq = Event.objects.count()
    assert states(bring(cast["annotator"], table)) == ["here"] * 5
    with writing(by=cast["annotator"]) as op:
        for annotation in Annotation.objects.all():
            service.remove(op, annotation)
        Statement.objects.filter(text="There were").update(text="Reworded", fold="reworded")
    counts = (Annotation.objects.count(), Statement.objects.count(), Occurrence.objects.count())
    assert counts == (3, 4, 2) and Event.objects.count() > seq
    assert states(bring(cast["checker"], table)) == ["here"] * 5
    assert counts == (Annotation.objects.count(), Statement.objects.count(), Occurrence.objects.count())
    assert history.verify(cast.corpus) is None


def test_quotes_are_found_in_the_other_script_raw_with_glosses_and_slightly_changed(cast: Cast) -> None:
    report = bring(
        cast["annotator"],
        sheet(
            ("应设立统一的技术标准", "全球治理", "claim"), ("應設(shè)立統(tǒng)一的技術(shù)", "全球治理", "claim"),
            ("A fund will certainly be needed, says the ministry", "Plans", "claim"),
        ),
    )  # fmt: skip
    assert states(report) == ["anchored", "anchored", "changed"]
    found = Annotation.objects.order_by("pk").last()
    assert found is not None and found.anchors.get().state == "changed"


def test_what_stands_twice_waits_for_a_choice(cast: Cast) -> None:
    make_document(cast["annotator"], "One rule for all. Something else. One rule for all, again.", title="Twice")
    table = sheet(("One rule for all", "Twice", "claim"))
    look = bring(cast["annotator"], table, dry_run=True)
    assert states(look) == ["several"] and len(look.items[0].places) == 2
    assert not Annotation.objects.exists()
    report = bring(cast["annotator"], table)
    assert states(report) == ["several"] and report.made["unplaced"] == 1
    statement = Statement.objects.get()
    assert "“One rule for all” — Twice" in statement.note and not statement.occurrences.exists()
    again = imports_table.examine(cast["annotator"], [item.row for item in look.items], Choice(places={2: 1}))  # type: ignore[attr-defined]
    imports_rows.store(cast["annotator"], again, "old.csv")
    assert states(report) == ["several"] and statement.occurrences.get().annotation.anchors.get().start == 34
    assert states(bring(cast["annotator"], table)) == ["here"]


def test_a_repeated_body_is_one_place(cast: Cast) -> None:
    report = bring(cast["annotator"], sheet(("2024年事故升至233起", "全球治理", "claim")), dry_run=True)
    assert states(report) == ["anchored"] and report.items[0].place is not None
    assert report.items[0].place.start < DAMAGED.index("=SUM")


NAMES = ("全球治理", "全球治理.docx", " 全球治理 ", "https://www.news.example/a#top", "test", "UID", "IRI")


@pytest.mark.parametrize("name", NAMES)
def test_documents_go_by_many_names(cast: Cast, name: str) -> None:
    uid = Document.objects.get(title="全球治理").uid
    name = {"UID": str(uid), "IRI": f"https://h/c/x/documents/{uid}/versions/{uid}/"}.get(name, name)
    assert states(bring(cast["annotator"], sheet((QUOTE, name, "claim")), dry_run=True)) == ["anchored"]


def test_an_unknown_document_is_said_and_the_statement_kept_for_repair(cast: Cast) -> None:
    report = bring(cast["annotator"], sheet((QUOTE, "A lost report", "claim", "", "", "", "from 2019", "Somebody")))
    assert states(report) == ["no_document"]
    statement = Statement.objects.get()
    assert statement.text == QUOTE
    assert statement.note == f"from 2019\n\n“{QUOTE}” — A lost report — Somebody"


def test_a_row_that_says_too_little_is_left_out_with_the_reason(cast: Cast) -> None:
    report = bring(cast["annotator"], sheet(("", "Plans", "claim"), ("no such words", "Plans"), (QUOTE, "", "rumour")))
    assert states(report) == ["refused", "refused", "anchored"]
    assert [item.problems[0].code for item in report.items] == ["row-empty", "kind_missing", "kind-unknown"]
    assert not Statement.objects.exists()


def test_what_the_table_does_not_say_can_be_said_along(cast: Cast) -> None:
    document = make_document(cast["annotator"], "One more text with its own words.", title="More")
    report = bring(cast["annotator"], sheet(("its own words", "somewhere")), kind="claim", document=document.pk)
    assert states(report) == ["anchored"] and Statement.objects.get().kind == "claim"


def test_a_passage_that_somebody_marked_by_hand_is_used_and_not_doubled(cast: Cast) -> None:
    everything = cast["annotator"]
    document = make_document(everything, "One more text with its own words.", title="More")
    by_hand = mark(cast["checker"], document, "its own words", "claim")
    report = bring(cast["annotator"], sheet(("its own words", "More", "claim"), ("its own words", "More", "proposal")))
    assert states(report) == ["here", "anchored"]
    assert Annotation.objects.get() == by_hand
    assert sorted(by_hand.occurrences.values_list("statement__kind", flat=True)) == ["claim", "proposal"]


def test_the_same_statement_in_two_rows_is_one_with_two_passages(cast: Cast) -> None:
    first, second = (QUOTE, "全球治理", "claim", "Same"), ("Experts should publish tests", "Plans", "claim", "Same")
    report = bring(cast["annotator"], sheet(first, second, first))
    assert states(report) == ["anchored", "anchored", "here"]
    assert Statement.objects.get().occurrences.count() == 2


def test_rights_are_those_of_the_member(cast: Cast) -> None:
    row = (QUOTE, "全球治理", "claim", "", "", "新標籤", "", "", "emma-4", "https://a.example/")
    with pytest.raises(Forbidden):
        bring(cast["viewer"], sheet(row))
    report = bring(cast["annotator"], sheet(row))
    codes = [problem.code for problem in report.items[0].problems]
    assert codes == ["tag_unknown", "role_needed", "source_role"]
    assert Statement.objects.get().assignee is None and not Source.objects.exists()


def test_a_rule_that_refuses_one_row_lets_the_others_through(cast: Cast) -> None:
    rows = (("", "", "claim", "x" * 6000), (QUOTE, "全球治理", "claim"), ("", "", "claim", "ok"))
    report = bring(cast["annotator"], sheet(*rows))
    assert states(report) == ["refused", "anchored", "bare"]
    assert [problem.code for problem in report.items[0].problems] == ["statement_text"]
    assert Statement.objects.count() == 2


def test_many_rows_are_few_events(cast: Cast) -> None:
    before = Event.objects.count()
    bring(cast["annotator"], sheet(*[("", "", "claim", f"Statement {number}") for number in range(25)]))
    events = list(Event.objects.order_by("seq"))[before:]
    assert [event.kind for event in events] == ["bulk.imported"] * 3
    assert events[0].objects_touched.count() == 10
    assert history.of_object(cast.corpus, "statement", Statement.objects.earliest("pk").pk).count() == 1


def test_a_workbook_and_the_way_out_and_in_again(cast: Cast) -> None:
    """What we export as a table, we read: into the corpus it is from it adds nothing."""
    everything = make_everything()
    member = everything.cast["checker"]
    rows = Statement.objects.visible_to(member).filter(redirect_to=None)
    for name in ("csv", "xlsx"):
        data = b"".join(collect.stream(FORMATS[name], collect.export(member, rows)))
        report = run(member, data, f"export.{name}", Asked())
        assert set(states(report)) == {"here"}, name
    assert any("there are others" in str(notice) for notice in report.notices)


def test_a_mapping_that_makes_no_sense_is_refused(cast: Cast) -> None:
    table = sheet(("a", "b"), head=("Spalte 1", "Spalte 2"))
    with pytest.raises(Invalid, match="Say which column"):
        bring(cast["annotator"], table)
    with pytest.raises(Invalid, match="no column “X”"):
        bring(cast["annotator"], table, mapping={"quote": "X"})
    with pytest.raises(Missing, match="no such document"):
        bring(cast["annotator"], table, mapping={"text": "Spalte 1"}, document=10**6)
    with pytest.raises(Invalid, match="Formats: csv"):
        bring(cast["annotator"], table, format="pdf")


def test_formats_are_told_by_content() -> None:
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    assert imports_run.format_of(book.getvalue(), "a.bin") == "xlsx"
    assert imports_run.format_of(b'\xef\xbb\xbf{"format":"aigov"', "a.json") == "json"
    assert imports_run.format_of(b'[{"type":"Annotation"', "a.jsonld") == "web-annotation"
    assert imports_run.format_of("引文\n".encode("gb18030"), "a.txt") == "csv"
