"""IPv4 addresses and blocks of addresses, as strings, compared."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network


@lru_cache(maxsize=4096)
def block(cidr: str) -> IPv4Network | None:
    """The block that `10.0.0.0/16` names; None for an IPv6 block or no block at all (the paths here are IPv4)."""
    try:
        return IPv4Network(cidr, strict=False)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def address(text: str) -> IPv4Address | None:
    """The address that `10.0.0.7` names; None where the text is a name, or an IPv6 address."""
    try:
        return IPv4Address(text)
    except ValueError:
        return None


def within(text: str, cidrs: Iterable[str]) -> bool:
    """Is the address inside one of the blocks?"""
    return narrowest(text, cidrs) >= 0


def narrowest(text: str, cidrs: Iterable[str]) -> int:
    """Length of the longest prefix among the blocks that hold the address; -1 where none does."""
    found = address(text)
    if found is None:
        return -1
    blocks = (block(cidr) for cidr in cidrs)
    return max((one.prefixlen for one in blocks if one is not None and found in one), default=-1)
