"""Sources over HTTP: captured by a job, snapshots with all that proves them, evidence that says whether it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from annotations.services import captures
from tests import checks
from tests.api.driver import Api, ok, problem
from tests.factories import Cast, make_cast
from tests.web import Web, page
from tests.web import web as opened

pytestmark = pytest.mark.django_db
URL = "http://site.test/report"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Web]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    with opened(monkeypatch) as found:
        yield found


def test_an_address_is_captured_and_quoted(cast: Cast, web: Web) -> None:
    web.pages["/report"] = page("There were 233 cases.")
    api = Api(cast.user("checker"))
    source = api.made(f"/api/corpora/{cast.corpus.pk}/sources/", {"title": "Register", "url": URL})
    here = f"/api/sources/{source['id']}/"
    assert (source["snapshots"], source["capture"]) == ([], None)
    capture = api.made(f"{here}captures/")
    assert (capture["state"], capture["reason"]) == ("queued", "")
    assert api.read(here)["capture"]["id"] == capture["id"]
    captures.run(capture["id"])
    capture = api.read(f"/api/captures/{capture['id']}/")
    source = api.read(here)
    shot = source["snapshots"][0]
    assert (capture["state"], capture["snapshot"]) == ("fetched", shot["id"])
    assert (shot["state"], shot["way"], shot["final_url"], shot["http_status"]) == ("fetched", "captured", URL, 200)
    assert "233" in api.read(f"/api/snapshots/{shot['id']}/")["text"]
    claim = checks.make_claim(cast)
    body = {"source": source["id"], "stance": "supports"}
    good = api.made(f"/api/statements/{claim.pk}/evidence/", body | {"quote": "There were ２３３ cases"})
    bad = api.made(f"/api/statements/{claim.pk}/evidence/", body | {"quote": "There were 234 cases"})
    assert (good["quote_found"], good["quote_stands"], bad["quote_found"]) == (True, True, False)
    api.made(f"{here}snapshots/", {"text": "There were 234 cases."})
    good, bad = (api.read(f"/api/evidence/{one['id']}/") for one in (good, bad))
    assert (good["quote_found"], good["quote_stands"]) == (True, False)
    assert (bad["quote_found"], bad["quote_stands"]) == (False, True)
    better = ok(api.patch(f"/api/evidence/{bad['id']}/", {"quote": "233 cases"}))
    assert (better["quote_found"], better["quote_stands"]) == (True, False)


def test_why_not_is_said(cast: Cast, web: Web, settings: Settings) -> None:
    api = Api(cast.user("checker"))
    source = api.made(f"/api/corpora/{cast.corpus.pk}/sources/", {"title": "Inside", "url": "http://127.0.0.1/"})
    capture = api.made(f"/api/sources/{source['id']}/captures/")
    captures.run(capture["id"])
    found = api.read(f"/api/sources/{source['id']}/captures/")["results"][0]
    assert (found["state"], found["code"]) == ("blocked", "fetch_not_public") and "private network" in found["reason"]
    bare = api.made(f"/api/corpora/{cast.corpus.pk}/sources/", {"title": "Bare"})
    problem(api.post(f"/api/sources/{bare['id']}/captures/"), 409, "capture_no_url")
    settings.AIGOV_FETCH = False
    problem(api.post(f"/api/sources/{source['id']}/captures/"), 409, "capture_off")
    problem(Api(cast.user("annotator")).post(f"/api/sources/{source['id']}/captures/"), 403, "role_needed")
