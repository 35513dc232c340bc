"""Every page of the product, found from the addresses themselves: a new one is visited without being named here.

What an address needs (a document, a number, a name) is chosen by the words before it. Addresses that answer with a
redirect, a fragment of a page or data are no pages; whether they are is asked of the application.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from annotations.models import (
    Annotation,
    CodebookVersion,
    Corpus,
    Document,
    Invitation,
    Member,
    Round,
    Snapshot,
    Statement,
    Tag,
    TagSet,
    User,
    Webhook,
)
from annotations.services import corpora
from annotations.services.op import writing

#: Not pages of ours: the admin is Django's, the API has its own tests and answers in JSON.
OTHERS = ("admin/", "api/")
#: Who may see what an administrator may not, and the number there.
NAMED = {
    "check_edit": ("liwei", "C-6"), "review_blind": ("wangruoxi", "C-9"), "public_check": ("helena", "C-5"),
    "public_version": ("helena", "C-26"), "statement_publish": ("helena", "C-84"),
    "quotation_judge": ("liwei", "C-6"), "round_code": ("chensi", ""), "round_state": ("chensi", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visit:
    """One page for one person ("" for nobody): `name` of the address, for the report."""

    name: str
    path: str
    who: str = "helena"


def routes(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """(name, route) of every address, regular expressions left out: those hold keys from mails."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(one.pattern)
        if route.startswith(OTHERS):
            continue
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        elif not re.search(r"[\^$(]", route):
            yield str(one.name), route


def filled(name: str, route: str, corpus: Corpus, secret: str) -> str:
    """The address with a real object of this corpus for each parameter; KeyError tells which words are new."""
    label = NAMED.get(name, ("", "C-110"))[1]
    known: Mapping[str, Callable[[], object]] = {
        "c/": lambda: corpus.slug,
        "a/": lambda: first(Annotation, corpus),
        "documents/": lambda: (
            coded(name, corpus).documents.earliest("pk").pk if "/rounds/" in route else first(Document, corpus)
        ),
        "statements/": lambda: label,
        "pane/": lambda: label,
        "bulk/": lambda: "assign",
        "views/": lambda: 0,
        "sources/": lambda: archived(corpus).source_id,
        "snapshots/": lambda: archived(corpus).pk,
        "sets/": lambda: first(TagSet, corpus),
        "tags/": lambda: first(Tag, corpus),
        "members/": lambda: first(Member, corpus),
        "invitations/": lambda: first(Invitation, corpus),
        "invite/": lambda: secret,
        "keys/": lambda: 0,
        "tokens/": lambda: 0,
        "annotations/": lambda: corpus.slug,
        "p/": lambda: corpus.slug,
        f"{corpus.slug}/": lambda: label,
        "versions/": lambda: 1,
        "editions/": lambda: CodebookVersion.objects.filter(corpus=corpus).latest("number").number,
        "export/": lambda: "csv",
        "rounds/": lambda: coded(name, corpus).pk,
        "webhooks/": lambda: first(Webhook, corpus),
        "shared/": lambda: Document.objects.filter(corpus=corpus, removed_at=None).order_by("pk")[1].pk,
    }
    parts = re.split(r"<(\w+):\w+>", route)
    path = parts[0]
    for kind, text in zip(parts[1::2], parts[2::2], strict=True):
        if kind == "uuid":
            return ""  # an address for machines
        path += str(known[path.rsplit("/", 2)[-2] + "/"]()) + text
    return "/" + path


def first(model: type[Model], corpus: Corpus) -> int:
    """The id of a row of this corpus."""
    found: int = model._default_manager.filter(corpus=corpus).order_by("pk").values_list("pk", flat=True)[0]
    return found


def archived(corpus: Corpus) -> Snapshot:
    """The first snapshot of this corpus; its source has something to show."""
    found: Snapshot = Snapshot.objects.filter(corpus=corpus, source__removed_at=None).earliest("pk")
    return found


def document_of(name: str, route: str, corpus: Corpus) -> int:
    """The first document, of the round where the address is one of a round."""
    rows = coded(name, corpus).documents if "/rounds/" in route else Document.objects.filter(corpus=corpus)
    return rows.earliest("pk").pk


def coded(name: str, corpus: Corpus) -> Round:
    """The open coding round for those who code, the closed one for everybody else."""
    is_open = name in ("round_code", "round_state")
    return Round.objects.get(corpus=corpus, closed_at__isnull=is_open)


def invitation(corpus: Corpus, role: str = "annotator") -> str:
    """The secret of an open invitation."""
    admin = Member.objects.get(corpus=corpus, user__username="helena")
    with writing(by=admin) as op:
        return corpora.invite(op, role)[1]


def client_of(who: str) -> Client:
    """A client of Django's, logged in by password just now as one of the demo's people ("" for nobody)."""
    client = Client(headers={"accept-language": "en"})
    if who:
        client.force_login(User.objects.get(username=who))
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time(), "username": who}]
        session.save()
    return client


def answers(corpus: Corpus) -> Iterator[tuple[Visit, HttpResponse]]:
    """Each address with what it answers to the person who may most."""
    secret = invitation(corpus)
    clients = {who: client_of(who) for who in ("helena", "liwei", "wangruoxi", "chensi")}
    for name, route in routes():
        if name == "robots":
            continue  # words for machines
        who = NAMED.get(name, ("helena", ""))[0]
        path = filled(name, route, corpus, secret)
        if path:
            yield Visit(name, path, who), clients[who].get(path)


def is_page(response: HttpResponse) -> bool:
    """A whole page, not a redirect, a fragment or data."""
    html = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    return response.status_code == 200 and html and b"<html" in response.content[:200]


#: Further states of pages that look different with other data.
STATES = {
    "claim being checked": "/statements/C-6/",
    "claim in review": "/statements/C-9/",
    "proposal": "/statements/P-1/",
    "raw text": "/documents/2/?view=raw",
    "repairs": "/documents/2/?view=repairs",
    "results": "/search/?q=国际",
    "no result": "/search/?q=qwertz",
    "filtered": "/documents/?q=qwertz",
    "no source": "/sources/?q=qwertz",
    "changes of checks": "/history/?kind=checking",
}
#: Pages that somebody who may only read sees otherwise.
READ_ONLY = ("/", "/documents/2/facts/", "/statements/C-6/", "/statements/P-1/", "/codebook/", "/members/")
#: Published checks: paused, withdrawn, corrected, and what was published first.
PUBLIC = ("/", "/C-5/", "/C-99/", "/C-26/", "/C-26/versions/1/", "/C-38/")
#: What people meet who are not logged in.
OUTSIDE = ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/invite/nothing/")


def more(corpus: Corpus) -> list[Visit]:
    """Pages in other states, for other people, for nobody, and the pages that say no."""
    base = f"/c/{corpus.slug}"
    proposal = Statement.objects.filter(corpus=corpus, kind="proposal", work="untriaged").values_list("pk", flat=True)[
        0
    ]
    return [
        *[Visit(name, base + path) for name, path in STATES.items()],
        Visit("triage of a proposal", f"{base}/triage/?id={proposal}"),
        Visit("nothing there", "/nothing/here/"),
        *[Visit(f"viewer: {path}", base + path, "amara") for path in READ_ONLY],
        Visit("forbidden", f"{base}/codebook/tags/1/", "amara"),
        Visit("not one's check", f"{base}/statements/C-6/check/", "wangruoxi"),
        *[Visit("outside", path, "") for path in OUTSIDE],
        *[Visit("public", f"/p/{corpus.slug}{path}", "") for path in PUBLIC],
        Visit("invited", f"/invite/{invitation(corpus, 'viewer')}/", ""),
    ]


def of_empty(corpus: Corpus) -> list[Visit]:
    """The pages of a corpus in which nothing is yet, for its admin and for a viewer."""
    start = "c/<slug:slug>"
    plain = [
        route.removeprefix(start) for _name, route in routes() if route.startswith(start) and route.count("<") == 1
    ]
    admin = [Visit(f"empty: {path}", f"/c/{corpus.slug}{path}") for path in plain]
    readers = ("/", "/documents/", "/sources/", "/codebook/")
    return admin + [Visit(f"empty, viewer: {path}", f"/c/{corpus.slug}{path}", "amara") for path in readers]
