"""What is nobody else's business stays private at every address: an unreviewed verdict, a coder's open layer.

The words are put into a check and into a passage; then everybody asks for everything that the permission matrix
knows, in every export format, and nobody but those whose work it is may find them.
"""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from annotations.formats import FORMATS
from tests import checks
from tests.rights import OPEN, RIGHTS, Ask, get
from tests.views.scene import LAYERED, PEOPLE, ROUTES, Scene, request

pytestmark = pytest.mark.django_db
PRIVATE = (checks.WHY, checks.ANSWER, checks.LIMITS, checks.BLIND_WHY)
READ = [ask for ask in RIGHTS if ask.method == "GET" and ask.verb != OPEN and ask.name in ROUTES]
#: The same addresses, asked for what might tell: other rows, all columns, filters, drafts.
MORE = [
    *get("statement_detail tracker_pane statement_dossier dossier_text", row="written"), *get("review_blind", "review"),
    *get("api_verification", row="check"),
    *get("api_verifications api_evidence api_statement_events api_provenance", row="written_claim"),
    *get("api_statement", row="claim"), *get("api_annotation", row="layered"), *get("source_detail", row="used_source"),
    *get("source_detail source_snapshot source_list source_describe", query="?for=C-1&answer=1"),
    *get("tracker api_statements api_counts", query="?verdict=mostly_supported"),
    *get("tracker", query="?columns=verdict,flags,status,assignee&open=C-1"),
    *get("tracker_digest", "export", query="?include=unreviewed"),
    *get("export_page", "export", query="?include=unreviewed"),
    *get("search api_search", query="?q=register"),
    *get("api_events", query="?after=0"), *get("api_events", query="?statement=C-1"),
    *get("history", "view_history", query="?kind=checking"), *get("history", "view_history", query="?statement=C-1"),
]  # fmt: skip


@pytest.fixture
def told(scene: Scene) -> Scene:
    """The check in review, with a second verdict recorded; `written` is still being written."""
    world: Any = scene.world
    checks.record(world.cast, world.check)
    world.written_claim, world.used_source = world.written.statement, world.source
    return scene


def exports(scene: Scene, person: str) -> Iterator[tuple[str, str]]:
    """(address, all words) of every format and its loss report, with and without drafts."""
    base = f"/api/corpora/{scene.world.cast.corpus.pk}/export/"
    for name in FORMATS:
        for query in ("", "?include=unreviewed"):
            for path in (f"{base}{name}/{query}", f"{base}{name}/losses/{query}"):
                response: Any = scene.clients[person].get(path)
                yield path, words(b"".join(response.streaming_content) if response.streaming else response.content)


def words(data: bytes) -> str:
    """What can be read in an answer; packed formats are unpacked."""
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"\n".join(packed.read(name) for name in packed.namelist())
    return html.unescape(data.decode("utf-8", "replace"))


def everything(scene: Scene, person: str) -> Iterator[tuple[str, str]]:
    for ask in (*READ, *MORE):
        response: Any = request(scene, person, ask)
        yield f"{ask} {ask.row}{ask.query}", words(response.content_read)
    yield from exports(scene, person)


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_reads_what_is_not_theirs(person: str, told: Scene) -> None:
    """The checker wrote both checks and the reviewer recorded a verdict on one; the annotator coded alone."""
    found: dict[str, set[str]] = {}
    for where, text in everything(told, person):
        for secret in (*PRIVATE, LAYERED):
            if secret in text:
                found.setdefault(secret, set()).add(where)
    theirs = {"checker": PRIVATE, "reviewer": PRIVATE, "annotator": (LAYERED,)}.get(person, ())
    assert {secret: places for secret, places in found.items() if secret not in theirs} == {}
    assert set(theirs) <= set(found), "nothing was looked for in the right place"


def test_before_their_own_verdict_a_reviewer_reads_nothing_either(scene: Scene) -> None:
    world: Any = scene.world
    world.written_claim, world.used_source = world.written.statement, world.source
    found = {where for where, text in everything(scene, "reviewer") for secret in PRIVATE if secret in text}
    assert found == set()


@pytest.mark.parametrize("person", ["viewer", "annotator", "editor", "admin"])
def test_filters_and_counts_know_reviewed_verdicts_only(person: str, told: Scene) -> None:
    counted: Any = request(told, person, Ask("api_statements", "GET", "read", query="?verdict=mostly_supported"))
    assert [row["id"] for row in counted.json()["results"]] == [told.world.approved.pk]  # type: ignore[attr-defined]
    numbers: Any = request(told, person, Ask("api_counts", "GET", "read", query="?verdict=mostly_supported"))
    assert numbers.json()["claims"] == 1
