"""Which addresses may be asked: judged on the number that a name leads to, never on how somebody wrote it."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

#: Ranges that `is_global` of some Python releases lets pass, or that only carry other addresses.
CLOSED_V4 = tuple(map(ip_network, ("0.0.0.0/8", "192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4")))
CLOSED_V6 = tuple(map(ip_network, ("2001::/23", "2002::/16", "3fff::/20")))  # Teredo and kin, 6to4, examples
GLOBAL_V6 = IPv6Network("2000::/3")  # all that was ever given out
NAT64 = IPv6Network("64:ff9b::/96")


def is_public(text: str) -> bool:
    """Whether this IP address, as a resolver gives it, is one of the public internet."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        inner = _carried(address)
        if inner is None:
            return _public_v6(address)
        address = inner
    return _public_v4(address)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that is really asked: mapped, or behind the gateway that IPv6-only networks use."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in NAT64 else None


def _public_v4(address: IPv4Address) -> bool:
    good = address.is_global and not address.is_multicast and not address.is_reserved
    return good and not any(address in network for network in CLOSED_V4)


def _public_v6(address: IPv6Address) -> bool:
    good = address in GLOBAL_V6 and address.is_global and not address.is_multicast
    return good and not any(address in network for network in CLOSED_V6)
