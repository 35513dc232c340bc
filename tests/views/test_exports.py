"""The export page: the loss report first, then the download, with the filter of the Tracker."""

from __future__ import annotations

import pytest
from django.test import Client

from annotations.models import Tag
from tests.services.everything import Everything, make_everything

pytestmark = pytest.mark.django_db


def page(everything: Everything, query: str = "", role: str = "viewer", language: str = "en") -> str:
    client = Client()
    client.force_login(everything.cast.user(role))
    response = client.get(f"/c/everything/export/{query}", headers={"Accept-Language": language})
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def test_the_loss_report_stands_before_the_button() -> None:
    everything = make_everything()
    html = page(everything)
    report, button = html.index("Full texts and earlier versions of documents: 2."), html.index("Download CSV")
    assert report < button
    assert f'href="/api/corpora/{everything.corpus.pk}/export/csv/"' in html
    assert 'download="everything-20' in html
    assert [name in html for name in ("CSV table", "Complete dump (JSON)", "W3C Web Annotation")] == [True] * 3


def test_the_filter_of_the_tracker_goes_along_in_words() -> None:
    everything = make_everything()
    tag = Tag.objects.filter(corpus=everything.corpus).earliest("pk")
    html = page(everything, f"?format=xlsx&kind=claim&tag={tag.pk}&ordering=-updated")
    assert "Kind: <strong>Claim</strong>" in html and f"Tag: <strong>{tag.label}</strong>" in html
    address = f"/api/corpora/{everything.corpus.pk}/export/xlsx/?kind=claim&amp;tag={tag.pk}&amp;ordering=-updated"
    assert f'href="{address}"' in html
    assert html.count("Only what this filter lets through") == 1
    assert "everything-selection-" in html


def test_the_dump_says_that_it_holds_everything() -> None:
    html = page(make_everything(), "?format=json")
    assert "the same to the last byte" in html and "Events of the history" in html


def test_unreviewed_verdicts_are_offered_to_those_who_check() -> None:
    everything = make_everything()
    assert 'value="unreviewed"' not in page(everything)
    html = page(everything, "?include=unreviewed", "checker")
    assert 'value="unreviewed" checked' in html and "export/csv/?include=unreviewed" in html


def test_what_makes_no_sense_and_who_may_not() -> None:
    everything = make_everything()
    client = Client()
    client.force_login(everything.cast.user("viewer"))
    assert client.get("/c/everything/export/?format=pdf").status_code == 404
    assert client.get("/c/everything/export/?colour=red").status_code == 400
    client.force_login(everything.cast.stranger)
    assert client.get("/c/everything/export/").status_code == 404
