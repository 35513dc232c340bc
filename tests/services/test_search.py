"""Search: equal to brute force on whichever database the tests run, in either script, duplicates named and not
counted."""

import random

import pytest
from django.db import connection
from django.utils import timezone

from annotations.filters.documents import DocumentFilter
from annotations.models import Document, Member, Sentence
from annotations.rules.errors import Invalid, Refused
from annotations.services import documents, search, search_index
from annotations.services.op import writing
from annotations.text import folding, query_hits
from annotations.text.query import parse
from tests.factories import make_cast, make_document, mark

pytestmark = pytest.mark.django_db
WORDS = (
    "国際公共产品 國際公共產品 治理 人工智能 AI治理 80%算力 4o模型 權力 红线"
    " safety Standards tests 能力建设 😀 𠮷 后 後"
).split()
PIECES = (
    "人工智能 治理 國際公共產品 国际公共产品 AI 治理, 80%算力 , 4o模型 ; 權力 红线。"
    " safety standards OpenAI 能力建設 後 𠮷 😀 the Act 2025年7月 二〇二五年七月 二零二五年 第12條 第十二条 十五日 5日"
).split(" ")


QUERIES = (
    "治理 -安全", "安全 OR safety", "(安全 OR 治理) -AI", "*standard* 治理", "stand*", "*ards", '"AI govern*"',
    "*gov* OR 红线", "30%", "三成", "百分之三十", "2025", "二〇二五年", "3.5亿", "350 million", "三亿五千万 OR 红线",
    "2025年7月", "二〇二五年七月 -AI", "第12条", "第十二條 OR 5日",
    "治理 -(安全 OR AI)", '"国际公共产品" NOT 治理', "30% -2025", "*tand* -*overn*",
)  # fmt: skip


def brute(member: Member, query: str) -> tuple[int, int, int]:
    """Sentences, documents and hits by reading every sentence."""
    words = parse(query).words
    assert words is not None
    rows = Sentence.objects.filter(corpus_id=member.corpus_id, duplicate=False).select_related("version__text")
    found = [(row, query_hits.find(row.version.text.clean[row.clean_start : row.clean_end], words)) for row in rows]
    hit = [(row, spans) for row, spans in found if spans]
    return len(hit), len({row.document_id for row, _ in hit}), sum(len(spans) for _, spans in hit)


def test_random_texts_give_what_brute_force_gives() -> None:
    cast, chance = make_cast(), random.Random(7)
    for _ in range(12):
        lines = ["".join(chance.choices(PIECES, k=chance.randint(1, 9))) + "。" for _ in range(12)]
        make_document(cast["annotator"], "\n".join(lines) + "\n")
    for query in [*WORDS, *(a + b for a in WORDS[:6] for b in WORDS[3:8]), *QUERIES]:
        found = search.run(cast["viewer"], query)
        assert (found.sentences, found.documents, found.hits) == brute(cast["viewer"], query), query


def test_one_character_at_the_end_of_a_run_is_found() -> None:
    cast = make_cast()
    make_document(cast["annotator"], "我们讨论权\n权力\n力\n")
    assert search.run(cast["viewer"], "权").hits == 2
    assert search.run(cast["viewer"], "權").hits == 2
    assert search.run(cast["viewer"], "力").hits == 2


def test_every_span_is_exactly_the_words() -> None:
    cast = make_cast()
    make_document(cast["annotator"], "The 國際公共產品 of AI.\n另一个国际公共产品。\n")
    found = search.run(cast["viewer"], "国际公共产品")
    for hit in found.rows:
        text = Document.objects.get(pk=hit.document_id).current.text
        for start, end in hit.raw:
            assert folding.fold_text(text.raw[start:end]) == folding.fold_text("国际公共产品")
        assert "".join(piece for piece, on in hit.pieces if on) in ("國際公共產品", "国际公共产品")


def test_a_hit_says_where_its_paragraph_goes_on() -> None:
    cast = make_cast()
    around = "这里说了许多别的话而且说了很久很久直到大家都觉得该说的都已经说完了才停下来。"
    make_document(cast["annotator"], f"甲：风险在此。\n{around}{around}乙：风险在此。{around}{around}\n")
    found = search.run(cast["viewer"], "风险")
    assert [hit.cut for hit in found.rows] == [(False, False), (True, True)]


def test_nothing_of_other_corpora_or_removed_documents() -> None:
    cast, other = make_cast(), make_cast("Other")
    document = make_document(cast["annotator"])
    assert search.run(other["viewer"], "standards").hits == 0
    assert search.run(cast["viewer"], "standards").hits == 1
    with writing(by=cast["editor"]) as op:
        documents.remove(op, document)
    assert search.run(cast["viewer"], "standards").hits == 0


def test_the_id_of_a_sentence_says_where_it_stands() -> None:
    cast, other = make_cast(), make_cast("Other")
    mine = [make_document(cast["annotator"], "Standards are needed.\nStandards again.\n") for _ in range(2)]
    theirs = make_document(other["annotator"], "Standards elsewhere.\n")
    for document in (*mine, theirs):
        found = Sentence.objects.filter(document=document).order_by("clean_start").values_list("pk", flat=True)
        first = search_index.first_id(document.corpus_id, document.pk)
        assert list(found) == list(range(first, first + len(found)))
    assert search.run(cast["viewer"], "standards").documents == 2
    assert search.run(cast["viewer"], "standards", document=mine[1].pk).sentences == 2
    assert search.run(cast["viewer"], "standards", document=theirs.pk).sentences == 0
    assert search.run(cast["viewer"], "standards", document=2**40).sentences == 0


@pytest.mark.parametrize("numbers", [(1 << search_index.CORPUS_BITS, 1), (1, 1 << search_index.DOCUMENT_BITS)])
def test_a_number_that_does_not_fit_is_refused(numbers: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="than the search can number"):
        search_index.first_id(*numbers)
    corpora, documents_ = ((1 << bits) - 1 for bits in (search_index.CORPUS_BITS, search_index.DOCUMENT_BITS))
    last = search_index.first_id(corpora, documents_) + search_index.REPEATED * 2 - 1
    assert last == 2**63 - 1


@pytest.mark.parametrize("query", ["", "   ", "\u200b"])
def test_an_empty_query_is_refused(query: str) -> None:
    cast = make_cast()
    with pytest.raises(Invalid):
        search.run(cast["viewer"], query)


def test_what_is_broken_is_said_with_its_remedy() -> None:
    cast = make_cast()
    for query in ["a AND", "(a", "()", "-a", "a OR tag:x", "tag: x", "gov*ment", "*a", '"a b', "kind:x a", "after:x a"]:
        with pytest.raises(Invalid) as caught:
            search.run(cast["viewer"], query)
        assert caught.value.field == "q" and str(caught.value)


def test_too_much_at_once_is_refused_with_the_remedy() -> None:
    cast = make_cast()
    words = " ".join(f"{a}{b}{c}xyz" for a in "abcdefgh" for b in "abcdefgh" for c in "abcdefgh")
    make_document(cast["annotator"], "\n".join(words[at : at + 420] for at in range(0, len(words), 420)))
    for query, code in {
        "a " * 101: "query", "*xyz": "query_part_many", "*axyz* *bxyz* *cxyz*": "", "*an*": "",
        " ".join(f"{one}a* *{one}xyz" for one in "abcdefgh"): "",
        " ".join(f"*{one}xyz *{one}xyz*" for one in "abcdefgh"): "query_parts_many",
    }.items():  # fmt: skip
        if code:
            with pytest.raises(Invalid) as caught:
                search.run(cast["viewer"], query)
            assert (caught.value.code, caught.value.field) == (code, "q")
        else:
            assert search.run(cast["viewer"], query).sentences == brute(cast["viewer"], query)[0]


@pytest.mark.parametrize("value", ["2025-02-30", "2025-13", "next year", "20250226", "0000", "２０２５"])
def test_a_date_that_is_none_is_named(value: str) -> None:
    cast = make_cast()
    with pytest.raises(Invalid, match="is not a date: write 2025-07-26"):
        search.run(cast["viewer"], f"治理 after:{value}")


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_the_first_and_the_last_year_are_dates_everywhere(zone: str) -> None:
    cast = make_cast()
    passage = mark(cast["annotator"], make_document(cast["annotator"]), "standards")
    for query, count in {"after:0001": 1, "before:0001-01-01": 0, "after:9999-12-31": 0, "before:9999": 1}.items():
        with timezone.override(zone):
            found = search.everything(cast["viewer"], f"standards {query}", "annotation")
        assert found.counts["annotation"] == count, query
    assert passage.pk


def test_filters_of_documents() -> None:
    cast = make_cast()
    one, two = (make_document(cast["annotator"], f"Standards {n}.\n", title=f"白皮書 {n}") for n in "ab")
    Document.objects.filter(pk=one.pk).update(published_date="2024-05", authors=["李 明"])
    Document.objects.filter(pk=two.pk).update(published_date="2025-07-26")
    for query, documents_ in {
        "in:白皮书": {one.pk, two.pk}, 'in:"白皮书 a"': {one.pk}, '-in:"白皮书 a"': {two.pk}, "after:2025": {two.pk},
        "before:2025": {one.pk}, "by:李": {one.pk}, "-by:李": {two.pk}, "in:x": set(), "kind:passage": {one.pk, two.pk},
        'in:"书 a" in:"书 b"': {one.pk, two.pk}, "after:2024 before:2025": {one.pk}, "status:queued": set(),
    }.items():  # fmt: skip
        found = search.run(cast["viewer"], f"standards {query}")
        assert {hit.document_id for hit in found.rows} == documents_, query
        assert found.documents == len(documents_)


def test_a_title_is_found_by_what_it_is_now() -> None:
    """Made and edited; in either script, glosses or not; on the page of documents, too."""
    cast = make_cast()
    here = make_document(cast["editor"], "Standards.\n", title="全(quán)球(qiú)治理報告")
    assert titled(cast, "全球治理报告") == {here.pk}
    with writing(by=cast["editor"]) as op:
        documents.update_facts(op, here, title="ＡＩ年鑑")
    assert titled(cast, "全球治理") == set()
    assert titled(cast, "ai年鉴") == {here.pk}


def titled(cast: dict[str, Member], words: str) -> set[int]:
    found = {hit.document_id for hit in search.run(cast["viewer"], f'standards in:"{words}"').rows}
    listed = DocumentFilter({"q": words}, Document.objects.all(), member=cast["viewer"]).qs
    assert set(listed.values_list("pk", flat=True)) == found
    return found


@pytest.mark.parametrize("query", ['"', "' OR 1=1 --", "a and", "NEAR(", "*", "words:治理", "\\", "'':*", "x" * 200])
def test_odd_queries_are_words_not_syntax(query: str) -> None:
    cast = make_cast()
    make_document(cast["annotator"], f"before {query} after\n治理\n")
    found = search.run(cast["viewer"], query)
    assert found.sentences == brute(cast["viewer"], query)[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps the tokens in the rows")
def test_no_token_outlives_its_sentence() -> None:
    cast = make_cast()
    make_document(cast["editor"], "A sentence about governance.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM annotations_sentence_fts")
        assert cursor.fetchone() == (1,)
    Sentence.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM annotations_sentence_fts")
        assert cursor.fetchone() == (0,)
