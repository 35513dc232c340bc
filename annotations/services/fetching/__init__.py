"""The one way out to the web: fetches a public page, whatever the address pretends to be.

    got = fetch("https://example.org/report")     # a Fetched, or FetchProblem with a sentence for the person

Every redirect is judged like the first address. Nothing of ours goes along: no cookies, passwords, proxies, referrers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from urllib.parse import urljoin

from annotations.services import limits
from annotations.services.fetching import problems
from annotations.services.fetching.problems import FetchProblem
from annotations.services.fetching.target import parse
from annotations.services.fetching.wire import Answer, Deadline, Net, ask, tell

__all__ = ["Answer", "FetchProblem", "Fetched", "Net", "fetch", "net", "post"]

MAX_REDIRECTS = 5
TEXTUAL = ("text/", "application/pdf", "application/xhtml+xml", "application/xml", "application/json")
#: Servers say these of anything: the content decides.
UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "application/download", "application/x-download")
OFFICE = ("application/msword", "application/vnd.openxmlformats", "application/vnd.oasis", "application/epub+zip")

#: The world outside, as tests may exchange it.
net = Net()


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came, after all redirects. `hops` are all answers, the last one that of the page itself."""

    url: str
    hops: tuple[Answer, ...]
    mime: str
    charset: str

    @property
    def final(self) -> Answer:
        return self.hops[-1]

    @property
    def redirects(self) -> list[dict[str, object]]:
        """The way to the page, for people: which address sent us on, and with which status."""
        return [{"url": hop.target.url, "status": hop.status} for hop in self.hops[:-1]]


def fetch(url: str) -> Fetched:
    """Raises FetchProblem, and nothing else, when there is no page to be had."""
    deadline = Deadline(limits.of("fetch_seconds"))
    hops: list[Answer] = []
    target = parse(url.strip())
    while True:
        answer = ask(target, net, deadline, limits.of("fetch_bytes"), check_type)
        hops.append(answer)
        if not answer.location:
            break
        if len(hops) > MAX_REDIRECTS:
            raise problems.too_many_redirects(MAX_REDIRECTS)
        target = parse(_joined(target.url, answer.location))
        if target.url in [hop.target.url for hop in hops]:
            raise problems.redirect_loop(target.url)
    if not 200 <= answer.status < 300 or answer.status == 204:
        raise problems.of_status(answer.status)
    mime, charset = content_type(answer.header("content-type"))
    return Fetched(url, tuple(hops), mime, charset)


def post(url: str, body: bytes, headers: Mapping[str, str], seconds: float) -> int:
    """Send JSON to an address; the status it answers with. Redirects are not followed: what is sent was meant for this
    address. Raises FetchProblem, and nothing else, when nobody answers."""
    return tell(parse(url), net, Deadline(seconds), body, headers)


def _joined(base: str, location: str) -> str:
    """The address that a redirection names, absolute or not; headers that are UTF-8 are read as such."""
    try:
        location = location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        pass
    try:
        return urljoin(base, location)
    except ValueError:
        return location  # parse() says what is wrong with it


def content_type(header: str) -> tuple[str, str]:
    """The kind and the charset that a header names, in lower case."""
    message = Message()
    message["Content-Type"] = header or "application/octet-stream"
    return message.get_content_type() if header else "", str(message.get_content_charset() or "")


def check_type(header: str) -> None:
    """Refuse, before it is loaded, what holds no text."""
    mime, _ = content_type(header)
    if mime in UNTOLD or mime.startswith((*TEXTUAL, *OFFICE)):
        return
    raise problems.wrong_type(mime)
