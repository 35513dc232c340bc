"""What a URL asks for, read by one parser once; whatever is unusual about it is refused and not guessed."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import SplitResult, quote, urlsplit

import idna

from annotations.rules.errors import noop
from annotations.services.fetching.problems import FetchProblem, bad_address

PORTS = {"http": 80, "https": 443}
MOST = 2_000  # characters
_STRANGE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029]")
_PLAIN = "!$&'()*+,;=:@/?%~-._[]"


@dataclass(frozen=True, slots=True)
class Target:
    """`host` is ASCII, an IPv6 address without brackets; `path` begins with a slash and holds the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def parse(url: str, ports: Container[int] = frozenset(PORTS.values())) -> Target:
    """Raises FetchProblem with a sentence that says what is wrong with the address."""
    if len(url) > MOST:
        raise bad_address(noop("The address is longer than %(limit)s characters."), limit=MOST)
    if _STRANGE.search(url):
        raise bad_address(noop("The address holds a space, a backslash or an invisible character."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_address(noop("This is not an address of the web.")) from None
    if parts.scheme not in PORTS:
        raise bad_address(noop("An address that can be captured begins with http:// or https://."))
    if parts.username is not None or parts.password is not None:
        raise bad_address(noop("An address with a name or password before the @ is not captured."))
    port = PORTS[parts.scheme] if port is None else port
    if port not in ports:
        raise bad_address(noop("Only the ports 80 and 443 are captured, not %(port)s."), port=port)
    return Target(parts.scheme, _host(parts), port, _path(parts))


def _host(parts: SplitResult) -> str:
    """The host in ASCII. It may still be a number in disguise: the resolver's answer is what is judged."""
    host = parts.hostname or ""
    if ":" in host and "%" not in host:  # a zone names a network card of ours
        try:
            return str(IPv6Address(host))
        except ValueError:
            raise _no_host(host) from None
    try:
        return idna.encode(host, uts46=True, transitional=False).decode().rstrip(".")
    except (idna.IDNAError, UnicodeError):
        pass
    if re.fullmatch(r"[a-z0-9_.-]{1,253}", host):  # names with an underscore exist
        return host.rstrip(".")
    raise _no_host(host)


def _no_host(host: str) -> FetchProblem:
    return bad_address(noop("“%(host)s” is no name of a site."), host=host)


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_PLAIN)
    return path + (f"?{quote(parts.query, safe=_PLAIN)}" if parts.query else "")
