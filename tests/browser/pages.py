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

from annotations.models import Annotation, Corpus, Document, Invitation, Member, Source, Statement, Tag, TagSet, User
from annotations.services import corpora
from annotations.services.op import writing

#: Not pages of ours: the admin is Django's, the API has its own tests and answers in JSON.
OTHERS = ("admin/", "api/")
#: Who may see what an administrator may not, and the number there.
NAMED = {"check_edit": ("liwei", "C-6"), "review_blind": ("wangruoxi", "C-9")}


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
        "documents/": lambda: first(Document, corpus),
        "statements/": lambda: label,
        "pane/": lambda: label,
        "bulk/": lambda: "assign",
        "views/": lambda: 0,
        "sources/": lambda: first(Source, corpus),
        "sets/": lambda: first(TagSet, corpus),
        "tags/": lambda: first(Tag, corpus),
        "members/": lambda: first(Member, corpus),
        "invitations/": lambda: first(Invitation, corpus),
        "invite/": lambda: secret,
        "keys/": lambda: 0,
        "annotations/": lambda: corpus.slug,
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
    clients = {who: client_of(who) for who in ("helena", "liwei", "wangruoxi")}
    for name, route in routes():
        who = NAMED.get(name, ("helena", ""))[0]
        path = filled(name, route, corpus, secret)
        if path:
            yield Visit(name, path, who), clients[who].get(path)


def is_page(response: HttpResponse) -> bool:
    """A whole page, not a redirect, a fragment or data."""
    html = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
    return response.status_code == 200 and html and b"<html" in response.content[:200]


def more(corpus: Corpus) -> list[Visit]:
    """Further states of pages that look different with other data or for other people."""
    base = f"/c/{corpus.slug}"
    secret = invitation(corpus, "viewer")
    states = {
        "claim being checked": "/statements/C-6/", "claim in review": "/statements/C-9/", "proposal": "/statements/P-1/",
        "claim aside": "/statements/C-113/", "raw text": "/documents/2/?view=raw",
        "repairs": "/documents/2/?view=repairs", "results": "/search/?q=国际", "no result": "/search/?q=qwertz",
        "filtered": "/documents/?q=qwertz", "no source": "/sources/?q=qwertz", "changes of checks": "/history/?subject=verification",
        "triage of a proposal": f"/triage/?id={Statement.objects.filter(corpus=corpus, kind='proposal', work='untriaged').first().pk}",
        "tracker of the queued": "/tracker/?status=queued",
    }  # fmt: skip
    found = [Visit(name, base + path) for name, path in states.items()]
    found += [Visit("all corpora", "/?all=1"), Visit("nothing there", "/nothing/here/")]
    found += [Visit(f"viewer: {path}", base + path, "amara") for path in VIEWER_SEES]
    found += [Visit("forbidden", f"{base}/codebook/tags/1/", "amara"), Visit("not one's check", f"{base}/statements/C-6/check/", "wangruoxi")]  # fmt: skip
    found += [Visit("login", "/accounts/login/", ""), Visit("sign-up closed", "/accounts/signup/", "")]
    found += [Visit("password forgotten", "/accounts/password/reset/", ""), Visit("told", "/accounts/password/reset/done/", "")]
    return [*found, Visit("invited", f"/invite/{secret}/", ""), Visit("invitation gone", "/invite/nothing/", "")]


VIEWER_SEES = ("/", "/documents/", "/documents/2/facts/", "/statements/C-6/", "/statements/P-1/", "/sources/", "/sources/1/", "/codebook/", "/members/")  # fmt: skip


def of_empty(corpus: Corpus) -> list[Visit]:
    """The pages of a corpus in which nothing is yet, for its admin and for a viewer."""
    plain = [route.partition("<slug:slug>")[2] for _name, route in routes() if route.startswith("c/<slug:slug>") and route.count("<") == 1]  # fmt: skip
    admin = [Visit(f"empty: {path}", f"/c/{corpus.slug}{path}") for path in plain]
    return admin + [Visit(f"empty, viewer: {path}", f"/c/{corpus.slug}{path}", "amara") for path in ("/", "/documents/", "/sources/", "/codebook/")]  # fmt: skip
