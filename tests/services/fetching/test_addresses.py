"""Addresses: which numbers are public, and that no spelling of a name or number gets round that."""

from __future__ import annotations

import socket

import pytest

from annotations.services import fetching
from annotations.services.fetching.addresses import is_public
from annotations.services.fetching.target import parse
from tests.web import Web

CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.8
192.0.0.170 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::7f00:1 100::1 2001::1 2001:0:7f00:1::1 2001:10::1 2001:db8::1 2002:7f00:1:: 2002:808:808::
3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 nonsense 1.2.3 ""
""".split()
OPEN = "93.184.216.34 8.8.8.8 1.1.1.1 2606:4700::1111 2a00:1450:4001::200e ::ffff:8.8.8.8 64:ff9b::808:808".split()

#: What the system's resolver makes 127.0.0.1 or another closed address of, however it is written.
SPELT = [
    "127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f.1", "2130706433", "0x7f000001", "017700000001",
    "127。0。0。1", "①②⑦.⓪.⓪.①", "１２７.0.0.1", "127.0.0.1.", "localhost", "LOCALHOST", "localhost.", "0", "0.0.0.0",
    "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]", "[fe80::1]", "[fd00::1]", "10.0.0.1", "169.254.169.254", "0xa9fea9fe", "192.168.0.1",
]  # fmt: skip

ODD = (
    "127.1", "127.0.1", "0177.0.0.1", "0x7f.0.0.1", "0x7f.1", "2130706433", "0x7f000001", "017700000001", "0",
    "0xa9fea9fe",
)  # fmt: skip


@pytest.mark.parametrize("address", CLOSED)
def test_closed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", SPELT)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_spelling_gets_round_it(web: Web, host: str, scheme: str) -> None:
    web.names["localhost"] = ["127.0.0.1", "::1"]
    for number in ODD:  # what getaddrinfo() makes of them, without asking it
        web.names[number] = [socket.inet_ntoa(socket.inet_aton(number))]
    with pytest.raises(fetching.FetchProblem) as found:
        fetching.fetch(f"{scheme}://{host}/")
    assert found.value.blocked and not found.value.again, str(found.value)
    assert web.connected == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://site.test/x", "gopher://site.test/", "data:text/html,x", "javascript:alert(1)",
        "//site.test/", "site.test", "", "http://", "http:///x", "http://user@site.test/", "http://a:b@site.test/",
        "http://site.test:22/", "http://site.test:8080/", "http://site.test:99999/", "http://site.test:x/",
        "http://site.test\\@127.0.0.1/", "http://site.test\t.evil/", "http://si te.test/", "http://[::1",
        "http://[fe80::1%25eth0]/", "http://[v1.x]/", "http://%31%32%37.0.0.1/", "http://site.test/\r\nX: y",
        "http://site.test/\u2028x", "http://-.test/" + "a" * 2000, "unix:///run/docker.sock", "http://a..b/",
    ],
)  # fmt: skip
def test_what_is_no_address_to_capture_is_told(web: Web, url: str) -> None:
    with pytest.raises(fetching.FetchProblem) as found:
        fetching.fetch(url)
    assert found.value.code in ("fetch_address", "fetch_unknown_host") and str(found.value).endswith(".")
    assert web.connected == []


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("HTTP://Site.Test", "http://site.test/"),
        ("https://site.test:443/a?b=c#d", "https://site.test/a?b=c"),
        ("http://site.test:443/", "http://site.test:443/"),
        (
            "http://例子.测试/報告?詞=治理",
            "http://xn--fsqu00a.xn--0zwm56d/%E5%A0%B1%E5%91%8A?%E8%A9%9E=%E6%B2%BB%E7%90%86",
        ),
        ("http://site.test/a%20b", "http://site.test/a%20b"),
        ("http://a_b.site.test/", "http://a_b.site.test/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_what_is_asked(url: str, read: str) -> None:
    assert parse(url).url == read
