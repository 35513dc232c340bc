"""Run as a program in a new installation: eight people with a token each, a corpus, a document; printed as JSON."""

from __future__ import annotations

import json

PEOPLE = 8


def make() -> dict[str, object]:
    from annotations.models import Member, User
    from annotations.services import api_tokens, corpora, feed
    from annotations.services.op import writing
    from tests.factories import TEXT, make_document

    users = [User.objects.create_user(username=f"writer-{number}") for number in range(PEOPLE)]
    corpus = corpora.create(user=users[0], name="Faults")
    admin = Member.objects.select_related("corpus").get(corpus=corpus)
    with writing(by=admin) as op:
        for user in users[1:]:
            corpora.add_member(op, user, "annotator")
    document = make_document(admin, TEXT * 5)
    tokens = [api_tokens.create(user, name="faults", write=True)[1] for user in users]
    return {
        "corpus": corpus.pk, "slug": corpus.slug, "document": document.pk, "head": feed.head(corpus.pk),
        "tokens": tokens,
    }  # fmt: skip


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(make()))
