"""Notices: whom what concerns, what stays hidden, what is read, and the daily mail."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from annotations.models import Notice, Statement, User, Verification
from annotations.services import comments, corpora, documents, notices, overview, workflow
from annotations.services.op import writing
from tests import checks
from tests.factories import NOW, Cast, make_cast, make_document, mark, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def reasons(cast: Cast, role: str) -> list[str]:
    """Of the unread ones, newest first."""
    return [one.notice.reason for one in notices.items(cast[role], unread=True)]


def test_whom_a_comment_concerns(cast: Cast) -> None:
    passage = mark(cast["annotator"], make_document(cast["annotator"]), "Experts agree", "claim")
    first = say(cast, "checker", passage, f"@{cast['editor'].name} @{cast['checker'].name} see")
    assert [reasons(cast, role) for role in ("annotator", "editor", "checker", "viewer")] == [
        ["work"], ["mention"], [], [],
    ]  # fmt: skip
    say(cast, "editor", passage, "I see.", first)
    assert (reasons(cast, "checker"), reasons(cast, "editor")) == (["reply"], ["mention"])
    say(cast, "annotator", passage, "So do I.", first)
    assert (reasons(cast, "checker"), reasons(cast, "editor")) == (["reply", "reply"], ["reply", "mention"])
    item = notices.items(cast["editor"])[-1]
    assert item.sentence == f"{cast['checker'].name} commented on C-1" and item.path == f"/a/{passage.pk}/"
    with writing(by=cast["checker"]) as op:
        comments.edit(op, first, f"@{cast['reviewer'].name} @{cast['editor'].name} see")
    assert (reasons(cast, "reviewer"), reasons(cast, "editor")) == (["mention"], ["reply", "mention"])
    with writing(by=cast["checker"]) as op:
        comments.remove(op, first)
    assert (reasons(cast, "reviewer"), reasons(cast, "editor")) == ([], ["reply"])


def test_what_is_given_to_one_and_what_the_reviewer_decides(cast: Cast) -> None:
    claim = checks.make_claim(cast)
    checks.move(cast, "annotator", claim, "queued")
    with writing(by=cast["editor"]) as op:
        workflow.assign(op, checks.fresh(claim), cast["checker"])
    assert reasons(cast, "checker") == ["assigned"]
    other = checks.make_claim(cast, "Emoji")
    checks.approve(cast, other)
    assert reasons(cast, "checker") == ["review", "assigned"]
    assert "Approve" in notices.items(cast["checker"])[0].sentence
    with writing(by=cast["editor"]) as op:
        workflow.assign(op, checks.fresh(claim), None)
    with writing(by=cast["checker"]) as op:
        workflow.assign(op, checks.fresh(claim), cast["checker"])
    assert reasons(cast, "checker") == ["review", "assigned"]


def test_what_is_hidden_is_neither_shown_nor_counted_nor_read(cast: Cast) -> None:
    claim = checks.make_claim(cast)
    check = checks.send(cast, claim)
    say(cast, "checker", check, f"@{cast['reviewer'].name} is strict, I think")
    reviewer = cast["reviewer"]
    assert (notices.count(reviewer), notices.items(reviewer)) == (0, [])
    notices.mark_read(reviewer, up_to=10**6)
    assert Notice.objects.get(member=reviewer).read_at is None
    checks.record(cast, check)
    assert notices.count(reviewer) == 1
    Verification.objects.update(removed_at=NOW)
    assert notices.count(reviewer) == 0


def test_one_and_all_are_read(cast: Cast) -> None:
    claim = checks.make_claim(cast)
    for n in range(3):
        say(cast, "checker", claim, f"Comment {n}")
    annotator = cast["annotator"]
    newest, middle, _ = notices.items(annotator)
    notices.mark_read(cast["editor"], notice=middle.notice.pk)
    assert notices.count(annotator) == 3
    notices.mark_read(annotator, notice=middle.notice.pk)
    assert notices.count(annotator) == 2
    notices.mark_read(annotator, up_to=newest.notice.seq - 1)
    assert [one.notice for one in notices.items(annotator, unread=True)] == [newest.notice]


def test_a_removed_statement_tells_nothing_and_what_is_due_is_worked_out(cast: Cast) -> None:
    claim = checks.make_claim(cast)
    say(cast, "checker", claim)
    today = timezone.localdate()
    Statement.objects.filter(pk=claim.pk).update(assignee=cast["checker"], due=today + timedelta(days=2))
    assert list(overview.due(cast["checker"], today + timedelta(days=3))) == [claim]
    assert not overview.due(cast["checker"], today) and not overview.due(cast["editor"], today + timedelta(days=3))
    Statement.objects.filter(pk=claim.pk).update(removed_at=NOW)
    assert notices.items(cast["annotator"]) == []


def test_what_is_said_in_a_removed_document_tells_nothing(cast: Cast) -> None:
    document = make_document(cast["editor"])
    say(cast, "checker", mark(cast["annotator"], document, "Experts agree"))
    assert reasons(cast, "annotator") == ["work"]
    with writing(by=cast["editor"]) as op:
        documents.remove(op, document)
    assert notices.count(cast["annotator"]) == 0


def test_the_daily_mail_is_sent_once_in_the_language_of_its_person(cast: Cast) -> None:
    claim = checks.make_claim(cast)
    User.objects.update(email="someone@example.org", language="zh-hans")
    User.objects.filter(pk=cast.user("editor").pk).update(digests=False)
    secret = "Heron stands in the reeds"
    say(cast, "checker", claim, f"@{cast['editor'].name} @{cast['reviewer'].name} {secret}")
    call_command("send_digests")
    call_command("send_digests")
    assert len(mail.outbox) == 2  # the annotator, whose statement it is, and the reviewer
    text = mail.outbox[0].body
    assert "aigov：1 条未读通知" == mail.outbox[0].subject and claim.get_absolute_url() in text
    assert secret not in text and cast["checker"].name in text
    say(cast, "checker", claim, "More.")
    notices.mark_read(cast["annotator"], up_to=10**6)
    call_command("send_digests")
    assert len(mail.outbox) == 2


def test_the_daily_mail_tells_nothing_hidden_and_nothing_to_who_left(cast: Cast) -> None:
    User.objects.update(email="someone@example.org")
    check = checks.send(cast, checks.make_claim(cast))
    say(cast, "checker", check, f"@{cast['reviewer'].name} is strict")
    say(cast, "checker", check.statement, "Which year?")
    with writing(by=cast["admin"]) as op:
        corpora.remove_member(op, cast["annotator"])
    call_command("send_digests")
    assert mail.outbox == []


def test_a_mail_that_was_refused_is_tried_again(cast: Cast) -> None:
    User.objects.update(email="someone@example.org")
    say(cast, "checker", checks.make_claim(cast))
    with patch("annotations.services.digests.send_mail", side_effect=OSError("no server")), pytest.raises(SystemExit):
        call_command("send_digests")
    call_command("send_digests", as_json=True)
    assert len(mail.outbox) == 1
