"""One station of a path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HopKind = Literal[
    "interface",
    "dns",
    "security-group",
    "nacl",
    "route-table",
    "internet-gateway",
    "public-ip",
    "nat-gateway",
    "interface-endpoint",
    "gateway-endpoint",
    "endpoint-policy",
    "elsewhere",
]
"""What stands there. `elsewhere` is a way out that is not simulated (peering, transit gateway, VPN)."""


@dataclass(frozen=True)
class Hop:
    """One station: passed, or the place where the path ends."""

    kind: HopKind
    id: str
    """The AWS id of what stands there; for DNS the endpoint that answered, or the VPC."""
    ok: bool
    says: str
    """Plain English, with the ids; no full stop."""


def hop(kind: HopKind, identity: str, ok: bool, *, yes: str = "", no: str = "") -> Hop:
    """A hop that says one thing where it is passed and another where it is not."""
    return Hop(kind, identity, ok, yes if ok else no)
