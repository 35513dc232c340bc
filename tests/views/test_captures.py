"""Capturing on the page of a source: asked, waited for, seen; what went wrong in words, and offline installations."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from annotations.models import Capture, Source
from annotations.services import captures
from tests.views.people import People, field_value, words
from tests.web import Web, page
from tests.web import web as opened

URL = "http://site.test/report"
FORM = {"title": "Register", "type": "dataset", "url": URL}


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Web]:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    with opened(monkeypatch) as found:
        yield found


def test_a_source_is_captured_as_it_is_added(people: People, web: Web) -> None:
    web.pages["/report"] = page("There were 233 cases.", "The register of incidents")
    shown = people.done("checker", "source_new", **FORM, capture="on")
    assert "Waiting for capture" in words(shown) and "Capture now" not in shown
    source = Source.objects.get()
    assert f'data-live-of="source {source.pk} -"' in shown
    captures.run(Capture.objects.get().pk)
    shown = people.get("checker", "source_detail", source.pk)
    assert "There were 233 cases." in shown and "Capture again" in shown and "<article>" not in shown.split("<main")[0]
    snapshot = people.get("viewer", "source_snapshot", source.pk, source.snapshots.get().pk)
    assert URL in snapshot and source.snapshots.get().sha256 in snapshot


def test_what_the_page_states_is_proposed_and_taken_over_by_hand(people: People, web: Web) -> None:
    head = '<link rel="canonical" href="https://site.test/canonical"><meta name="author" content="Li Na">'
    web.pages["/report"] = page("There were 233 cases.", "The register of incidents", head)
    people.done("checker", "source_new", **FORM, capture="on")
    captures.run(Capture.objects.get().pk)
    source = Source.objects.get()
    shown = words(people.get("checker", "source_detail", source.pk))
    assert "Proposed from the snapshot" in shown and "The register of incidents" in shown and "Li Na" in shown
    assert "Proposed from" not in words(people.get("viewer", "source_detail", source.pk))
    form = people.get("checker", "source_edit", source.pk, query="?proposed=1")
    assert field_value(form, "title") == "The register of incidents" and field_value(form, "authors") == "Li Na"
    assert "not saved yet" in words(form)
    source.refresh_from_db()
    assert source.title == "Register"
    assert field_value(people.get("checker", "source_edit", source.pk), "title") == "Register"
    people.done("checker", "source_edit", source.pk, **FORM | {"title": "The register of incidents"}, authors="Li Na")
    assert field_value(people.get("checker", "source_edit", source.pk), "title") == "The register of incidents"


def test_why_it_was_not_captured_stands_on_the_page(people: People, web: Web) -> None:
    people.done("checker", "source_new", **FORM | {"url": "http://site.test/secret"}, capture="on")
    web.names["site.test"] = ["10.0.0.1"]
    captures.run(Capture.objects.get().pk)
    source = Source.objects.get()
    shown = people.get("viewer", "source_detail", source.pk)
    assert "Not allowed" in words(shown) and "Only public addresses are captured." in words(shown)
    assert people.url("source_capture", source.pk) not in shown
    shown = people.done("checker", "source_capture", source.pk)
    assert "Waiting for capture" in words(shown) and Capture.objects.count() == 2
    web.names["site.test"] = ["93.184.216.34"]
    web.pages["/secret"] = lambda handler: handler.give(b"", status=503)
    captures.run(Capture.objects.latest("id").pk)
    shown = words(people.get("viewer", "source_detail", source.pk))
    assert "has a fault of its own (503)" in shown and "Tried again at" in shown
    assert "could not be captured" in words(people.get("viewer", "history"))


def test_an_installation_that_fetches_nothing_says_so(people: People, web: Web, settings: Settings) -> None:
    settings.AIGOV_FETCH = False
    assert "does not fetch pages" in words(people.get("checker", "source_new"))
    shown = people.done("checker", "source_new", **FORM, capture="on")
    assert "does not fetch pages" in words(shown) and "Capture now" not in shown and not Capture.objects.exists()
    shown = people.done("checker", "source_capture", Source.objects.get().pk)
    assert "does not fetch pages" in words(shown) and not Capture.objects.exists()
