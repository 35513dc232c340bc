"""The search page: exact counts, both scripts, the way to the passage, one document, pages."""

from __future__ import annotations

import pytest

from annotations.models import Document
from tests.factories import make_document, mark, say
from tests.views.people import People, field_value, words

HANT = "國際公共產品由各國共同提供。\n\n第二段與此無關。"
HANS = "国际公共产品需要资金。国际合作也是。"


@pytest.fixture
def two(people: People) -> list[Document]:
    by = people.cast["annotator"]
    return [make_document(by, HANT, title="甲"), make_document(by, HANS, title="乙")]


@pytest.mark.parametrize("query", ["国际公共产品", "國際公共產品"])
def test_both_scripts_find_both(people: People, two: list[Document], query: str) -> None:
    page = people.get("viewer", "search", query=f"?q={query}")
    assert "2 hits 2 documents" in words(page)
    assert "<mark>國際公共產品</mark>" in page and "<mark>国际公共产品</mark>" in page
    assert field_value(page, "q") == query


def test_a_result_opens_the_exact_span(people: People, two: list[Document]) -> None:
    page = people.get("viewer", "search", query="?q=资金")
    start = two[1].current.text.clean.index("资金")  # type: ignore[union-attr]
    address = people.url("document_read", two[1].pk)
    assert f"{address}?find=%E8%B5%84%E9%87%91#t={start}-{start + 2}" in page
    reader = people.get("viewer", "document_read", two[1].pk, query="?find=国际")
    assert '"found": [[0, 2], [11, 13]]' in reader and 'id="finding"' in reader
    assert "bracket is not closed" in words(people.get("viewer", "document_read", two[1].pk, query="?find=(国际"))


def test_all_kinds_are_counted_and_each_has_its_tab(people: People, two: list[Document]) -> None:
    passage = mark(people.cast["annotator"], two[0], "國際公共產品", "claim", note="谁来提供资金")
    say(people.cast, "editor", passage, "资金从哪里来？")
    page = words(people.get("viewer", "search", query="?q=资金"))
    assert "Texts 1" in page and "Marked passages 1" in page and "Claims and proposals 0" in page
    assert "Sources 0" in page and "Comments 1" in page
    shown = people.get("viewer", "search", query="?q=资金&kind=annotation")
    assert "<mark>资金</mark>" in shown and passage.get_absolute_url() in shown
    assert "<mark>资金</mark><span>从哪里来" in people.get("viewer", "search", query="?q=资金&kind=comment")
    claim = people.get("viewer", "search", query="?q=国际 -资金&kind=statement")
    assert "C-1" in claim and people.url("statement_detail", "C-1") in claim
    only = people.get("viewer", "search", query="?q=谁来提供")
    assert "<mark>谁来提供</mark>" in only


def test_filters_are_chips_that_can_be_taken_away(people: People, two: list[Document]) -> None:
    page = people.get("viewer", "search", query="?q=国际 in:乙")
    assert "2 hits 1 document" in words(page)
    assert '<span class="label">in:乙</span><a class="remove" href="?q=%E5%9B%BD%E9%99%85">' in page


def test_a_new_search_and_a_filter_taken_away_stay_where_one_is(people: People, two: list[Document]) -> None:
    mark(people.cast["annotator"], two[1], "国际合作", note="资金")
    page = people.get("viewer", "search", query="?q=资金 in:乙&kind=annotation")
    assert 'href="?q=%E8%B5%84%E9%87%91&amp;kind=annotation"' in page and field_value(page, "kind") == "annotation"
    page = people.get("viewer", "search", query=f"?q=国际 after:2000&document={two[1].pk}")
    assert f'href="?q=%E5%9B%BD%E9%99%85&amp;document={two[1].pk}"' in page
    assert 'name="kind"' not in people.get("viewer", "search", query="?q=资金")


def test_the_number_of_a_statement_leads_to_it(people: People, two: list[Document]) -> None:
    mark(people.cast["annotator"], two[0], "國際公共產品", "claim")
    answer = people.client("viewer").get(people.url("search"), {"q": "c-1"})
    assert (answer.status_code, answer["Location"]) == (302, people.url("statement_detail", "C-1"))
    assert "Nothing found" in words(people.get("viewer", "search", query="?q=C-2"))


def test_a_broken_query_says_how_to_mend_it(people: People) -> None:
    page = words(people.get("viewer", "search", query="?q=(国际"))
    assert "A bracket is not closed" in page and "What can be typed" in page and "Nothing found" not in page


def test_within_one_document(people: People, two: list[Document]) -> None:
    page = people.get("viewer", "search", query=f"?q=国际&document={two[1].pk}")
    assert "2 hits 1 document" in words(page) and "乙" in page
    assert f'name="document" value="{two[1].pk}"' in page


def test_nothing_found_says_what_to_try(people: People, two: list[Document]) -> None:
    shown = words(people.get("viewer", "search", query="?q=qwertz"))
    assert "Nothing found" in shown and "Try fewer words" in shown


def test_before_a_search(people: People) -> None:
    assert "one search finds all" in words(people.get("viewer", "search"))


def test_pages_of_results(people: People) -> None:
    make_document(people.cast["annotator"], "\n\n".join(f"Paragraph {n} on compute." for n in range(45)))
    pages = [people.get("viewer", "search", query=f"?q=compute&page={n}") for n in (1, 2, 3)]
    assert [page.count("<mark>compute</mark>") for page in pages] == [20, 20, 5]
    assert 'rel="prev"' not in pages[0] and 'rel="next"' in pages[0]
    assert 'rel="prev"' in pages[2] and 'rel="next"' not in pages[2]


@pytest.mark.parametrize(
    "query", ["?q=compute&page=x", "?q=compute&page=-1", "?q=compute&document=x", "?q=%27%22*(", "?q=NEAR"]
)
def test_odd_questions_are_answered(people: People, two: list[Document], query: str) -> None:
    people.get("viewer", "search", query=query)


def test_what_was_asked_is_escaped(people: People, two: list[Document]) -> None:
    assert "<b>x" not in people.get("viewer", "search", query="?q=%3Cb%3Ex")


def test_other_corpora_are_not_searched(people: People, two: list[Document]) -> None:
    other = people.client("stranger").post("/new/", {"name": "Other", "description": "", "codebook": "empty"})
    page = people.client("stranger").get(f"{other.headers['Location']}search/?q=国际").content.decode()
    assert "Nothing found" in page
