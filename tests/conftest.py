"""What every test gets: no way out of this machine."""

import ipaddress
import socket
import sys
from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

# A busy machine is no failure of a property; timings are the benchmarks' business.
settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")

HERE = (None, "", "localhost", socket.gethostname())
attempts: list[str] = []  # what tried to get out, whoever caught the error


def is_here(host: object) -> bool:
    """Whether a host or address names this machine."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name in HERE:
        return True
    try:
        return ipaddress.ip_address(str(name).partition("%")[0]).is_loopback
    except ValueError:
        return False


def watch(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: sees every connection and name look-up of this interpreter, also those made in C, and stops
    strangers."""
    if not event.startswith("socket."):
        return
    host: object = None
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]  # not a tuple: a local socket, or one that is connected already
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = arguments[0]
    elif event == "socket.getnameinfo":
        host = arguments[0][0] if isinstance(arguments[0], tuple) else None
    if not is_here(host):
        attempts.append(f"{event} {host}")
        raise PermissionError(f"A test tried to reach {host}; tests stay on this machine.")


sys.addaudithook(watch)


@pytest.fixture(autouse=True)
def stays_here() -> Iterator[list[str]]:
    """Fail a test that tried to get out, even when the code under test swallowed the error."""
    attempts.clear()
    yield attempts
    tried = list(attempts)
    attempts.clear()
    assert tried == []


@pytest.fixture(autouse=True)
def speaks_english() -> None:
    """Each test begins in English, whatever language a request of the test before left behind."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def knows_no_text() -> None:
    """Tests that run what waits for a commit, and are rolled back then, leave texts behind whose ids come again."""
    from annotations.services import texts  # needs Django's settings

    texts.forget()
