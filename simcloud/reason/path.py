"""Can this network interface open a TCP connection to that host? The hops in order, and the one that decided it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from simcloud.reason.hop import Hop, HopKind
from simcloud.reason.names import resolve
from simcloud.reason.network import Interface, Network
from simcloud.reason.walk import Walk

Kind = Literal["open", "timeout", "no-name", "denied"]
"""open; no answer until the time is over; the name has no address; it opens, but the endpoint's policy refuses."""

_ENDS: dict[HopKind, Kind] = {"dns": "no-name", "endpoint-policy": "denied"}
"""The kinds of failure that are no time-out, by the hop where the path ends."""


@dataclass(frozen=True)
class Path:
    """The way from an interface to a host and port, as far as it goes."""

    open: bool
    address: str
    """What the host name resolved to, as seen from the interface; '' where it did not resolve."""
    kind: Kind
    hops: tuple[Hop, ...]
    decided_by: Hop
    """Where the path ends; where it is open, the gateway or endpoint by which it leaves."""
    why: str
    """Plain English, with the ids."""
    host: str = ""
    port: int = 443
    denied: str = ""
    """AWS's tail of the refusal, where an endpoint's policy refuses."""


def find_path(
    network: Network, interface: Interface | str, host: str, port: int = 443, call: tuple[str, str, str] | None = None
) -> Path:
    """The path from the interface (or from a planned one) to `host:port`. The policy of an endpoint on the way is asked
    for `call` (action, resource, the role's ARN), or for what the start of a task calls there. Raises KeyError for an
    interface id that is not in the network."""
    start = network.interfaces[interface] if isinstance(interface, str) else interface
    subnet = network.subnets[start.subnet]
    walk = Walk(network, start, host, port, resolve(network, subnet.vpc, subnet.zone, host), call)
    hops: list[Hop] = []
    for hop in walk.hops():
        hops.append(hop)
        if not hop.ok:
            break
    return _told(walk, tuple(hops))


def _told(walk: Walk, hops: tuple[Hop, ...]) -> Path:
    last = hops[-1]
    decided = _leaves_by(hops) if last.ok else last
    kind: Kind = "open" if last.ok else _ENDS.get(last.kind, "timeout")
    verb = "reaches" if last.ok else "does not reach"
    why = f"{walk.start.id} {verb} {walk.host}:{walk.port}: {decided.says}."
    return Path(
        open=last.ok,
        address=walk.answer.address,
        kind=kind,
        hops=hops,
        decided_by=decided,
        why=why if last.ok else why + _hint(hops),
        host=walk.host,
        port=walk.port,
        denied=walk.refusal.because if walk.refusal else "",
    )


def _leaves_by(hops: tuple[Hop, ...]) -> Hop:
    """The last station that is a place, not a filter; a NAT gateway rather than the internet gateway behind it."""
    nat = [hop for hop in hops if hop.kind == "nat-gateway"]
    places = [hop for hop in hops if hop.kind.endswith(("gateway", "endpoint")) or hop.kind == "interface"]
    return (nat or places)[-1]


def _hint(hops: tuple[Hop, ...]) -> str:
    """Where the name got a public address although an endpoint for it stands ready, that is the cause to tell."""
    name = next((hop for hop in hops if hop.kind == "dns"), None)
    return f" The name: {name.says}." if name is not None and name.ok and "(" in name.says else ""
