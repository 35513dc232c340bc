"""Comments: threads, who may do what with them, who is named, and for whom they are."""

import pytest

from annotations.models import Comment, Event, Layer, Round, Statement, Verification
from annotations.rules.errors import Forbidden, Invalid, Missing, Problem, Refused
from annotations.rules.mentions import mentioned
from annotations.services import comments, feed, history, sight
from annotations.services.facts import facts_of
from annotations.services.op import writing
from tests import checks
from tests.factories import NOW, Cast, make_cast, make_document, mark, say

pytestmark = pytest.mark.django_db
PEOPLE = [(1, "李四"), (1, "li"), (2, "李"), (3, "Anna Berg"), (3, "anna"), (4, "Anna")]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def seen(cast: Cast, comment: Comment) -> set[str]:
    """The roles that may read a comment, by its row, by its events one by one, and by the filter of events."""
    events = list(Event.objects.filter(object_type="comment", object_id=comment.pk))
    by_row = {r for r, m in cast.members.items() if Comment.objects.visible_to(m).filter(pk=comment.pk).exists()}
    by_event = {role for role, member in cast.members.items() if not sight.hidden(member, events)}
    of_comments = Event.objects.filter(object_type="comment", object_id=comment.pk)
    by_filter = {r for r, m in cast.members.items() if of_comments.exclude(sight.hidden_from(m)).exists()}
    assert by_row == by_event == by_filter
    return by_row


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("@Anna Berg 请看", [3]), ("@anna: see", [3, 4]), ("@Annabel", []), ("請@李看", [2]), ("＠李四，看", [1]),
        ("a@li.example", []), ("@li @李 @li", [1, 2]), ("@", []), ("(@LI)", [1]), ("nobody", []),
    ],
)  # fmt: skip
def test_who_is_named(text: str, who: list[int]) -> None:
    assert mentioned(text, PEOPLE) == who


def test_a_thread_is_said_answered_changed_settled(cast: Cast) -> None:
    claim = checks.make_claim(cast)
    first = say(cast, "annotator", claim)
    reply = say(cast, "checker", claim, "2024.", first)
    again = say(cast, "annotator", claim, "Thanks.", reply)
    assert (reply.parent, again.parent) == (first, first)
    say(cast, "editor", claim, "Another thing.")
    assert [row.body for row in comments.of_target(claim, cast["viewer"])][:3] == ["Which year?", "2024.", "Thanks."]
    with writing(by=cast["checker"]) as op:
        comments.edit(op, reply, "  2025. ")
        comments.settle(op, first, True)
        comments.settle(op, first, True)
    assert (reply.body, reply.version, first.version, first.resolved_by) == ("2025.", 2, 2, cast["checker"])
    with writing(by=cast["annotator"]) as op:
        comments.settle(op, first, False)
    kinds = list(Event.objects.filter(object_type="comment").order_by("seq").values_list("kind", flat=True))
    assert kinds[4:] == ["comment.updated", "comment.resolved", "comment.reopened"]
    assert [row.kind for row in history.of_statement(claim)[:3]] == kinds[:3:-1]


def test_what_is_refused(cast: Cast) -> None:
    claim, other = checks.make_claim(cast), checks.make_claim(cast, "Emoji")
    first = say(cast, "annotator", claim)
    reply = say(cast, "annotator", claim, "More.", first)

    def refused(kind: type[Problem], role: str, act: object) -> None:
        with pytest.raises(kind), writing(by=cast[role]) as op:
            assert callable(act)
            act(op)

    refused(Forbidden, "viewer", lambda op: comments.create(op, claim, "x"))
    refused(Invalid, "annotator", lambda op: comments.create(op, claim, " \n"))
    refused(Invalid, "annotator", lambda op: comments.create(op, claim, "x" * 20_001))
    refused(Invalid, "annotator", lambda op: comments.create(op, other, "x", first))
    refused(Forbidden, "editor", lambda op: comments.edit(op, first, "x"))
    refused(Forbidden, "checker", lambda op: comments.remove(op, first))
    refused(Refused, "checker", lambda op: comments.settle(op, reply, True))
    foreign = make_cast("Other")
    with pytest.raises(Missing), writing(by=foreign["admin"]) as op:
        comments.create(op, claim, "x")


def test_answers_outlive_what_they_answer(cast: Cast) -> None:
    claim = checks.make_claim(cast)
    first = say(cast, "annotator", claim)
    reply = say(cast, "checker", claim, "2024.", first)
    with writing(by=cast["editor"]) as op:
        comments.remove(op, first)
    assert list(comments.of_target(claim, cast["viewer"])) == [first, reply]
    with writing(by=cast["checker"]) as op:
        comments.remove(op, reply)
    assert not comments.of_target(claim, cast["viewer"])


def test_who_is_named_is_kept(cast: Cast) -> None:
    claim = checks.make_claim(cast)
    checker, editor = cast["checker"], cast["editor"]
    row = say(cast, "annotator", claim, f"@{checker.name}, see this")
    assert [one.member for one in row.mentions.all()] == [checker]
    with writing(by=cast["annotator"]) as op:
        comments.edit(op, row, f"@{cast.user('editor').username} and @{checker.name}")
    assert {one.member for one in row.mentions.all()} == {checker, editor}
    with writing(by=cast["annotator"]) as op:
        comments.edit(op, row, "nobody")
    assert not row.mentions.exists()


def test_what_is_said_about_a_check_is_for_those_who_may_read_it(cast: Cast) -> None:
    claim = checks.make_claim(cast)
    check = checks.send(cast, claim)
    row = say(cast, "checker", check, "The second source is weak.")
    assert seen(cast, row) == {"checker"}
    for role in ("annotator", "reviewer", "admin"):
        with pytest.raises(Forbidden):
            comments.of_target(check, cast[role])
        with pytest.raises(Forbidden):
            say(cast, role, check)
        assert row not in comments.of_statement(claim, cast[role])
        assert "weak" not in str(feed.page(cast[role], 0))
    checks.record(cast, check)
    assert seen(cast, row) == {"checker", "reviewer"}
    assert row in comments.of_statement(claim, cast["reviewer"])
    checks.move(cast, "reviewer", claim, "approved")
    assert seen(cast, row) == set(cast.members)
    Verification.objects.filter(pk=check.pk).update(removed_at=NOW)
    assert not Comment.objects.visible_to(cast["checker"]).exists()
    assert row.pk not in {e["object_id"] for e in feed.page(cast["viewer"], 0) if e.get("object_type") == "comment"}


def test_what_is_said_in_an_open_blind_layer_is_for_its_coder(cast: Cast) -> None:
    document = make_document(cast["annotator"])
    passage = mark(cast["annotator"], document, "Experts agree")
    row = say(cast, "annotator", passage, "Is this a claim?")
    assert seen(cast, row) == set(cast.members)
    turn = Round.objects.create(
        corpus=cast.corpus, name="One", codebook_version=1, created_at=NOW, created_by=cast["editor"]
    )
    passage.layer = Layer.objects.create(round=turn, member=cast["annotator"])
    passage.save()
    assert seen(cast, row) == {"annotator"}
    with pytest.raises(Missing):
        comments.of_target(passage, cast["editor"])
    Round.objects.update(closed_at=NOW)
    assert seen(cast, row) == set(cast.members)


def test_open_threads_are_counted_for_publishing(cast: Cast) -> None:
    claim = checks.approve(cast, checks.make_claim(cast))
    row = say(cast, "editor", claim)
    say(cast, "editor", claim, "More.", row)
    say(cast, "editor", claim.verifications.get(), "And here.")
    assert facts_of(claim, cast["editor"]).open_comments == 2
    with writing(by=cast["editor"]) as op:
        comments.settle(op, row, True)
    assert facts_of(claim, cast["editor"]).open_comments == 1


def test_comments_of_a_merged_statement_stand_on_the_page_of_the_other(cast: Cast) -> None:
    claim, twin = checks.make_claim(cast), checks.make_claim(cast, "Emoji")
    row = say(cast, "annotator", twin)
    Statement.objects.filter(pk=twin.pk).update(redirect_to=claim)
    assert list(comments.of_statement(claim, cast["viewer"])) == [row]
