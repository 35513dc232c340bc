"""The daily mail: what is unread and can still be seen, once each, to those who did not switch it off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from annotations.models import Member, Notice, User
from annotations.rules.errors import noop
from annotations.services import notices
from annotations.services.notices import Item

SHOWN = 20  # lines a corpus; the page has the rest
END = noop(
    "You get this once a day while something is unread. To stop it, switch it off on the page of your notifications."
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one letter: how many notices it told, or why it was not sent."""

    user: str
    notices: int
    problem: str = ""


def send_all() -> Iterator[Outcome]:
    """One letter to each person for whom something waits. What was taken into a letter is in no other one."""
    waiting = Notice.objects.filter(read_at=None, mailed_at=None, member__active=True).values("member__user")
    people = User.objects.filter(pk__in=waiting, is_active=True, digests=True).exclude(email="").order_by("pk")
    for user in people:
        outcome = send(user)
        if outcome.notices or outcome.problem:
            yield outcome


def send(user: User) -> Outcome:
    """Noted as mailed first, so that no crash mails it twice; taken back when the mail server refuses."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        found = [(member, notices.told(member, unmailed(member))) for member in memberships(user)]
        ids = [item.notice.pk for _, items in found for item in items]
        if not ids:
            return Outcome(user.get_username(), 0)
        taken = Notice.objects.filter(pk__in=ids, mailed_at=None)
        if taken.update(mailed_at=timezone.now()) < len(ids):
            return Outcome(user.get_username(), 0)  # another process is sending this letter
        subject = ngettext("aigov: %(n)s unread notification", "aigov: %(n)s unread notifications", len(ids))
        try:
            send_mail(subject % {"n": len(ids)}, text(user, found), None, [user.email])
        except OSError as error:
            Notice.objects.filter(pk__in=ids).update(mailed_at=None)
            return Outcome(user.get_username(), 0, str(error))
    return Outcome(user.get_username(), len(ids))


def memberships(user: User) -> QuerySet[Member]:
    return Member.objects.filter(user=user, active=True).select_related("corpus").order_by("corpus__name")


def unmailed(member: Member) -> QuerySet[Notice]:
    return Notice.objects.filter(member=member, read_at=None, mailed_at=None).order_by("-seq")


def text(user: User, found: list[tuple[Member, list[Item]]]) -> str:
    """Plain text: the sentences with their addresses, corpus by corpus; never what was said: mail servers keep it."""
    lines = [gettext("Hello %(name)s,") % {"name": str(user)}, ""]
    for member, items in found:
        if items:
            lines += [member.corpus.name, ""]
            for item in items[:SHOWN]:
                lines += [f"- {item.reason}: {item.sentence}", f"  {settings.BASE_URL}{item.path}"]
            if len(items) > SHOWN:
                lines += [gettext("More: %(n)s") % {"n": len(items) - SHOWN}]
            lines += [""]
    return "\n".join([*lines, gettext(END)])
