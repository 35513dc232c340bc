"""The stage of the permission matrix: a corpus with one of everything, its people signed in, and how they ask."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from annotations.models import Annotation, Event, Layer, Member, Round, Source, Tag, User
from annotations.rules.vocabulary import ROLES
from annotations.services import annotations, corpora, imports_steps, new_versions
from annotations.services.op import writing
from tests import checks, published
from tests.api.routes import routes
from tests.api.world import World, make_world, place
from tests.factories import NOW, Cast, make_user, mark
from tests.rights import Ask

NOBODY, STRANGER, FORMER = "nobody", "stranger", "former"
OUTSIDE = (STRANGER, FORMER)
PEOPLE = (*ROLES.codes, *OUTSIDE, NOBODY)
ROUTES = {route.name: route for route in routes() if route.name not in ("api/", "api/<path:rest>")}
LAYERED = "Curlew: coded alone, in a round that is open."
#: What stands behind the id or the label of a page, by its address; the rest is the API's (tests/api/world.py).
ROWS = {
    "document_facts": "document", "document_remove": "document", "document_read": "document",
    "version_list": "document", "version_preview": "document", "version_changes": "document",
    "document_suggest": "document",
    "document_beside": "document", "document_shared": "document", "document_shared_with": "document",
    "annotation_permalink": "annotation", "token_revoke": "token", "view_change": "view", "source_detail": "source",
    "source_edit": "bare_source", "source_capture": "addressed", "source_snapshot": "source",
    "source_describe": "source",
    "tag_new": "tag_set", "tag_edit": "tag", "tag_merge": "tag", "tag_split": "tag", "tag_place": "tag",
    "invitation_revoke": "invitation",
    "tracker_pane": "claim", "statement_detail": "claim", "check_edit": "written", "quotation_judge": "written",
    "review_blind": "claim", "statement_others": "claim", "statement_biography": "claim",
    "statement_merge": "open_claim", "statement_split": "open_claim", "statement_undo": "claim",
    "round_detail": "round", "round_state": "round", "round_code": "round", "round_agreed": "closed_round",
    "round_table": "closed_round", "round_places": "closed_round", "webhook_detail": "webhook",
    "statement_dossier": "published", "dossier_text": "published", "public_check": "published",
    "public_version": "published", "statement_publish": "published",
}  # fmt: skip


@dataclass
class Scene:
    """The world, its people signed in, and what only the matrix needs of it."""

    world: World
    clients: dict[str, Client]
    extra: dict[str, Any]


def make_scene() -> Scene:
    world, former = make_world(), make_user("former")
    cast = world.cast
    with writing(by=cast["admin"]) as op:
        member = corpora.add_member(op, former, "admin")
        corpora.remove_member(op, Member.objects.get(pk=member.pk))
        _, secret = corpora.invite(op, "viewer")
        corpora.update(op, publisher_name="The desk", publisher_contact="desk@example.org", publisher_policy="Open.")
    removed = mark(cast["annotator"], world.document, "tests are needed")
    with writing(by=cast["annotator"]) as op:
        annotations.remove(op, removed, "")
    world.unused = Source.objects.get(corpus=cast.corpus, title="Unused")  # type: ignore[attr-defined]
    kept = imports_steps.start(cast["annotator"], b"quote,document\nExperts agree,Test\n", "old.csv")
    world.other_tag = Tag.objects.filter(tag_set=world.tag_set).exclude(pk=world.tag.pk)[0]  # type: ignore[attr-defined]
    world.removed = removed  # type: ignore[attr-defined]
    reviewed = {name: f"Reviewed words {name}." * 5 for name in ("WHY", "ANSWER", "LIMITS", "BLIND_WHY")}
    with patch.multiple(checks, **reviewed):  # these everybody may read
        world.approved = checks.approve(cast, checks.make_claim(cast))  # type: ignore[attr-defined]
    world.published = published.correct(cast, published.publish(cast), "We read it wrongly.")  # type: ignore[attr-defined]
    world.aside = checks.move(cast, "annotator", checks.make_claim(cast), "set_aside", reason="opinion")  # type: ignore[attr-defined]
    world.layered = layered(cast, world)  # type: ignore[attr-defined]
    users: dict[str, User] = {role: cast.user(role) for role in ROLES.codes} | {STRANGER: cast.stranger, FORMER: former}
    clients = {NOBODY: Client()}
    for person, user in users.items():
        clients[person] = Client()
        clients[person].force_login(user)
    draft = new_versions.begin(cast["annotator"], world.document, text="Safety first. And nothing of the rest.")
    return Scene(world, clients, {"secret": secret, "kept": kept.uid, "draft": draft.kept.uid})


def address(scene: Scene, ask: Ask) -> str:
    """Where the world keeps what is asked for."""
    world, route = scene.world, ROUTES[ask.name]
    query = ask.query.format(annotation=world.annotation.pk, open_claim=world.open_claim.pk, view=world.view.pk)
    if route.path.startswith("api/"):
        found = place(world, ask.name, route.names)
        if ask.row:
            found["pk"] = getattr(world, ask.row).pk
        return reverse(ask.name, kwargs=found) + query
    row: Any = getattr(world, ask.row or ROWS.get(ask.name, ""), None)
    statement = getattr(row, "statement", row)
    known: dict[str, Any] = {
        "slug": world.cast.corpus.slug, "pk": getattr(row, "pk", None), "label": getattr(statement, "label", ""),
        "secret": scene.extra["secret"], "action": "due", "number": 2 if ask.name == "edition_detail" else 1,
        "shot": world.snapshot.pk, "name": "csv", "other": world.document.pk,
    }  # fmt: skip
    known["uid"] = {
        "iri_annotation": world.annotation.uid, "iri_document": world.document.uid, "import_step": scene.extra["kept"],
        "version_preview": scene.extra["draft"],
    }.get(ask.name, world.version.uid)  # fmt: skip
    known["document"] = row.documents.get().pk if isinstance(row, Round) else world.document.uid
    if ask.name == "member_change":
        known["pk"] = world.cast["viewer"].pk
    return reverse(ask.name, kwargs={name: known[name] for name in re.findall(r"<\w+:(\w+)>", route.path)}) + query


def request(scene: Scene, person: str, ask: Ask) -> HttpResponse:
    """Ask as this person; whatever is done is undone."""
    client, path, body = scene.clients[person], address(scene, ask), ask.body(scene.world)
    headers = {"If-Match": "*"} if ask.method in ("PATCH", "DELETE") or ask.name in MATCHED else {}
    file = body.get("file")
    if file:
        body = {**body, "file": SimpleUploadedFile(*file)}
    with transaction.atomic():
        if ask.method == "POST" and (file or not ask.name.startswith("api_")):
            response: Any = client.post(path, body, headers=headers)
        else:
            data = b"" if ask.method in ("GET", "HEAD", "OPTIONS") else json.dumps(body).encode()
            response = client.generic(ask.method, path, data, "application/json", headers=headers)
        response.content_read = b"".join(response.streaming_content) if response.streaming else response.content
        response.written = Event.objects.count()
        transaction.set_rollback(True)
    return response


def layered(cast: Cast, world: World) -> Annotation:
    """A passage of the annotator in a blind round that is open."""
    found = mark(cast["annotator"], world.document, "Safety first", note=LAYERED)
    round_ = Round.objects.create(
        corpus=cast.corpus, name="First", codebook_version=1, created_at=NOW, created_by=cast["editor"]
    )
    layer = Layer.objects.create(round=round_, member=cast["annotator"])
    Annotation.objects.filter(pk=found.pk).update(layer=layer)
    return found


MATCHED = (
    "api_round_close", "api_transitions", "api_merge", "api_tag_merge", "api_tag_split", "api_tag_place", "api_split",
    "api_anchor",
)  # fmt: skip
