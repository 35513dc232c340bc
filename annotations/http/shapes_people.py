"""The shapes in which corpora, members, invitations and tokens leave over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from annotations.models import ApiToken, Corpus, Invitation, Member, User


def corpus(row: Corpus, role: str) -> dict[str, Any]:
    """A corpus, and what the asker is in it."""
    return {
        "id": row.pk, "uid": str(row.uid), "version": row.version, "slug": row.slug, "name": row.name,
        "description": row.description, "language": row.language, "publisher_name": row.publisher_name,
        "publisher_contact": row.publisher_contact, "publisher_policy": row.publisher_policy, "demo": row.demo,
        "created_at": row.created_at, "role": role,
    }  # fmt: skip


def member(row: Member) -> dict[str, Any]:
    """A member; `imported`: only a name at imported work, nobody who could log in."""
    return {
        "id": row.pk, "uid": str(row.uid), "version": row.version, "name": row.name, "role": row.role,
        "active": row.active, "imported": row.user_id is None, "joined_at": row.joined_at,
    }  # fmt: skip


def invitation(row: Invitation, url: str = "") -> dict[str, Any]:
    """An invitation; `url` is told once, to whoever made it."""
    return {
        "id": row.pk, "uid": str(row.uid), "role": row.role, "note": row.note, "state": invitation_state(row),
        "created_at": row.created_at, "expires_at": row.expires_at, "created_by": row.created_by_id,
        "used_by": row.used_by_id, **({"url": url} if url else {}),
    }  # fmt: skip


def invitation_state(row: Invitation) -> str:
    if row.used_at:
        return "used"
    if row.revoked_at:
        return "revoked"
    return "expired" if row.expires_at <= timezone.now() else "open"


def token(row: ApiToken, secret: str = "") -> dict[str, Any]:
    """A token of one's own; `secret` is told once, when it is made."""
    return {
        "id": row.pk, "name": row.name, "prefix": row.prefix, "write": row.write, "created_at": row.created_at,
        "expires_at": row.expires_at, "last_used_at": row.last_used_at, "revoked_at": row.revoked_at,
        **({"secret": secret} if secret else {}),
    }  # fmt: skip


def me(user: User, members: list[Member], by: ApiToken | None) -> dict[str, Any]:
    """Who asks, with what, and where they belong."""
    return {
        "id": user.pk, "username": user.get_username(), "name": str(user), "language": user.language,
        "corpora": [
            {"id": m.corpus_id, "slug": m.corpus.slug, "name": m.corpus.name, "member": m.pk, "role": m.role}
            for m in members
        ],
        "token": token(by) if by else None,
    }  # fmt: skip
