"""People, corpora and documents for tests, made by the services themselves: a cast with one person per role and a
stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from annotations.models import Annotation, Comment, Corpus, Document, Member, Statement, Suggestion, User
from annotations.records import SourceText
from annotations.rules.vocabulary import ROLES
from annotations.services import annotations, comments, corpora, documents, suggestions
from annotations.services.annotations import Span
from annotations.services.comments import Target
from annotations.services.occurrences import Wanted
from annotations.services.op import writing
from annotations.text.blocks import from_plain
from annotations.text.cleaning import normalise

NAMES = {"viewer": "vera", "annotator": "chen", "checker": "li", "reviewer": "wang", "editor": "emma", "admin": "zhao"}
TEXT = """Safety first

The government proposes a global standards body for artificial intelligence. Experts agree that tests are needed.

In 2024 there were 233 reported incidents, 56.4 % more than in 2023. Emoji 😀 and 𠮷 stand here too.
"""


@dataclass
class Cast:
    """A corpus with one member per role, and somebody who belongs to none."""

    corpus: Corpus
    members: dict[str, Member]
    stranger: User

    def __getitem__(self, role: str) -> Member:
        return self.members[role]

    def user(self, role: str) -> User:
        user = self.members[role].user
        assert user is not None
        return user


def make_user(name: str) -> User:
    return User.objects.create_user(username=name, full_name=name.title(), password="a long enough password")


def make_cast(name: str = "Trial") -> Cast:
    users = {role: make_user(f"{NAMES[role]}-{User.objects.count()}") for role in ROLES.codes}
    corpus = corpora.create(user=users["admin"], name=name)
    admin = Member.objects.select_related("corpus").get(corpus=corpus)
    members = {"admin": admin}
    with writing(by=admin) as op:
        for role in ROLES.codes[:-1]:
            member = corpora.add_member(op, users[role], role)
            members[role] = Member.objects.select_related("corpus").get(pk=member.pk)
    return Cast(corpus, members, make_user(f"stranger-{User.objects.count()}"))


def make_document(by: Member, text: str = TEXT, **facts: object) -> Document:
    raw = normalise(text)
    source = SourceText(text=raw, blocks=tuple(from_plain(raw)), reader="txt")
    prepared = documents.prepare(source)
    with writing(by=by) as op:
        return documents.load(op, prepared, file_name="test.txt", again=True, **facts)


def mark(
    by: Member, document: Document, quote: str, *kinds: str, tags: tuple[int, ...] = (), note: str = ""
) -> Annotation:
    """Highlight the first place of `quote` in the clean text, as so many kinds of statement."""
    version = document.current
    assert version is not None
    start = version.text.clean.index(quote)
    span = Span(start, start + len(quote), "clean", quote)
    with writing(by=by) as op:
        return annotations.create(
            op, document, span, tags=tags, note=note, wanted=[Wanted(kind=kind) for kind in kinds]
        )


def suggest(cast: Cast, document: Document, quote: str, statement: Statement | None = None, **how: Any) -> Suggestion:
    """Have the first place of `quote` suggested: as a repeat of the statement, or as a new claim. What its suggester
    suggested before in the document is gone."""
    version, suggester = document.current, how.pop("suggester", "recurrence")
    assert version is not None
    start = version.text.clean.index(quote)
    said: dict[str, Any] = {
        "score": 0.9,
        "kind": "" if statement else "claim",
        "statement_id": statement.pk if statement else None,
    }
    offer = suggestions.Offer(*version.text.map.clean_to_raw(start, start + len(quote)), **{**said, **how})
    with writing(by=cast["admin"]) as op:
        suggestions.put(op, document, version.pk, suggester, [offer])
    return Suggestion.objects.filter(document=document).latest("id")


def say(cast: Cast, role: str, target: Target, body: str = "Which year?", parent: Comment | None = None) -> Comment:
    with writing(by=cast[role]) as op:
        return comments.create(op, target, body, parent)


NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
