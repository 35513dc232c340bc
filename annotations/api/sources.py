"""Sources, their snapshots and the evidence taken from them, over HTTP."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import path

from annotations.api import bodies
from annotations.api.door import answer, api
from annotations.api.rows import item as row_item
from annotations.api.rows import make
from annotations.api.statements import statement_for
from annotations.http import fields, requests, shapes_checks, shapes_sources
from annotations.http.paging import page_of, page_together
from annotations.models import Answer, Evidence, Member, Snapshot, Source
from annotations.rules import roles
from annotations.rules.errors import Invalid, Missing, noop
from annotations.services import access, sources, verifications
from annotations.services import snapshots as snapshots_service
from annotations.services.op import Op


@api("GET", "POST")
def collection(request: HttpRequest, corpus: int) -> HttpResponse:
    """GET ?q=: sources by title, publisher, identifier, address. POST: a new one by its fields or a `citation`; `text`
    or a multipart `file` becomes its first snapshot."""
    member = access.member_in(request.user, corpus_id=corpus)
    if request.method == "POST":
        roles.check(member.role, "add_source")
        body = filed(request) if is_form(request) else requests.body_of(request, bodies.SOURCE_NEW)
        return make(request, member, Source, lambda op: sources.create(op, **body), shapes_sources.source)
    requests.check_query(request, {"q"})
    rows = Source.objects.filter(corpus=member.corpus, removed_at=None)
    for word in requests.query_text(request, "q").split():
        named = Q(title__icontains=word) | Q(publisher__icontains=word)
        rows = rows.filter(named | Q(identifier__icontains=word) | Q(url__icontains=word))
    return answer(page_together(request, rows.order_by("title", "id"), shapes_sources.sources))


def is_form(request: HttpRequest) -> bool:
    return request.content_type == "multipart/form-data"


def filed(request: HttpRequest) -> dict[str, Any]:
    """The fields and the `file` of a multipart form; the file is read before the transaction."""
    given: dict[str, Any] = dict(request.POST.items())
    if "authors" in given:
        given["authors"] = request.POST.getlist("authors")
    if "again" in given:
        given["again"] = given["again"] in ("1", "true")
    given = fields.read(given, bodies.SOURCE_NEW)
    material = material_of(request)
    return {"title": material.proposed.get("title") or material.file_name, **given, "material": material}


def material_of(request: HttpRequest) -> snapshots_service.Material:
    upload = request.FILES.get("file")
    if upload is None:
        raise Invalid("file_missing", noop("Send the file in the field “file”."), field="file")
    return snapshots_service.uploaded(upload.read(), upload.name or "")


@api("GET", "PATCH", "DELETE")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    row, member = access.row_for(request.user, Source.objects.all(), pk)
    body = requests.body_of(request, bodies.SOURCE) if request.method == "PATCH" else {}
    return row_item(
        request, member, row, shapes_sources.source,
        change=lambda op, found: sources.update(op, found, **body), remove=sources.remove,
    )  # fmt: skip


@api("GET", "POST")
def snapshots(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what was archived. POST {text} or a multipart `file`: archive what the source says today; the same words are
    kept once."""
    row, member = access.row_for(request.user, Source.objects.filter(removed_at=None), pk)
    if request.method == "POST":
        roles.check(member.role, "add_source")
        if is_form(request):
            material = material_of(request)
        else:
            material = snapshots_service.pasted(requests.body_of(request, bodies.SNAPSHOT)["text"])

        def act(op: Op) -> Snapshot:
            return snapshots_service.store(op, row, material).snapshot

        return make(request, member, Snapshot, act, shapes_sources.snapshot)
    requests.check_query(request, ())
    rows = row.snapshots.order_by("id")
    return answer(page_of(request, rows, shapes_sources.snapshot))


@api("GET")
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """One snapshot with its text."""
    row, _ = access.row_for(request.user, Snapshot.objects.filter(source__removed_at=None), pk)
    return answer({**shapes_sources.snapshot(row), "text": row.text})


@api("GET", "POST")
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: evidence on a statement, the stance null while it is private. POST {source, stance, quote ...}; of a
    selection also {start, end}; with {answer} it counts there at once."""
    row, member = statement_for(request, pk)
    if request.method != "POST":
        requests.check_query(request, ())
        rows = row.evidence.filter(removed_at=None).order_by("id")
        return answer(page_together(request, rows, lambda found: shapes_checks.evidence_for(found, member)))
    body = requests.body_of(request, bodies.EVIDENCE_NEW)
    source = source_of(member, body.pop("source"))
    body["snapshot"] = snapshot_of(source, body.pop("snapshot", None))
    under = answer_of(member, body.pop("answer", None))

    def act(op: Op) -> Evidence:
        made = sources.add_evidence(op, row, source, **body)
        return verifications.place(op, made, under) if under else made

    return make(request, member, Evidence, act, lambda made: shapes_checks.evidence_for([made], member)[0])


def source_of(member: Member, pk: int) -> Source:
    found = Source.objects.filter(corpus=member.corpus, removed_at=None, pk=pk).first()
    if found is None:
        raise Missing("source_unknown", noop("There is no such source in this corpus."), field="source")
    return found


def snapshot_of(source: Source, pk: int | None) -> Snapshot | None:
    if pk is None:
        return None
    found = source.snapshots.filter(pk=pk).first()
    if found is None:
        raise Missing("snapshot_unknown", noop("This source has no such snapshot."), field="snapshot")
    return found


@api("GET", "PATCH", "DELETE")
def evidence_item(request: HttpRequest, pk: int) -> HttpResponse:
    """PATCH: stance, quote ..., and `answer`: where in the check under way it counts (null: not used yet)."""
    row, member = access.row_for(request.user, Evidence.objects.all(), pk)
    body = requests.body_of(request, bodies.EVIDENCE_CHANGE) if request.method == "PATCH" else {}

    def change(op: Op, found: Evidence) -> None:
        if "answer" in body:
            verifications.place(op, found, answer_of(member, body.pop("answer")))
        if body:
            sources.update_evidence(op, found, **body)

    return row_item(
        request, member, row, lambda found: shapes_checks.evidence_for([found], member)[0],
        change=change, remove=sources.remove_evidence,
    )  # fmt: skip


def answer_of(member: Member, pk: int | None) -> Answer | None:
    if pk is None:
        return None
    found = Answer.objects.filter(corpus=member.corpus, pk=pk).select_related("question__verification__author").first()
    if found is None:
        raise Missing("answer_unknown", noop("There is no such answer in this corpus."), field="answer")
    return found


urls: list[Any] = [
    path("corpora/<int:corpus>/sources/", collection, name="api_sources"),
    path("sources/<int:pk>/", item, name="api_source"),
    path("sources/<int:pk>/snapshots/", snapshots, name="api_snapshots"),
    path("snapshots/<int:pk>/", snapshot, name="api_snapshot"),
    path("statements/<int:pk>/evidence/", evidence, name="api_evidence"),
    path("evidence/<int:pk>/", evidence_item, name="api_evidence_item"),
]
