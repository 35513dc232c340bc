"""Fetching: what comes through whole, and what a hostile or broken site can do to nobody."""

from __future__ import annotations

import gzip
import time
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pytest_django import Settings
from warcio.archiveiterator import ArchiveIterator

from annotations.services import fetching
from annotations.services.fetching import warc
from annotations.services.fetching.problems import FetchProblem
from tests.web import PUBLIC, Handler, Web, moved, page


def refused(url: str) -> FetchProblem:
    with pytest.raises(FetchProblem) as found:
        fetching.fetch(url)
    assert str(found.value).endswith(".")
    return found.value


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_page_comes_whole(web: Web, scheme: str) -> None:
    web.pages["/a?b=c"] = page("233 cases.")
    got = fetching.fetch(f"{scheme}://site.test/a?b=c#part")
    assert (got.final.status, got.mime, got.charset, got.redirects) == (200, "text/html", "utf-8", [])
    assert b"233 cases." in got.final.body and web.connected == [PUBLIC]
    host, _, headers = web.asked[0]
    assert host == "site.test" and not {"cookie", "authorization", "referer"} & {name.lower() for name in headers}


def test_proxies_of_the_environment_are_not_asked(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web.pages["/"] = page("x")
    assert fetching.fetch("http://site.test/").final.status == 200


def test_redirects_are_followed_and_kept(web: Web) -> None:
    web.pages |= {"/": moved("/b"), "/b": moved("https://other.test/c", 301), "/c": page("here")}
    web.names["other.test"] = ["8.8.8.8"]
    web.trusted = True
    web.pages["/b"] = moved("http://other.test/c", 301)
    got = fetching.fetch("http://site.test/")
    assert got.final.target.url == "http://other.test/c" and web.connected == [PUBLIC, PUBLIC, "8.8.8.8"]
    assert got.redirects == [{"url": "http://site.test/", "status": 302}, {"url": "http://site.test/b", "status": 301}]


@pytest.mark.parametrize(
    "to", ["http://127.0.0.1/", "http://inside.test/", "//[::1]/", "http://169.254.169.254/latest/", "file:///etc/passwd",
           "http://site.test:22/", "http://a@site.test/", "http://[::1"]
)  # fmt: skip
def test_a_redirection_is_judged_like_an_address(web: Web, to: str) -> None:
    web.names["inside.test"] = ["10.1.2.3"]
    web.pages["/"] = moved(to)
    assert refused("http://site.test/").blocked
    assert web.connected == [PUBLIC]


def test_redirects_in_a_circle_and_without_end(web: Web) -> None:
    web.pages |= {"/": moved("/b"), "/b": moved("/")}
    assert refused("http://site.test/").code == "fetch_loop"
    web.pages |= {f"/{n}": moved(f"/{n + 1}") for n in range(9)}
    assert refused("http://site.test/0").code == "fetch_redirects"
    assert len(web.asked) == 2 + 6


def test_one_private_answer_spoils_a_name(web: Web) -> None:
    web.names["site.test"] = [PUBLIC, "127.0.0.1"]
    assert refused("http://site.test/").blocked and web.connected == []


def test_a_name_that_changes_its_mind_is_asked_once(web: Web) -> None:
    answers = [[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]]
    web.names["rebind.test"] = lambda: answers.pop(0)
    web.pages["/"] = page("x")
    assert fetching.fetch("http://rebind.test/").final.status == 200
    assert web.connected == [PUBLIC] and len(answers) == 2
    web.pages["/"] = moved("/again")  # the next request looks again, and what it finds is judged again
    answers.insert(0, [PUBLIC])
    assert refused("http://rebind.test/").blocked and web.connected == [PUBLIC, PUBLIC]


def test_a_large_page_is_not_loaded(web: Web, settings: Settings) -> None:
    sent = []

    def endless(handler: Handler) -> None:
        """300 MB in pieces, without saying so before."""
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        try:
            for _ in range(300):
                handler.wfile.write(b"100000\r\n" + b"x" * 2**20 + b"\r\n")
                sent.append(1)
        except OSError:
            pass
        handler.close_connection = True

    def announced(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(300 * 10**6))
        handler.end_headers()
        handler.close_connection = True

    web.pages |= {"/": endless, "/said": announced}
    assert str(refused("http://site.test/")) == "The page has more than 20 MB."
    assert len(sent) < 60
    assert refused("http://site.test/said").code == "fetch_too_large"


def test_a_bomb_is_not_unpacked(web: Web) -> None:
    bomb = gzip.compress(b"0" * 15_000_000)
    web.pages["/"] = lambda handler: handler.give(bomb, Content_Encoding="gzip")
    assert refused("http://site.test/").code == "fetch_bomb"


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
    ],
)  # fmt: skip
def test_packed_pages(web: Web, coding: str, pack: object) -> None:
    web.pages["/"] = lambda handler: handler.give(pack(b"<p>hello</p>"), Content_Encoding=coding)  # type: ignore[operator]
    assert fetching.fetch("http://site.test/").final.body == b"<p>hello</p>"


@pytest.mark.parametrize("coding", ["br", "gzip, gzip"])
def test_a_packing_nobody_asked_for(web: Web, coding: str) -> None:
    web.pages["/"] = lambda handler: handler.give(b"x", Content_Encoding=coding)
    assert refused("http://site.test/").code == "fetch_packing"


def test_damaged_and_cut_pages_are_not_taken_for_whole(web: Web) -> None:
    packed = gzip.compress(b"hello" * 1000)
    web.pages["/half"] = lambda handler: handler.give(packed[:-9], Content_Encoding="gzip")
    web.pages["/bad"] = lambda handler: handler.give(b"nonsense", Content_Encoding="gzip")
    assert refused("http://site.test/half").code == refused("http://site.test/bad").code == "fetch_packing"

    def cut(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"only this")
        handler.close_connection = True

    web.pages["/cut"] = cut
    problem = refused("http://site.test/cut")
    assert (problem.code, problem.again) == ("fetch_cut_short", True)


def test_a_slow_drip_wins_no_time(web: Web, settings: Settings) -> None:
    settings.AIGOV_LIMITS = {"fetch_seconds": 1}

    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        try:
            for _ in range(60):
                handler.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            pass
        handler.close_connection = True

    web.pages["/"] = drip
    began = time.monotonic()
    assert refused("http://site.test/").code == "fetch_too_slow"
    assert time.monotonic() - began < 3


def test_a_slow_look_up_is_left_behind(web: Web, settings: Settings) -> None:
    settings.AIGOV_LIMITS = {"fetch_seconds": 1}
    web.names["site.test"] = lambda: time.sleep(4) or [PUBLIC]
    began = time.monotonic()
    assert refused("http://site.test/").code == "fetch_too_slow"
    assert time.monotonic() - began < 3


@pytest.mark.parametrize("mime", ["image/png", "video/mp4", "application/zip", "application/x-msdownload"])
def test_what_holds_no_text_is_told(web: Web, mime: str) -> None:
    web.pages["/"] = lambda handler: handler.give(b"x", mime=mime)
    assert mime in str(refused("http://site.test/"))


@pytest.mark.parametrize(
    ("status", "again", "told"),
    [
        (404, False, "no such page"), (403, False, "does not let us"), (451, False, "legal reasons"),
        (410, False, "410"),
        (418, False, "answered 418"), (429, True, "so often"), (500, True, "fault of its own"), (503, True, "503"),
    ],
)  # fmt: skip
def test_what_the_site_says_instead(web: Web, status: int, again: bool, told: str) -> None:
    web.pages["/"] = lambda handler: handler.give(b"no", status=status)
    problem = refused("http://site.test/")
    assert (problem.http, problem.again, problem.blocked) == (status, again, False) and told in str(problem)


def test_certificates_are_checked_against_the_name(web: Web) -> None:
    web.pages["/"] = page("x")
    web.names["other.test"] = [PUBLIC]
    assert refused("https://other.test/").code == "fetch_no_trust"
    web.trusted = False
    assert refused("https://site.test/").code == "fetch_no_trust"
    assert web.asked == []


def test_a_site_that_is_not_there(web: Web) -> None:
    assert str(refused("http://nowhere.test/")) == "There is no site “nowhere.test”."
    web.ports[80] = 9
    assert refused("http://site.test/").code == "fetch_no_connection"


def test_the_archive_holds_every_answer(web: Web) -> None:
    web.pages |= {"/": moved("/b"), "/b": page("233 cases.")}
    got = fetching.fetch("http://site.test/")
    data = warc.write(got, datetime(2026, 11, 20, tzinfo=UTC))
    seen = []
    for record in ArchiveIterator(BytesIO(data), check_digests="raise"):
        status = record.http_headers.get_statuscode() if record.rec_type == "response" else ""
        seen.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), status))
        if seen[-1][1:] == ("http://site.test/b", "200"):
            assert b"233 cases." in record.content_stream().read()
    assert [kind for kind, _, _ in seen] == ["warcinfo", "response", "request", "response", "request"]
    assert {status for _, _, status in seen} == {"", "302", "200"}
