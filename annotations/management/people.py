"""In whose name a command acts: a named person, else an admin of the corpus."""

from __future__ import annotations

from django.core.management.base import CommandError

from annotations.models import Corpus, Member, User


def member_for(slug: str, username: str | None = None) -> Member:
    """The active member; CommandError, with what to do, for an unknown corpus or person."""
    corpus = Corpus.objects.filter(slug=slug).first()
    if corpus is None:
        names = ", ".join(Corpus.objects.order_by("slug").values_list("slug", flat=True)[:20])
        raise CommandError(f"There is no corpus {slug!r}. Corpora: {names or 'none yet'}.")
    rows = Member.objects.select_related("corpus", "user").filter(corpus=corpus, active=True, user__is_active=True)
    if username:
        found = rows.filter(user__username=username).first()
        if found is None:
            raise CommandError(f"{username!r} is not a member of {slug!r}.")
        return found
    found = rows.filter(role="admin").order_by("pk").first()
    if found is None:
        raise CommandError(f"{slug!r} has no admin with an account; name a member with --as.")
    return found


def person(username: str | None) -> User:
    """The account that a new corpus gets as its admin: the named one, else the first superuser, else the only one."""
    active = User.objects.filter(is_active=True).order_by("pk")
    if username:
        found = active.filter(username=username).first()
        if found is None:
            raise CommandError(f"There is no account {username!r}.")
        return found
    found = active.filter(is_superuser=True).first() or (active.first() if active.count() == 1 else None)
    if found is None:
        raise CommandError("Name the account that becomes admin of the new corpus with --as (or run createsuperuser).")
    return found
