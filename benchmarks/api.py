"""CPU milliseconds of the API: adding an annotation, opening a document, lists with a tag filter, search.

    python -m benchmarks.api [--documents 10000] [--json]

Requests go through the whole WSGI application (middleware, session, CSRF), one after another in one warm process; each
figure is the middle of its runs. "empty GET" is the cheapest signed-in answer, `events?after=` the last: what is
promised as a ratio is measured against it. The rows of the big corpus are written in bulk by the importer.
Promises (DESIGN.md 10): create 6 ms and 3.5 times an empty GET, 1,000 annotations 15 ms, a page of 50 with tag filter
20 ms, a page of 20 hits 20 ms, counts exact.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from benchmarks import corpus

DOCUMENTS = 10_000
CHARACTERS = 1_500
BATCH = 50
RUNS = 40
ANNOTATIONS = 1_000  # in the document that is opened
HOST = "127.0.0.1"
WORDS = {
    "1 character": "险", "2 characters": "风险", "4 characters": "算法备案", "rare": "豁免", "both": "风险 标准",
    "either": "风险 OR 标准", "without": "风险 -标准", "number": "三成", "part": "*report* 风险",
    "field": "风险 in:风险报告",
}  # fmt: skip


class Desk:
    """A signed-in browser without the browser: one request is one call of the WSGI application."""

    def __init__(self, user: Any) -> None:
        from django.test import Client

        from aigov.wsgi import application

        client = Client(headers={"host": HOST})
        client.force_login(user)
        client.get("/accounts/logout/")  # a form: its cookie is the CSRF token's
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        self.application, self.token = application, cookies["csrftoken"]
        self.cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def send(self, method: str, path: str, body: object = None, key: str = "") -> tuple[int, bytes]:
        """Status and body of one request."""
        path, _, query = path.partition("?")
        data = b"" if body is None else json.dumps(body).encode()
        environ = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": HOST,
            "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": HOST, "HTTP_COOKIE": self.cookies,
            "HTTP_X_CSRFTOKEN": self.token, "CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(data)),
            "HTTP_ORIGIN": f"http://{HOST}", "wsgi.input": io.BytesIO(data), "wsgi.errors": io.StringIO(),
            "wsgi.url_scheme": "http", "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": False,
            "wsgi.run_once": False, "REMOTE_ADDR": HOST,
        }  # fmt: skip
        if key:
            environ["HTTP_IDEMPOTENCY_KEY"] = key
        told: list[str] = []
        answer = self.application(environ, lambda status, headers, info=None: told.append(status))
        found = b"".join(answer)
        close = getattr(answer, "close", None)
        if close:
            close()
        return int(told[0].split()[0]), found

    def read(self, path: str) -> Any:
        status, body = self.send("GET", path)
        assert status == 200, (status, path, body[:500])
        return json.loads(body)


def middle(work: Callable[[int], object], runs: int = RUNS) -> float:
    """The middle CPU time of some runs in milliseconds, after five that warm up."""
    taken = []
    for number in range(-5, runs):
        start = time.process_time()
        work(number)
        if number >= 0:
            taken.append((time.process_time() - start) * 1000)
    return round(statistics.median(taken), 2)


def run(documents: int = DOCUMENTS) -> dict[str, Any]:
    """All figures; see the module."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aigov.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from annotations.models import User
    from annotations.services import corpora

    user = User.objects.create_user(username="bench", password="a long enough password")
    desk = Desk(user)
    small, big = (corpora.create(user=user, name=name) for name in ("Small", "Big"))
    found = {**writing(desk, small), **opening(desk, small)}
    began = time.process_time()
    fill(big, documents)
    built = round(time.process_time() - began, 1)
    return {**found, **lists(desk, big), **searches(desk, big), "documents": documents, "built cpu s": built}


def members_of(made: Any) -> Any:
    from annotations.models import Member

    return Member.objects.select_related("corpus").get(corpus=made)


def tags_of(made: Any) -> list[int]:
    from annotations.models import Tag

    return list(Tag.objects.filter(corpus=made, tag_set__scope="annotation").values_list("pk", flat=True))


def writing(desk: Desk, made: Any) -> dict[str, Any]:
    """Adding an annotation: alone, with a tag, with a claim; against the cheapest signed-in GET."""
    text = corpus.document(1, 20_000).text
    status, body = desk.send("POST", f"/api/corpora/{made.pk}/documents/", {"text": text, "title": "Write"})
    assert status == 201, body
    here, tag = f"/api/documents/{json.loads(body)['id']}/annotations/", tags_of(made)[0]

    def add(number: int, **more: object) -> None:
        start = 20 * (number + 10)
        status, body = desk.send(
            "POST", here, {"start": start, "end": start + 12, **more}, key=f"{sorted(more)}-{number}"
        )
        assert status == 201, body

    empty = middle(lambda _: desk.read(f"/api/corpora/{made.pk}/events/?after=999999999"))
    create = middle(add)
    found = {"empty GET ms": empty, "create ms": create, "create ratio": round(create / empty, 2)}
    found["create with a tag ms"] = middle(lambda number: add(number, tags=[tag]))
    found["create with a claim ms"] = middle(lambda number: add(number, statements=[{"kind": "claim"}]))
    return found


def opening(desk: Desk, made: Any) -> dict[str, Any]:
    """Opening a document with 1,000 annotations, each with a tag; a tenth with a claim."""
    from annotations.models import Document
    from annotations.services import annotations
    from annotations.services.annotations import Span
    from annotations.services.occurrences import Wanted
    from annotations.services.op import writing as op_of

    text = corpus.document(2, 40_000).text
    _, body = desk.send("POST", f"/api/corpora/{made.pk}/documents/", {"text": text, "title": "Open"})
    document = Document.objects.select_related("current").get(pk=json.loads(body)["id"])
    tags = tags_of(made)
    with op_of(by=members_of(made)) as op:
        for number in range(ANNOTATIONS):
            wanted = [Wanted(kind="claim")] if number % 10 == 0 else []
            span = Span(30 * number, 30 * number + 20)
            annotations.create(op, document, span, tags=[tags[number % len(tags)]], wanted=wanted)
    here = f"/api/documents/{document.pk}/annotations/"
    assert desk.read(here)["count"] == ANNOTATIONS
    return {"open 1,000 ms": middle(lambda _: desk.send("GET", here))}


def fill(made: Any, documents: int) -> None:
    """So many documents with 20 tagged annotations each; every fifth document has a claim."""
    from annotations.services import bulk_load
    from annotations.services import documents as service
    from annotations.services.op import writing as op_of

    member = members_of(made)
    with op_of(by=member) as op:
        batch = service.new_batch(op, "bench")
    for group in groups(corpus.documents(documents, CHARACTERS), tags_of(made)):
        with op_of(by=member) as op:
            bulk_load.store(op, group, batch, again=True)


def groups(samples: Iterator[corpus.Sample], tags: list[int]) -> Iterator[list[Any]]:
    """Documents made ready, some at a time."""
    from annotations.records import SourceText
    from annotations.services import bulk_load
    from annotations.services import documents as service
    from annotations.text.blocks import from_plain

    found: list[Any] = []
    for sample in samples:
        source = SourceText(text=sample.text, blocks=tuple(from_plain(sample.text)), reader="txt")
        marks = [bulk_load.Mark(start, end, (tags[tag % len(tags)],)) for start, end, tag in sample.spans]
        found.append(bulk_load.ready(service.prepare(source), sample.title, marks=marks))
        if len(found) == BATCH:
            yield found
            found = []
    if found:
        yield found


def lists(desk: Desk, made: Any) -> dict[str, Any]:
    """Pages of 50: documents by tag, all documents, statements; and whether the count is what counting gives."""
    from annotations.models import AnnotationTag

    tag = tags_of(made)[0]
    documents, statements = f"/api/corpora/{made.pk}/documents/", f"/api/corpora/{made.pk}/statements/"
    live = AnnotationTag.objects.filter(tag=tag, corpus=made, annotation__removed_at=None, document__removed_at=None)
    exact = live.values("document").distinct().count() == desk.read(f"{documents}?tag={tag}")["count"]
    return {
        "documents by tag ms": middle(lambda _: desk.read(f"{documents}?tag={tag}")),
        "documents by tag, last page ms": middle(lambda _: desk.read(f"{documents}?tag={tag}&page=40"), 15),
        "documents ms": middle(lambda _: desk.read(documents)),
        "statements ms": middle(lambda _: desk.read(statements)),
        "counts exact": int(exact),
    }


def searches(desk: Desk, made: Any) -> dict[str, Any]:
    """A page of 20 sentences: words of different lengths, operators, a number in another spelling, a part of a word, a
    filter; and what all kinds together cost to count."""
    found: dict[str, Any] = {}
    for name, word in WORDS.items():
        here = f"/api/corpora/{made.pk}/search/?q={quote(word)}"
        found[f"search {name} ms"] = middle(lambda _, here=here: desk.read(here), 15)  # type: ignore[misc]
        found[f"search {name} sentences"] = desk.read(here)["count"]
    marked = f"/api/corpora/{made.pk}/search/?kind=annotation&q={quote('风险 tag:Safety')}"
    found["search marked ms"] = middle(lambda _: desk.read(marked), 15)
    found["search marked annotations"] = desk.read(marked)["count"]
    counted = f"/api/corpora/{made.pk}/search/?kind=all&q={quote(WORDS['2 characters'])}"
    return found | {"search counts of all kinds ms": middle(lambda _: desk.read(counted), 15)}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    figures = run(asked.documents)
    if asked.json:
        print(json.dumps(figures))
    else:
        for label, value in figures.items():
            print(f"{label:36} {value}")
