"""Annotations of other programs: anchored by quote and position, raw or clean, or reported; never twice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.formats import FORMATS
from annotations.models import Annotation, Document, Member, Statement, Tag
from annotations.rules.errors import Forbidden, Unreadable
from annotations.services import annotations as service
from annotations.services import collect
from annotations.services.imports import Report
from annotations.services.imports_run import Asked, run
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document
from tests.services.everything import DAMAGED, PLAIN, make_everything

pytestmark = pytest.mark.django_db
SOURCE = "https://news.example/a"
RAW, CLEAN = "應設(shè)立統(tǒng)一的技術(shù)", "應設立統一的技術"


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    make_document(cast["annotator"], DAMAGED, title="全球治理", url=SOURCE)
    make_document(cast["annotator"], PLAIN, title="Plans")
    return cast


def one(selector: Any, source: str = SOURCE, **more: Any) -> dict[str, Any]:
    return {"type": "Annotation", "target": {"source": source, "selector": selector}, **more}


def quote(exact: str, prefix: str = "", suffix: str = "") -> dict[str, str]:
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def bring(member: Member, *items: Any, **asked: Any) -> Report:
    return run(member, json.dumps(items).encode(), "from.jsonld", Asked(**asked))


def states(report: Report) -> list[str]:
    return [item.state for item in report.items]


def raw_text(cast: Cast) -> str:
    version = Document.objects.get(corpus=cast.corpus, title="全球治理").current
    assert version is not None
    return version.text.raw


def test_quotes_and_positions_in_raw_and_clean_code_points_and_utf16(cast: Cast) -> None:
    raw = raw_text(cast)
    at = raw.index("𠮷祥如意")
    utf16 = len(raw[:at].encode("utf-16-le")) // 2
    version = Document.objects.get(title="全球治理").current
    assert version is not None
    clean_at = version.text.clean.index(CLEAN)
    items = [
        one(quote(RAW)),
        one(quote("应设立统一的技术")),
        one({"type": "TextPositionSelector", "start": at, "end": at + 4}),
        one([{"type": "TextPositionSelector", "start": clean_at, "end": clean_at + 8}, quote(CLEAN)]),
        one([{"type": "TextPositionSelector", "start": utf16, "end": utf16 + 5}, quote("𠮷祥如意")]),
        one({"type": "FragmentSelector", "value": f"char={at},{at + 4}"}),
    ]
    report = bring(cast["annotator"], *[{**item, "id": f"urn:x:{n}"} for n, item in enumerate(items)])
    assert states(report) == ["anchored"] * 6
    quotes = [annotation.anchors.get().quote for annotation in Annotation.objects.order_by("pk")]
    assert quotes == [CLEAN, CLEAN, "𠮷祥如意", CLEAN, "𠮷祥如意", "𠮷祥如意"]


def test_each_one_that_cannot_be_anchored_is_reported_with_the_reason(cast: Cast) -> None:
    report = bring(
        cast["annotator"],
        one(quote("words that stand nowhere at all in it")),
        one(quote("a"), SOURCE),
        one(quote(CLEAN), "https://elsewhere.example/"),
        one({"type": "CssSelector", "value": "#a"}),
        {"type": "Annotation", "target": SOURCE},
        "not an annotation",
        one(quote(CLEAN), motivation="commenting", body={"type": "Image", "id": "https://i.example/1"}),
    )
    assert states(report)[0] == "missing" and states(report)[2:] == [
        "no_document", "refused", "refused", "refused", "anchored",
    ]  # fmt: skip
    assert [problem.code for item in report.items[3:6] for problem in item.problems] == [
        "no-passage", "whole-document", "not-an-annotation",
    ]  # fmt: skip
    assert Annotation.objects.count() == dict(+report.made)["annotations"] == 1


def test_several_places_are_told_apart_by_their_neighbours_else_reported(cast: Cast) -> None:
    make_document(cast["annotator"], "First: one rule. Second: one rule. Third: one rule.", title="Rules")
    report = bring(
        cast["annotator"], one(quote("one rule"), "Rules"), one(quote("one rule", prefix="Second: "), "Rules")
    )
    assert states(report) == ["several", "anchored"]
    assert len(report.items[0].places) == 3
    assert Annotation.objects.get().anchors.get().start == 25


def test_changed_words_are_marked_for_a_look(cast: Cast) -> None:
    report = bring(cast["annotator"], one(quote("A fund will surely be needed, says the ministry"), "Plans"))
    assert states(report) == ["changed"]
    assert Annotation.objects.get().anchors.get().state == "changed"


def test_tags_notes_times_and_authors_come_along(cast: Cast) -> None:
    real = cast["editor"].name
    items = [
        one(
            quote(CLEAN), id="https://x.example/1", creator={"name": "Ms Author"}, created="2020-05-06T07:08:09Z",
            body=[{"type": "TextualBody", "value": "能力建設", "purpose": "tagging"},
                  {"type": "TextualBody", "value": "my note", "purpose": "commenting"}],
        ),
        one(quote("𠮷祥如意"), id="https://x.example/2", creator={"name": real}, created="2999-01-01T00:00:00Z"),
        one(quote("不是公式"), id="https://x.example/3", creator=cast["annotator"].name),
    ]  # fmt: skip
    assert states(bring(cast["annotator"], *items)) == ["anchored"] * 3
    first, second, third = Annotation.objects.order_by("pk")
    assert (first.note, first.created_at.isoformat()) == ("my note", "2020-05-06T07:08:09+00:00")
    assert first.tags.get().label_zh_hant == "能力建設"
    assert first.created_by is not None and (first.created_by.name, first.created_by.user) == ("Ms Author", None)
    # nobody's name can be borrowed: a member with an account is never taken for the author of a file
    assert second.created_by is not None and second.created_by.name == real
    assert second.created_by != cast["editor"] and second.created_by.user is None and not second.created_by.active
    assert second.created_at.year < 2999
    assert third.created_by == cast["annotator"]


def test_unknown_tags_are_made_by_those_who_keep_the_codebook(cast: Cast) -> None:
    body = {"type": "TextualBody", "value": "frontier", "purpose": "tagging"}
    report = bring(cast["annotator"], one(quote(CLEAN), body=body))
    assert [problem.code for problem in report.items[0].problems] == ["tag_unknown"]
    bring(cast["editor"], one(quote("𠮷祥如意"), body=body), one(quote("不是公式"), body=body))
    tag = Tag.objects.get(label="frontier")
    assert (tag.tag_set.name, tag.annotation_rows.count()) == ("Imported", 2)


def test_a_second_import_adds_nothing_also_without_ids_and_after_removal(cast: Cast) -> None:
    items = [one(quote(CLEAN), id="https://x.example/1"), one(quote("𠮷祥如意"), body="a note")]
    first = bring(cast["annotator"], *items, items[0])
    assert states(first) == ["anchored", "anchored", "here"]
    assert states(bring(cast["annotator"], *items)) == ["here", "here"]
    with writing(by=cast["annotator"]) as op:
        service.remove(op, Annotation.objects.earliest("pk"))
    assert states(bring(cast["checker"], *items)) == ["here", "here"]
    assert Annotation.objects.count() == 2


def test_the_document_can_be_chosen(cast: Cast) -> None:
    plans = Document.objects.get(title="Plans")
    item = one(quote("Experts should publish tests"), "file:///home/me/download.pdf")
    assert states(bring(cast["annotator"], item)) == ["no_document"]
    assert states(bring(cast["annotator"], item, document=plans.pk)) == ["anchored"]


def test_hypothesis_rows(cast: Cast) -> None:
    row = {
        "id": "abc", "uri": SOURCE, "user": "acct:someone@hypothes.is", "text": "a thought", "tags": ["安全"],
        "created": "2021-01-02T03:04:05.678+00:00", "document": {"title": ["全球治理"]},
        "target": [{"source": SOURCE, "selector": [quote(CLEAN)]}],
    }  # fmt: skip
    report = run(cast["annotator"], json.dumps({"rows": [row], "total": 1}).encode(), "h.json", Asked())
    assert states(report) == ["anchored"]
    annotation = Annotation.objects.get()
    assert (annotation.note, annotation.created_by.name) == ("a thought", "someone")  # type: ignore[union-attr]
    assert annotation.tags.get().label_zh_hans == "安全"


def test_out_of_one_corpus_and_into_another_with_the_same_documents(cast: Cast) -> None:
    everything = make_everything()
    rows = Statement.objects.visible_to(everything.cast["viewer"])
    export = collect.export(everything.cast["viewer"], rows)
    data = b"".join(collect.stream(FORMATS["web-annotation"], export))
    here = run(everything.cast["annotator"], data, "all.jsonld", Asked())
    assert set(states(here)) == {"here"}
    report = run(cast["annotator"], data, "all.jsonld", Asked())
    assert set(states(report)) == {"no_document"}  # the addresses are those of the other corpus
    items = json.loads(data)["first"]["items"]
    for item in items:
        label = "全球治理" if item["target"]["selector"][1]["exact"] in DAMAGED else "Plans"
        item["target"]["source"] = {"id": item["target"]["source"], "label": label}
    report = bring(cast["annotator"], *items)
    assert states(report) == ["anchored"] * 5
    uids = set(Annotation.objects.filter(corpus=everything.corpus).values_list("uid", flat=True))
    assert set(Annotation.objects.filter(corpus=cast.corpus).values_list("uid", flat=True)) == uids


def test_rights_and_files_that_are_none(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        bring(cast["viewer"], one(quote(CLEAN)))
    with pytest.raises(Unreadable, match="not JSON"):
        run(cast["annotator"], b"{broken", "a.json", Asked(format="web-annotation"))
