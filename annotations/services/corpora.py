"""Corpora, members and invitations."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from annotations.models import Corpus, CorpusHead, Event, Invitation, Member, User
from annotations.rules import vocabulary
from annotations.rules.errors import Invalid, Missing, Refused, noop
from annotations.services import codebook
from annotations.services.op import Op, changes, replay, writing

INVITATION_DAYS = 14


def free_slug(name: str) -> str:
    """A slug for this name that no corpus has; a number is added where needed (a Chinese name gives `corpus`)."""
    base = slugify(name)[:50] or "corpus"
    slug, n = base, 2
    while Corpus.objects.filter(slug=slug).exists():
        slug, n = f"{base}-{n}", n + 1
    return slug


def create(
    *, user: User, name: str, slug: str = "", description: str = "", language: str = "", book: str = "ai-governance",
    key: str = "", request: str = "",
) -> Corpus:  # fmt: skip
    """A new corpus with its first admin and a codebook (`ai-governance` or `empty`). Replayed, with the Idempotency-Key
    `key` of an earlier request of this person."""
    name = name.strip()
    if not name:
        raise Invalid("corpus_needs_name", noop("Give the corpus a name."), field="name")
    if slug != slugify(slug):
        raise Invalid(
            "slug_characters",
            noop("An address has small letters, digits and hyphens, such as “trial-1”."),
            field="slug",
        )
    if slug and Corpus.objects.filter(slug=slug).exists():
        raise Invalid("slug_taken", noop("Another corpus has the address “%(slug)s”."), field="slug", slug=slug)
    now = timezone.now()
    with transaction.atomic():
        check_key(user, key, request)
        corpus = Corpus.objects.create(
            slug=slug or free_slug(name), name=name, description=description, language=language, created_at=now
        )
        CorpusHead.objects.create(corpus=corpus)
        member = Member.objects.create(corpus=corpus, user=user, name=str(user), role="admin", joined_at=now)
        with writing(by=member, key=key, request=request) as op:
            op.log("corpus.created", corpus, {"name": name})
            op.log("member.joined", member, {"name": member.name, "role": "admin"})
            codebook.install(op, book)
    return corpus


def check_key(user: User, key: str, request: str) -> None:
    """Replayed when this person made a corpus under this key before. Their row is locked: two at once take turns."""
    if key:
        User.objects.select_for_update().get(pk=user.pk)
        before = Event.objects.filter(actor__user=user, op=key, kind="corpus.created").select_related("actor").first()
        if before is not None and before.actor is not None:
            replay(before.actor, key, request)


#: What whoever publishes says of the publisher, once for the corpus.
PUBLISHER = frozenset({"publisher_name", "publisher_contact", "publisher_policy"})


def update(op: Op, **values: object) -> Corpus:
    """Change the corpus itself (an admin), or who publishes its checks (an editor)."""
    op.check("set_publisher" if values and PUBLISHER.issuperset(values) else "manage_corpus")
    corpus = op.corpus
    changed = changes(corpus, values)
    if changed:
        corpus.version += 1
        corpus.save()
        op.log("corpus.updated", corpus, {"changes": changed})
    return corpus


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def invite(op: Op, role: str, note: str = "") -> tuple[Invitation, str]:
    """An invitation and its secret, which is shown once and never stored."""
    op.check("manage_members")
    vocabulary.ROLES.check(role, "role")
    secret = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        corpus=op.corpus, role=role, note=note, digest=digest(secret), created_at=op.at, created_by=op.by,
        expires_at=op.at + timedelta(days=INVITATION_DAYS),
    )  # fmt: skip
    op.log("member.invited", invitation, {"role": role, "note": note})
    return invitation, secret


def open_invitation(secret: str) -> Invitation:
    """The invitation behind a link; raises Missing with the reason in words."""
    found = Invitation.objects.filter(digest=digest(secret)).select_related("corpus").first()
    if found is None or found.revoked_at:
        raise Missing("invitation_unknown", noop("This invitation does not exist or was withdrawn. Ask for a new one."))
    if found.used_at:
        raise Missing("invitation_used", noop("This invitation was already used. Ask for a new one."))
    if found.expires_at < timezone.now():
        raise Missing("invitation_expired", noop("This invitation has expired. Ask for a new one."))
    return found


def accept(invitation: Invitation, user: User) -> Member:
    """Make this person a member. Who is a member already keeps the role they have."""
    with transaction.atomic():
        present = Member.objects.filter(corpus=invitation.corpus, user=user).first()
        if present and present.active:
            return present
        member = present or Member(corpus=invitation.corpus, user=user, name=str(user), joined_at=timezone.now())
        member.role, member.active = invitation.role, True
        member.save()
        taken = Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now(), used_by=member)
        if not taken:
            raise Refused("invitation_used", noop("This invitation was already used. Ask for a new one."))
        with writing(by=member) as op:
            op.log("member.joined", member, {"name": member.name, "role": member.role})
    return member


def add_member(op: Op, user: User, role: str) -> Member:
    op.check("manage_members")
    vocabulary.ROLES.check(role, "role")
    member, made = Member.objects.get_or_create(
        corpus=op.corpus, user=user, defaults={"name": str(user), "role": role, "joined_at": op.at}
    )
    if made:
        op.log("member.joined", member, {"name": member.name, "role": role})
    return member


def change_role(op: Op, member: Member, role: str) -> Member:
    """Change what a member may do. The last admin cannot step down."""
    op.check("manage_members")
    vocabulary.ROLES.check(role, "role")
    _keep_an_admin(member, role)
    changed = changes(member, {"role": role})
    if changed:
        member.version += 1
        member.save()
        op.log("member.role", member, {"name": member.name, "changes": changed})
    return member


def remove_member(op: Op, member: Member) -> Member:
    op.check("manage_members")
    _keep_an_admin(member, "")
    changed = changes(member, {"active": False})
    if changed:
        member.version += 1
        member.save()
        op.log("member.left", member, {"name": member.name, "changes": changed})
    return member


def restore_member(op: Op, member: Member) -> Member:
    op.check("manage_members")
    changed = changes(member, {"active": True})
    if changed:
        member.version += 1
        member.save()
        op.log("member.joined", member, {"name": member.name, "role": member.role, "changes": changed})
    return member


def revoke_invitation(op: Op, invitation: Invitation) -> None:
    op.check("manage_members")
    if invitation.revoked_at is None and invitation.used_at is None:
        invitation.revoked_at = op.at
        invitation.save(update_fields=["revoked_at"])
        op.log("member.invitation_revoked", invitation, {"role": invitation.role})


def _keep_an_admin(member: Member, role: str) -> None:
    admins = Member.objects.filter(corpus_id=member.corpus_id, role="admin", active=True, user__isnull=False)
    if member.role == "admin" and role != "admin" and not admins.exclude(pk=member.pk).exists():
        raise Refused("last_admin", noop("A corpus needs an admin. Make somebody else admin first."))
