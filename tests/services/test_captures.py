"""Capturing a source: asked once, done by a job, tried again when that can help, and never half-stored."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from aigov import worker
from annotations import jobs
from annotations.models import Capture, Event, Evidence, Snapshot, Source
from annotations.rules.errors import Forbidden, Refused
from annotations.services import captures, fetching, files, snapshots, sources, statements
from annotations.services.op import writing
from tests.factories import Cast, make_cast
from tests.web import Web, moved, page
from tests.web import web as opened

URL = "http://site.test/report"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Web]:
    """The small web, and jobs kept in the database as in the app."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    with opened(monkeypatch) as found:
        yield found


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def make_source(cast: Cast, url: str = URL) -> Source:
    with writing(by=cast["checker"]) as op:
        return sources.create(op, title="Register", type="dataset", url=url)


def ask(cast: Cast, source: Source, role: str = "checker") -> Capture:
    with writing(by=cast[role]) as op:
        return captures.ask(op, source)


def captured(cast: Cast, source: Source) -> Capture:
    """Asked and done, however often it has to be tried."""
    capture = ask(cast, source)
    for _ in range(captures.TRIES):
        captures.run(capture.pk)
    capture.refresh_from_db()
    return capture


def quote(cast: Cast, source: Source, words: str) -> Evidence:
    with writing(by=cast["checker"]) as op:
        claim = statements.create(op, "claim", f"A claim that rests on “{words}”")
        return sources.add_evidence(op, claim, source, stance="supports", quote=words)


@pytest.mark.django_db
def test_a_page_is_kept_with_everything_that_proves_it(cast: Cast, web: Web) -> None:
    head = '<meta name="author" content="Li Na"><meta property="og:site_name" content="Ministry">'
    web.pages |= {"/report": moved("/final"), "/final": page("There were 233 incidents in 2024.", "The register", head)}
    capture = captured(cast, make_source(cast))
    assert (capture.state, capture.tries, capture.http_status, capture.reason) == ("fetched", 1, 200, {})
    shot = capture.snapshot
    assert shot is not None and shot.file is not None
    assert (shot.way, shot.mime, shot.http_status) == ("captured", "text/html", 200)
    assert (shot.final_url, shot.redirects) == ("http://site.test/final", [{"url": URL, "status": 302}])
    assert "233 incidents" in shot.text and len(shot.sha256) == 64 and shot.created_by == cast["checker"]
    assert shot.proposed["title"] == "The register" and shot.proposed["authors"] == ["Li Na"]
    assert files.read(cast.corpus, shot.file.sha256).startswith(b"\x1f\x8b") and shot.file_name == "final.html.warc.gz"
    assert [shot.text[block.start : block.end] for block in shot.blocks][-1] == "There were 233 incidents in 2024."
    kinds = [event.kind for event in Event.objects.filter(corpus=cast.corpus).order_by("seq")]
    assert kinds[-2:] == ["source.asked", "source.captured"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "told"),
    [("big5", "big5"), ("big5", "utf-8"), ("big5", "iso-8859-1"), ("utf-8", "iso-8859-1"), ("utf-8", "big5")],
)
def test_the_character_set_of_the_header_counts_unless_it_cannot_be(
    cast: Cast, web: Web, written: str, told: str
) -> None:
    text = "評測要先行，各國應當共同商定規則，並且公布測試的結果。" * 3
    body = f'<html><head><meta charset="utf-8"></head><body><p>{text}</p></body></html>'.encode(written)
    web.pages["/report"] = lambda handler: handler.give(body, mime=f"text/html; charset={told}")
    capture = captured(cast, make_source(cast))
    assert capture.snapshot is not None and capture.snapshot.text == text
    assert capture.snapshot.sha256 == hashlib.sha256(body).hexdigest()  # what is proved are the bytes that came


@pytest.mark.django_db
def test_it_is_asked_for_once_at_a_time(cast: Cast, web: Web) -> None:
    source = make_source(cast)
    assert ask(cast, source) == ask(cast, source) and DBTaskResult.objects.count() == 1
    Capture.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    ask(cast, source)  # its job seems to be lost
    assert Capture.objects.count() == 1 and DBTaskResult.objects.count() == 2


@pytest.mark.django_db
def test_who_may_ask_and_what_can_be_captured(cast: Cast, web: Web, settings: Settings) -> None:
    source = make_source(cast)
    with pytest.raises(Forbidden):
        ask(cast, source, "annotator")
    with pytest.raises(Refused, match="no address"):
        ask(cast, make_source(cast, ""))
    settings.AIGOV_FETCH = False
    with pytest.raises(Refused, match="does not fetch pages"):
        ask(cast, source)
    assert not Capture.objects.exists() and not DBTaskResult.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "state", "tries", "code"),
    [
        ("http://127.0.0.1/", "blocked", 1, "fetch_not_public"),
        ("http://site.test:22/", "blocked", 1, "fetch_address"),
        ("http://site.test/inside", "blocked", 1, "fetch_not_public"),
        ("http://site.test/missing", "failed", 1, "fetch_status"),
        ("http://site.test/broken", "failed", 3, "fetch_status"),
        ("http://nowhere.test/", "failed", 3, "fetch_unknown_host"),
        ("http://site.test/picture", "failed", 1, "fetch_type"),
        ("http://site.test/program", "failed", 1, "program"),
    ],
)
def test_what_cannot_be_captured_says_why(cast: Cast, web: Web, url: str, state: str, tries: int, code: str) -> None:
    web.pages |= {
        "/inside": moved("http://10.0.0.1/"),
        "/broken": lambda handler: handler.give(b"", status=503),
        "/picture": lambda handler: handler.give(b"x", mime="image/png"),
        "/program": lambda handler: handler.give(b"MZ\x90\x00" + b"\x00\x01" * 400, mime="application/octet-stream"),
    }
    capture = captured(cast, make_source(cast, url))
    assert (capture.state, capture.tries) == (state, tries), capture.reason
    assert capture.reason["code"] == code or code == "program", capture.reason
    problem = captures.problem_of(capture.reason)
    assert problem is not None and str(problem).endswith(".") and capture.ended_at is not None
    assert not Snapshot.objects.exists()
    assert Event.objects.order_by("-seq")[0].kind == "source.not_captured"


@pytest.mark.django_db
def test_it_is_tried_again_later_and_then_succeeds(cast: Cast, web: Web) -> None:
    web.pages["/report"] = lambda handler: handler.give(b"", status=503)
    capture = ask(cast, make_source(cast))
    captures.run(capture.pk)
    capture.refresh_from_db()
    later = captures.next_try(capture)
    assert capture.state == "queued" and later is not None and later > timezone.now() + timedelta(seconds=10)
    job = DBTaskResult.objects.get(run_after__isnull=False, run_after__lt=timezone.now() + timedelta(days=1))
    assert job.run_after == later
    web.pages["/report"] = page("233 cases.")
    captures.run(capture.pk)
    capture.refresh_from_db()
    assert (capture.state, capture.tries, capture.reason) == ("fetched", 2, {})


@pytest.mark.django_db
def test_the_same_words_are_kept_once_and_other_words_beside_them(cast: Cast, web: Web) -> None:
    source = make_source(cast)
    web.pages["/report"] = page("233 cases.", head="<meta name='clock' content='1'>")
    first = captured(cast, source)
    web.pages["/report"] = page("233 cases.", head="<meta name='clock' content='2'>")
    again = captured(cast, source)
    assert again.unchanged and again.snapshot == first.snapshot and source.snapshots.count() == 1
    web.pages["/report"] = page("234 cases.")
    assert not captured(cast, source).unchanged and source.snapshots.count() == 2


@pytest.mark.django_db
def test_a_quote_that_no_longer_stands_is_flagged_and_never_changed(cast: Cast, web: Web) -> None:
    source = make_source(cast)
    early = quote(cast, source, "２３３ cases")
    assert (early.quote_found, early.quote_stands, early.snapshot) == (None, None, None)
    web.pages["/report"] = page("There were 233\n cases.")
    captured(cast, source)
    early.refresh_from_db()
    assert (early.quote_found, early.quote_stands) == (True, True) and early.snapshot is not None
    web.pages["/report"] = page("There were 234 cases.")
    captured(cast, source)
    early.refresh_from_db()
    assert (early.quote_found, early.quote_stands, early.quote) == (True, False, "２３３ cases")
    event = Event.objects.order_by("-seq")[0]
    assert '"lost":1' in event.payload and f'"rests":[{early.statement_id}]' in event.payload


@pytest.mark.django_db
def test_a_job_that_was_killed_is_taken_up_when_its_lease_has_passed(cast: Cast, web: Web) -> None:
    web.pages["/report"] = page("233 cases.")
    capture = ask(cast, make_source(cast))
    assert captures.take(capture.pk) is not None  # and then the process dies
    captures.run(capture.pk)
    capture.refresh_from_db()
    assert capture.state == "fetching" and DBTaskResult.objects.count() == 2  # somebody may still be at it: later
    Capture.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    captures.run(capture.pk)
    capture.refresh_from_db()
    assert (capture.state, capture.tries, Snapshot.objects.count()) == ("fetched", 2, 1)


@pytest.mark.django_db
def test_who_comes_back_late_writes_nothing(cast: Cast, web: Web) -> None:
    web.pages["/report"] = page("233 cases.")
    capture = ask(cast, make_source(cast))
    late = captures.take(capture.pk)
    assert late is not None
    Capture.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    captures.run(capture.pk)
    captures.end(late, material=captures.fetched(URL))
    captures.run(capture.pk)
    assert Snapshot.objects.count() == 1 and Event.objects.filter(kind="source.captured").count() == 1


@pytest.mark.django_db
def test_a_page_that_kills_every_job_is_given_up(cast: Cast, web: Web) -> None:
    capture = ask(cast, make_source(cast))
    Capture.objects.update(state="fetching", tries=3, lease_until=timezone.now() - timedelta(seconds=1))
    captures.run(capture.pk)
    capture.refresh_from_db()
    assert (capture.state, capture.reason["code"]) == ("failed", "capture_given_up") and web.asked == []


@pytest.mark.django_db
def test_nothing_is_stored_when_the_end_cannot_be_written(
    cast: Cast, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.pages["/report"] = page("233 cases.")
    capture = ask(cast, make_source(cast))

    def fail(*args: object, **more: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(snapshots, "told", fail)
    with pytest.raises(OSError, match="power cut"):
        captures.run(capture.pk)
    capture.refresh_from_db()
    assert capture.state == "fetching" and not Snapshot.objects.exists()


@pytest.mark.django_db
def test_who_lost_the_right_meanwhile_captures_nothing(cast: Cast, web: Web) -> None:
    web.pages["/report"] = page("233 cases.")
    capture = ask(cast, make_source(cast))
    type(cast["checker"]).objects.filter(pk=cast["checker"].pk).update(role="viewer")
    captures.run(capture.pk)
    capture.refresh_from_db()
    assert capture.state == "failed" and "Checker" in str(captures.problem_of(capture.reason))
    assert not Snapshot.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_job_thread_does_it(cast: Cast, web: Web) -> None:
    web.pages["/report"] = page("233 cases.")
    capture = ask(cast, make_source(cast))
    DBTaskResult.objects.update(  # begun by a process that is gone
        status=TaskResultStatus.RUNNING, started_at=timezone.now(), worker_ids=[f"{os.uname().nodename[:24]}:{2**22}:x"]
    )
    worker.JobThread().one_round()
    capture.refresh_from_db()
    assert capture.state == "fetched" and jobs.capture.module_path == "annotations.jobs.capture"
    assert fetching.MAX_REDIRECTS == 5
