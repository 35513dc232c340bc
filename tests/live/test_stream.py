"""Live events over real sockets: in order, resumed, private where they must be, ended when the right ends."""

from __future__ import annotations

import asyncio

import pytest

from aigov.asgi import lifespan
from annotations.models import Member
from annotations.services import annotations, api_tokens, corpora, feed
from annotations.services.op import writing
from tests import checks
from tests.factories import Cast, make_cast, make_document, mark
from tests.live.conftest import Ears
from tests.live.ear import Ear, Heard
from tests.serving import serving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_what_a_colleague_does_arrives_with_its_seq(ears: Ears, cast: Cast) -> None:
    document = make_document(cast["editor"])
    ear = ears.of(cast.user("checker"), cast.corpus.pk)
    hello = ear.next("hello")
    made = mark(cast["annotator"], document, "standards body", "claim")
    heard = [ear.next() for _ in range(3)]
    assert [int(one.id) for one in heard] == [hello.data["seq"] + n for n in (1, 2, 3)]
    kinds = {one.data["kind"] for one in heard}
    assert kinds == {"annotation.created", "statement.created", "occurrence.created"}
    created = next(one.data for one in heard if one.data["kind"] == "annotation.created")
    assert (created["object_id"], created["document"]) == (made.pk, document.pk)
    assert created["actor"] == {"id": cast["annotator"].pk, "name": cast["annotator"].name}


def test_whoever_comes_back_hears_what_was_missed_once(ears: Ears, cast: Cast) -> None:
    document = make_document(cast["editor"])
    first = ears.of(cast.user("viewer"), cast.corpus.pk)
    start = first.next("hello").data["seq"]
    mark(cast["annotator"], document, "standards body")
    last = int(first.next().id)
    first.close()
    for quote in ("Experts agree", "tests are needed"):
        mark(cast["annotator"], document, quote)
    again = ears.of(cast.user("viewer"), cast.corpus.pk, "?after=0", **{"Last-Event-ID": str(last)})
    assert [int(again.next().id) for _ in range(2)] == [last + 1, last + 2]
    assert again.nothing()
    asked = ears.of(cast.user("viewer"), cast.corpus.pk, f"?after={start}")
    assert [int(asked.next().id) for _ in range(3)] == [start + 1, start + 2, start + 3]


def test_rolled_back_writes_are_never_heard(ears: Ears, cast: Cast) -> None:
    document = make_document(cast["editor"])
    ear = ears.of(cast.user("viewer"), cast.corpus.pk)
    ear.next("hello")
    with pytest.raises(RuntimeError), writing(by=cast["annotator"]) as op:
        annotations.create(op, document, annotations.Span(0, 6, "clean"))
        raise RuntimeError
    assert ear.nothing()


def test_a_hidden_event_keeps_its_place_and_says_nothing(ears: Ears, cast: Cast) -> None:
    claim = checks.make_claim(cast)
    listening = {role: ears.of(cast.user(role), cast.corpus.pk) for role in ("checker", "viewer", "admin")}
    for ear in listening.values():
        ear.next("hello")
    checks.send(cast, claim)
    last = feed.head(cast.corpus.pk)
    told = {role: up_to(ear, last) for role, ear in listening.items()}
    assert {len(found) for found in told.values()} == {len(told["viewer"])}
    assert "hidden" in {one.data["kind"] for one in told["viewer"]}
    for role in ("viewer", "admin"):
        hidden = [one.data for one in told[role] if one.data["kind"] == "hidden"]
        assert hidden and all(set(one) == {"seq", "kind"} for one in hidden)
        assert not any(one.data["kind"] == "verification.updated" for one in told[role])
    assert any(one.data["kind"] == "verification.updated" for one in told["checker"])


def up_to(ear: Ear, seq: int) -> list[Heard]:
    found = [ear.next()]
    while int(found[-1].id) < seq:
        found.append(ear.next())
    return found


def test_strangers_and_nobody_hear_nothing(ears: Ears, cast: Cast) -> None:
    assert ears.of(cast.stranger, cast.corpus.pk).status == 404
    assert ears.of(None, cast.corpus.pk).status == 401
    assert ears.of(cast.stranger, 987654321).status == 404
    bad = ears.of(cast.user("viewer"), cast.corpus.pk, "?after=soon")
    assert bad.status == 400 and b"after" in bad.response.read()


def test_a_token_hears_too_and_no_more_once_it_is_revoked(ears: Ears, cast: Cast) -> None:
    token, secret = api_tokens.create(cast.user("viewer"), name="listener", write=False)
    ear = ears.of(None, cast.corpus.pk, Authorization=f"Bearer {secret}")
    ear.next("hello")
    api_tokens.revoke(cast.user("viewer"), token.pk)
    assert ears.of(None, cast.corpus.pk, Authorization=f"Bearer {secret}").status == 401


def test_who_is_taken_out_hears_good_bye_at_once(ears: Ears, cast: Cast) -> None:
    document = make_document(cast["editor"])
    ear, other = (ears.of(cast.user(role), cast.corpus.pk) for role in ("annotator", "viewer"))
    ear.next("hello"), other.next("hello")
    with writing(by=cast["admin"]) as op:
        corpora.remove_member(op, Member.objects.get(pk=cast["annotator"].pk))
    assert ear.next("bye").data == {"why": "rights"}
    assert ear.ended.wait(5)
    mark(cast["editor"], document, "Experts agree")
    assert other.next().data["kind"] == "member.left" and other.next().data["kind"] == "annotation.created"


def test_too_far_behind_or_ahead_means_everything_anew(ears: Ears, cast: Cast) -> None:
    ahead = ears.of(cast.user("viewer"), cast.corpus.pk, "?after=1000000")
    head = int(ahead.next("resync").id)
    assert head < 1000 and ahead.next("hello").data["seq"] == head
    mark(cast["annotator"], make_document(cast["editor"]), "Experts agree")
    assert int(ahead.next().id) == head + 1


def test_json_is_still_there_for_who_asks_for_it(ears: Ears, cast: Cast) -> None:
    plain = ears.of(cast.user("viewer"), cast.corpus.pk, "?after=0", Accept="application/json")
    assert plain.response.getheader("Content-Type") == "application/json"


def test_another_server_of_this_process_may_end(ears: Ears, cast: Cast) -> None:
    with serving():
        pass
    client = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    async def receive() -> dict[str, str]:
        return client.pop(0)

    async def send(message: object) -> None: ...

    ears.of(cast.user("viewer"), cast.corpus.pk).next("hello")
    asyncio.run(lifespan(receive, send))
    mark(cast["annotator"], make_document(cast["editor"]), "standards body")
    assert ears.of(cast.user("viewer"), cast.corpus.pk).next("hello").data["head"]
