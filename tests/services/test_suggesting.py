"""Claims suggested in new texts: by the job, in the name of whoever added them; lessons of decisions; the switch."""

from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations import jobs
from annotations.models import Corpus, Document, Event, Member, ReadingState, Suggestion
from annotations.rules.errors import Forbidden
from annotations.services import corpora, lessons, suggested, suggesting, suggestions, versions
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document, mark
from tests.services.test_versions import prepared

pytestmark = pytest.mark.django_db
TEXT = """人工智能治理的三个数字

2024年全球人工智能相关事故增至233起，同比激增56.4%。全球80%的算力集中于少数发达国家。命运的钥匙就在我们手中。

建议设立全球人工智能基金。各国应当公布能力建设的承诺清单。谁来为这一切承担责任？

港口潮汐记录存放在旧楼。会议记录也存放在旧楼。早餐在八点。
"""


@pytest.fixture
def cast(settings: object) -> Cast:
    settings.AIGOV_SUGGEST = True  # type: ignore[attr-defined]
    return make_cast()


def found(cast: Cast, document: Document, role: str = "viewer") -> dict[str, str]:
    document = Document.objects.get(pk=document.pk)
    return {row.quote: row.kind for row in suggested.of_document(document, cast[role])}


def decide(cast: Cast, quote: str, *, accept: bool) -> None:
    with writing(by=cast["annotator"]) as op:
        row = Suggestion.objects.select_related("document").get(quote=quote, state="open")
        if accept:
            suggestions.accept(op, row)
        else:
            suggestions.reject(op, row)


def test_the_job_suggests_in_a_new_text(cast: Cast, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        document = make_document(cast["annotator"], TEXT)
    there = found(cast, document)
    assert there["全球80%的算力集中于少数发达国家。"] == "claim"
    assert there["建议设立全球人工智能基金。"] == "proposal"
    assert not {"命运的钥匙就在我们手中。", "谁来为这一切承担责任？", "人工智能治理的三个数字"} & there.keys()
    event = Event.objects.get(kind="suggestion.offered")
    assert event.actor == cast["annotator"] and Document.objects.get().suggested == document.current_id


def test_suggestions_cover_no_more_than_their_share(cast: Cast) -> None:
    document = make_document(cast["annotator"], TEXT)
    suggesting.look_through(document.pk)
    covered = sum(row.clean_end - row.clean_start for row in Suggestion.objects.all())
    assert 0 < covered <= 0.4 * len(TEXT)


def test_reasons_say_on_which_words_they_rest(cast: Cast) -> None:
    document = make_document(cast["annotator"], TEXT)
    suggesting.look_through(document.pk)
    row = Suggestion.objects.get(quote__startswith="全球80%")
    assert {"code": "concentration", "words": ["集中"]} in row.reasons
    assert row.suggester == suggesting.SUGGESTER and 0.5 < row.score <= 1


def test_a_repeated_body_has_no_suggestions_of_its_own(cast: Cast) -> None:
    body = TEXT.partition("\n\n")[2] * 2
    document = make_document(cast["annotator"], body + "\n" + body)
    suggesting.look_through(document.pk)
    assert max(row.start for row in Suggestion.objects.all()) < len(body)


def test_it_catches_up_once_and_again_after_a_new_version(cast: Cast) -> None:
    document = make_document(cast["annotator"], TEXT)
    assert suggesting.corpora() == [cast.corpus.pk]
    jobs.regular()
    assert suggesting.corpora() == [] and found(cast, document)
    with writing(by=cast["annotator"]) as op:
        versions.add_version(op, document, prepared(TEXT.replace("233", "234")))
    assert suggesting.corpora() == [cast.corpus.pk]
    jobs.regular()
    there = Suggestion.objects.filter(text_version=Document.objects.get().current_id)
    assert found(cast, document).keys() == set(there.values_list("quote", flat=True)) != set()


def test_a_turn_of_the_job_ends_when_its_time_is_over(cast: Cast) -> None:
    for number in range(3):
        make_document(cast["annotator"], f"{TEXT}\n{number}")
    assert suggesting.catch_up(cast.corpus.pk, seconds=0) is False
    assert suggesting.pending().count() == 2
    jobs.claims.call(cast.corpus.pk)
    assert suggesting.pending().count() == 0


def test_what_was_turned_down_or_marked_is_not_suggested_again(cast: Cast) -> None:
    document = make_document(cast["annotator"], TEXT)
    mark(cast["annotator"], document, "建议设立全球人工智能基金。", "proposal")
    suggesting.look_through(document.pk)
    decide(cast, "全球80%的算力集中于少数发达国家。", accept=False)
    suggesting.look_through(document.pk)
    assert not {"建议设立全球人工智能基金。", "全球80%的算力集中于少数发达国家。"} & found(cast, document).keys()


def test_decisions_and_marks_are_lessons(cast: Cast) -> None:
    document = make_document(cast["annotator"], TEXT)
    suggesting.look_through(document.pk)
    assert lessons.of_corpus(cast.corpus.pk).examples == 0
    decide(cast, "全球80%的算力集中于少数发达国家。", accept=True)
    decide(cast, "建议设立全球人工智能基金。", accept=False)
    mark(cast["checker"], document, "港口潮汐记录存放在旧楼。", "claim")
    told = {(one.text, one.kind): one.right for one in lessons.examples(cast.corpus.pk)}
    assert told == {
        ("全球80%的算力集中于少数发达国家。", "claim"): True,
        ("全球80%的算力集中于少数发达国家。", "proposal"): False,
        ("建议设立全球人工智能基金。", "proposal"): False,
        ("港口潮汐记录存放在旧楼。", "claim"): True,
        ("港口潮汐记录存放在旧楼。", "proposal"): False,
    }
    learned = lessons.of_corpus(cast.corpus.pk)
    assert learned.examples == 5 and lessons.of_corpus(cast.corpus.pk) is learned  # until somebody decides
    assert learned.odds("港口潮汐记录存放在新楼。", {"bias": 1.0})["claim"] > 0


def test_what_was_read_and_not_marked_is_a_weak_lesson(cast: Cast) -> None:

    document = make_document(cast["annotator"], TEXT)
    ReadingState.objects.create(
        document=document, member=cast["annotator"], state="read", paragraph=4, updated_at=timezone.now()
    )
    told = lessons.examples(cast.corpus.pk)
    assert told and all(not one.right and one.weight == lessons.UNMARKED for one in told)


def score(part: str) -> float:
    return max(Suggestion.objects.filter(quote__contains=part).values_list("score", flat=True), default=0.0)


def test_it_suggests_better_after_decisions(cast: Cast) -> None:
    """A team that wants whatever is said about harbour records, which no rule knows."""
    later = "\n\n".join(f"港口潮汐记录存放在第{n}号楼。早餐在{n}点开始供应。" for n in "一二三四五六")
    document = make_document(cast["annotator"], later)
    suggesting.look_through(document.pk)
    before = score("港口"), score("早餐")
    lesson = make_document(cast["annotator"], TEXT)
    for role in ("annotator", "checker", "editor"):
        mark(cast[role], lesson, "港口潮汐记录存放在旧楼。", "claim")
    suggesting.look_through(document.pk)
    assert score("港口") > max(before) and score("港口") > score("早餐")
    told = Suggestion.objects.filter(quote__contains="港口").first()
    assert told is not None and told.kind == "claim"


def test_the_switch(cast: Cast) -> None:
    document = make_document(cast["annotator"], TEXT)
    suggesting.look_through(document.pk)
    with pytest.raises(Forbidden), writing(by=cast["editor"]) as op:
        suggesting.switch(op, False)
    with writing(by=cast["admin"]) as op:
        suggesting.switch(op, False)
    assert found(cast, document) == {} and suggesting.corpora() == []
    assert not Corpus.objects.get(pk=cast.corpus.pk).suggests
    admin = Member.objects.select_related("corpus").get(pk=cast["admin"].pk)
    with writing(by=admin) as op:
        suggesting.switch(op, True)
    assert suggesting.corpora() == [cast.corpus.pk]


def test_an_installation_without_suggestions(cast: Cast, settings: object) -> None:
    settings.AIGOV_SUGGEST = False  # type: ignore[attr-defined]
    make_document(cast["annotator"], TEXT)
    assert suggesting.corpora() == [] and suggesting.catch_up(cast.corpus.pk)
    assert not Suggestion.objects.exists()


def test_nobody_to_write_for_is_no_failure(cast: Cast) -> None:
    document = make_document(cast["annotator"], TEXT)
    Member.objects.filter(corpus=cast.corpus).update(active=False)
    assert suggesting.look_through(document.pk) == 0
    assert suggesting.corpora() == []


def test_command(cast: Cast) -> None:
    make_document(cast["annotator"], TEXT)
    out = StringIO()
    call_command("suggest", corpus=cast.corpus.slug, json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert told["documents"] == 1 and told["suggestions"] == Suggestion.objects.count() > 2
    out = StringIO()
    call_command("suggest", corpus=cast.corpus.slug, stdout=out)
    assert out.getvalue().startswith("0 suggestions in 0 documents")
    call_command("suggest", corpus=cast.corpus.slug, again=True, stdout=StringIO())
    with pytest.raises(CommandError, match="no corpus"):
        call_command("suggest", corpus="nowhere")
    with writing(by=cast["admin"]) as op:
        corpora.update(op, suggests=False)
    with pytest.raises(CommandError, match="switched off"):
        call_command("suggest", corpus=cast.corpus.slug)
