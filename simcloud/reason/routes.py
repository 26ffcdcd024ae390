"""Which line of which route table sends a packet on: the longest prefix that holds the address."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.reason.addresses import narrowest
from simcloud.reason.network import Network, Route, RouteTable

LOCAL = "local"


@dataclass(frozen=True)
class Choice:
    """The table that was read, and the line in it that fits best; None where none fits."""

    table: RouteTable | None
    route: Route | None

    @property
    def via(self) -> str:
        """Where the packet goes next; '' for nowhere."""
        return self.route.via if self.route else ""


def choose(network: Network, subnet: str, address: str) -> Choice:
    """The route that a packet to this address takes out of the subnet.

    A block beats a prefix list of the same length
    (https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html).
    """
    table = network.route_table_of(subnet)
    if table is None:
        return Choice(None, None)
    local = [Route(cidr, LOCAL) for cidr in network.vpc_of(subnet).cidrs]
    fits = [(_length(network, route, address), not route.to.startswith("pl-"), route) for route in table.routes]
    fits += [(narrowest(address, (route.to,)), True, route) for route in local]
    length, _, best = max(fits, key=lambda fit: fit[:2])
    return Choice(table, best if length >= 0 else None)


def _length(network: Network, route: Route, address: str) -> int:
    if not route.to.startswith("pl-"):
        return narrowest(address, (route.to,))
    listed = network.prefix_lists.get(route.to)
    return narrowest(address, listed.cidrs) if listed else -1
