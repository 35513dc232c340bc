"""The fence of tests/conftest.py: nothing leaves this machine, and what tries is told."""

import socket

import pytest

AWAY = "192.0.2.1"  # kept for documentation, never routed


def test_a_connection_is_stopped_and_remembered(stays_here: list[str]) -> None:
    with pytest.raises(PermissionError, match="tests stay on this machine"), socket.socket() as way_out:
        way_out.connect((AWAY, 80))
    assert stays_here == [f"socket.connect {AWAY}"]
    stays_here.clear()


def test_a_datagram_is_stopped(stays_here: list[str]) -> None:
    with pytest.raises(PermissionError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        way_out.sendto(b"x", (AWAY, 53))
    assert len(stays_here) == 1
    stays_here.clear()


@pytest.mark.parametrize("name", ["example.org", "metadata.internal", AWAY, "2001:db8::1"])
def test_a_name_is_not_looked_up(stays_here: list[str], name: str) -> None:
    with pytest.raises(PermissionError):
        socket.getaddrinfo(name, 80)
    assert stays_here == [f"socket.getaddrinfo {name}"]
    stays_here.clear()


def test_this_machine_can_be_reached(stays_here: list[str]) -> None:
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())
    assert socket.getaddrinfo("localhost", 80) and stays_here == []
