"""Watches: what they find in newly loaded texts is told once, to whoever watches and to nobody else."""

from __future__ import annotations

import pytest
from django.core import mail

from annotations.models import Document, Event, Member, Round, Statement, User, Watch, WatchHit
from annotations.rules.errors import Invalid, Problem, Refused
from annotations.services import (
    digests,
    documents,
    merging,
    notices,
    recurrence,
    rounds,
    sight,
    sketches,
    texts,
    versions,
    watches,
    watching,
)
from annotations.services.op import writing
from tests.factories import Cast, make_cast, make_document, mark
from tests.services.test_recurrence import CLAIM, FIRST, SAME, look
from tests.services.test_versions import prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def watch(
    by: Member, query: str = "", statement: Statement | None = None, name: str = "", outside: bool | None = None
) -> Watch:
    with writing(by=by) as op:
        return watches.add(op, query=query, statement=statement, name=name, outside=outside)


def told(member: Member) -> list[str]:
    """The sentences of what waits for a member because of watches, the oldest first."""
    return [one.sentence for one in reversed(notices.items(member)) if one.notice.reason == "watch"]


def test_a_search(cast: Cast) -> None:
    viewer = cast["viewer"]
    make_document(cast["annotator"], FIRST, title="before")
    watch(viewer, "事故通报")
    make_document(cast["annotator"], FIRST, title="after")
    make_document(cast["annotator"], "别的\n\n天气很好。\n", title="other")
    look(cast)
    assert told(viewer) == ["“事故通报” is found in after"]
    look(cast)
    assert told(viewer) == ["“事故通报” is found in after"] and WatchHit.objects.count() == 1


def test_a_statement(cast: Cast) -> None:
    checker = cast["checker"]
    made = mark(cast["annotator"], make_document(cast["annotator"], FIRST, title="first"), CLAIM, "claim")
    watch(checker, statement=made.occurrences.get().statement)
    make_document(cast["annotator"], SAME, title="second")
    look(cast)
    assert told(checker) == ["C-1 repeats in second"]
    look(cast)
    assert len(told(checker)) == 1 and told(cast["annotator"]) == []


def test_a_new_version_is_a_new_text(cast: Cast) -> None:
    document = make_document(cast["annotator"], "序言\n\n天气很好。\n", title="one")
    watch(cast["viewer"], "通报")
    look(cast)
    assert told(cast["viewer"]) == []
    with writing(by=cast["annotator"]) as op:
        versions.add_version(op, document, prepared(FIRST))
    look(cast)
    assert told(cast["viewer"]) == ["“通报” is found in one"]


def test_told_once_even_when_two_look_at_the_same_time(cast: Cast) -> None:
    watch(cast["viewer"], "通报")
    document = make_document(cast["annotator"], FIRST)
    first = Document.objects.select_related("current", "corpus").get(pk=document.pk)
    assert watching.look(first) == 1 and watching.look(first) == 0
    assert Event.objects.filter(kind="watch.found").count() == 1


def test_nobody_else_is_told(cast: Cast) -> None:
    watch(cast["viewer"], "通报", name="mine alone")
    make_document(cast["annotator"], FIRST)
    look(cast)
    events = list(Event.objects.filter(object_type="watch"))
    assert {event.kind for event in events} == {"watch.added", "watch.found"}
    seqs = {event.seq for event in events}
    assert sight.hidden(cast["viewer"], events) == set()
    for role in ("annotator", "admin"):
        assert sight.hidden(cast[role], events) == seqs
        left = Event.objects.filter(corpus=cast.corpus).exclude(sight.hidden_from(cast[role]))
        assert not left.filter(object_type="watch").exists()


def test_removed_watches_and_former_members_are_not_told(cast: Cast) -> None:
    gone, former = watch(cast["viewer"], "通报"), watch(cast["checker"], "通报")
    with writing(by=cast["viewer"]) as op:
        watches.remove(op, gone)
    Member.objects.filter(pk=former.created_by_id).update(active=False)
    make_document(cast["annotator"], FIRST)
    look(cast)
    assert not WatchHit.objects.exists()


def test_a_merged_statement_is_watched_as_the_one_it_became(cast: Cast) -> None:
    first = mark(cast["annotator"], make_document(cast["annotator"], FIRST), CLAIM, "claim")
    other = mark(cast["annotator"], make_document(cast["annotator"], "旁\n\n另一件事。\n"), "另一件事", "claim")
    watch(cast["viewer"], statement=other.occurrences.get().statement)
    with writing(by=cast["checker"]) as op:
        merging.merge(op, other.occurrences.get().statement, first.occurrences.get().statement)
    make_document(cast["annotator"], SAME, title="later")
    look(cast)
    assert told(cast["viewer"]) == ["C-1 repeats in later"]


@pytest.mark.parametrize(
    ("query", "code"), [("", "watch_one_thing"), ("kind:claim", "watch_needs_words"), ("a AND (", None)]
)
def test_what_cannot_be_watched(cast: Cast, query: str, code: str | None) -> None:
    with pytest.raises(Problem) as refused:
        watch(cast["viewer"], query)
    assert code is None or refused.value.code == code
    assert not Watch.objects.exists()


def test_the_same_again_and_another_s(cast: Cast) -> None:
    one = watch(cast["viewer"], "通报")
    assert watch(cast["viewer"], "通报 ").pk == one.pk and watch(cast["checker"], "通报").pk != one.pk
    with pytest.raises(Refused), writing(by=cast["admin"]) as op:
        watches.remove(op, one)
    with writing(by=cast["viewer"]) as op:
        watches.update(op, one, name="  reports  ")
    assert [row.name for row in watches.own(cast["viewer"])] == ["reports"]
    for name in (" ", "n" * 121):
        with pytest.raises(Invalid), writing(by=cast["viewer"]) as op:
            watches.update(op, one, name=name)


def test_the_notice_leads_to_the_words(cast: Cast) -> None:
    made = mark(cast["annotator"], make_document(cast["annotator"], FIRST, title="first"), CLAIM, "claim")
    watch(cast["viewer"], statement=made.occurrences.get().statement)
    watch(cast["viewer"], "飆升")
    second = make_document(cast["annotator"], SAME, title="second")
    look(cast)
    clean = texts.get(Document.objects.get(pk=second.pk).current_id or 0).clean
    repeated, found = (one.path for one in notices.items(cast["viewer"]))
    if "find=" in repeated:
        repeated, found = found, repeated
    assert words_at(clean, repeated) == "2024年全球人工智慧相關事故飆升至233起，同比激增56.4%"
    assert words_at(clean, found) == "飆升" and "find=%E9%A3%86%E5%8D%87" in found
    with writing(by=cast["annotator"]) as op:
        versions.add_version(op, second, prepared(FIRST))
    assert not any("#t=" in one.path for one in notices.items(cast["viewer"]))  # the offsets are those of the old text
    with writing(by=cast["editor"]) as op:
        documents.remove(op, second)
    assert notices.items(cast["viewer"]) == [] and not watches.found_by(cast["viewer"]).exists()


def words_at(clean: str, path: str) -> str:
    start, end = path.partition("#t=")[2].split("-")
    return clean[int(start) : int(end)]


def test_the_daily_mail_tells_it(cast: Cast) -> None:
    User.objects.filter(pk=cast["viewer"].user_id).update(email="vera@example.org")
    watch(cast["viewer"], "通报")
    make_document(cast["annotator"], FIRST, title="Press")
    look(cast)
    assert [one.notices for one in digests.send_all()] == [1]
    assert "What you watch: “通报” is found in Press" in str(mail.outbox[0].body)


def test_what_stood_there_before_the_watch_is_no_news(cast: Cast) -> None:
    first = make_document(cast["annotator"], FIRST)
    made = mark(cast["annotator"], first, CLAIM, "claim")
    make_document(cast["annotator"], SAME, title="old")
    look(cast)
    watch(cast["viewer"], statement=made.occurrences.get().statement)
    mark(cast["annotator"], first, "各国应当建立统一的事故通报制度", "proposal")  # old texts are looked through again
    look(cast)
    assert told(cast["viewer"]) == []


def test_killed_after_it_was_told(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is lost and nothing told twice, wherever the job that looks through a text is cut off."""
    watch(cast["viewer"], "通报")
    make_document(cast["annotator"], FIRST)
    for module, name in ((watching, "look"), (sketches, "looked_at")):
        with monkeypatch.context() as killed:
            killed.setattr(module, name, cut_off)
            with pytest.raises(KeyboardInterrupt):
                recurrence.catch_up(cast.corpus.pk, 60.0)
    look(cast)
    look(cast)
    assert len(told(cast["viewer"])) == 1 and WatchHit.objects.count() == 1


def cut_off(*args: object) -> None:
    raise KeyboardInterrupt


def test_coders_of_a_blind_round_learn_nothing_of_its_documents(cast: Cast) -> None:
    made = mark(cast["annotator"], make_document(cast["annotator"], FIRST), CLAIM, "claim")
    watch(cast["viewer"], statement=made.occurrences.get().statement)
    second = make_document(cast["annotator"], SAME)
    with writing(by=cast["editor"]) as op:
        coders = [cast["annotator"], cast["checker"]]
        rounds.open_round(op, name="Pilot", documents=[second], coders=coders, each=2, blind=True)
    look(cast)
    assert told(cast["viewer"]) == []
    with writing(by=cast["editor"]) as op:
        rounds.close(op, Round.objects.get(), anyway=True)
    look(cast)
    assert len(told(cast["viewer"])) == 1  # and all of it when the round is over
