"""A VPC as a diagram: subnets with what stands in them, where their routes lead, endpoints, and the way of a path."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Protocol

from simcloud.reason.names import service_of
from simcloud.reason.network import Interface, Network, RouteTable, Subnet, VpcEndpoint
from simcloud.reason.path import Path
from simcloud.views.diagram import Diagram, Drawing
from simcloud.views.keys import Key, keys
from simcloud.views.path import SPOKEN
from simcloud.views.topology_text import NAMELESS, describe

INTERNET, AWS, END = "the internet", "AWS services", "the end"
SERVICE_NAMES = {"s3": "S3 (image layers)", "ecr.api": "ECR API (ecr.api)", "ecr.dkr": "ECR registry (ecr.dkr)"}
OPEN, SHUT = "✓", "✗"
LABEL = 38
"""Characters to a line of a label: so many fit into the width at which the diagram wraps."""
DEFAULT_VPC = "172.31.0.0/16"
"""The block of every default VPC (https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html)."""


class HasNetwork(Protocol):
    """A cloud, as far as this view needs it."""

    @property
    def region(self) -> str: ...
    @property
    def account(self) -> str: ...
    def tasks(self) -> Sequence[Any]: ...


def topology(
    cloud: HasNetwork, vpc_id: str | None = None, *, path: Path | None = None, interface: str | None = None
) -> Diagram:
    """The diagram of a VPC (without an id: the one of the path or interface, else the first that is not the default).

    A path's hops are marked, and the one where it ends. With an interface, the three keys to ECR are shown as that
    interface finds them. Raises LookupError where there is no such VPC or interface.
    """
    from simcloud.cloud.network import picture

    network = picture(cloud.region, cloud.account)
    if interface is not None and interface not in network.interfaces:
        raise LookupError(f"there is no network interface {interface}")
    labels = {task.interface: f"task {task.id[:8]} of {task.definition}" for task in cloud.tasks()}
    return draw(network, vpc_id or _vpc(network, path, interface), path=path, interface=interface, labels=labels)


def _vpc(network: Network, path: Path | None, interface: str | None) -> str:
    start = network.interfaces.get(interface or (path.hops[0].id if path else ""))
    if start is not None:
        return network.subnets[start.subnet].vpc
    if not network.vpcs:
        raise LookupError(f"there is no VPC in {network.region}")
    made = [one.id for one in network.vpcs.values() if one.cidrs[:1] != (DEFAULT_VPC,)]
    return next(iter(made or network.vpcs))


def draw(
    network: Network,
    vpc: str,
    *,
    path: Path | None = None,
    interface: Interface | str | None = None,
    labels: Mapping[str, str] = MappingProxyType({}),
) -> Diagram:
    """The diagram of a VPC in a network of plain values. `labels` say what stands behind an interface."""
    if vpc not in network.vpcs:
        raise LookupError(f"there is no VPC {vpc}; there are {', '.join(network.vpcs) or 'none'}")
    held = keys(network, interface) if interface is not None else ()
    plan = _Plan(network, vpc, path, held, labels)
    plan.draw()
    boxes = {vpc: "box", AWS: "box", **dict.fromkeys(plan.subnets, "inner")}
    return Diagram(plan.drawing.mermaid(boxes), describe(network, vpc, path, held, labels))


@dataclass
class _Plan:
    """The drawing of one VPC."""

    network: Network
    vpc: str
    path: Path | None
    keys: Sequence[Key]
    labels: Mapping[str, str]
    drawing: Drawing = field(default_factory=Drawing)

    @property
    def subnets(self) -> list[str]:
        return [one.id for one in self.network.subnets.values() if one.vpc == self.vpc]

    @property
    def endpoints(self) -> list[VpcEndpoint]:
        return list(self.network.endpoints_in(self.vpc))

    def draw(self) -> None:
        """Boxes from the outside in, then the arrows."""
        vpc = self.network.vpcs[self.vpc]
        self.drawing.open_box(self.vpc, f"{vpc.name or 'VPC'} {vpc.id} {' '.join(vpc.cidrs)}")
        for subnet in self.subnets:
            self._subnet(self.network.subnets[subnet])
        for endpoint in self.endpoints:
            if endpoint.kind == "gateway":
                self._node(endpoint.id, "gateway endpoint", endpoint.id, f"for {endpoint.short}")
        for gateway in self._gateways():
            self._node(gateway, "internet gateway", gateway)
        self.drawing.close_box()
        self._outside()
        self._arrows()
        self._end()

    # Nodes

    def _subnet(self, subnet: Subnet) -> None:
        self.drawing.open_box(
            subnet.id, f"{subnet.name or 'subnet'} {subnet.id}", f"{subnet.cidr} {subnet.zone}".strip()
        )
        for one in self.network.interfaces_in(subnet.id):
            public = [f"public {one.public_address}"] if one.public_address else []
            self._node(one.id, self.labels.get(one.id, NAMELESS), one.id, one.address, *public, kind="task")
        for nat in self.network.nat_gateways.values():
            if nat.subnet == subnet.id and nat.available:
                self._node(nat.id, "NAT gateway", nat.id, nat.public_address or "no public address")
        for endpoint in self.endpoints:
            for standing in endpoint.interfaces:
                if standing.subnet == subnet.id:
                    dns = [] if endpoint.private_dns else ["private DNS off"]
                    place = self._place(endpoint, standing)
                    self._node(place, f"interface endpoint {endpoint.short}", endpoint.id, standing.address, *dns,
                               hop=endpoint.id)  # fmt: skip
                    if place == self._shut_door():
                        self._end_node()
        table = self._table(subnet.id)
        if table is not None:
            self._node(self._routes(subnet.id), "route table", table.id, *self._lines(table), hop=table.id,
                       mine=self._starts_in(subnet.id))  # fmt: skip
        self.drawing.close_box()

    def _node(self, identity: str, *label: str, kind: str = "plain", hop: str = "", mine: bool = True) -> None:
        """A node; on the path it has the path's mark. `mine` is false for another subnet's copy of a route table."""
        mark = self._mark(hop or identity) if mine else ""
        sign = {"passed": f"{OPEN} ", "ended": f"{SHUT} "}.get(mark, "")
        self.drawing.node(identity, f"{sign}{label[0]}", *label[1:], kind=mark or kind)

    def _mark(self, identity: str) -> str:
        hops = [hop for hop in self.path.hops if hop.id == identity and hop.kind != "dns"] if self.path else []
        return "" if not hops else "passed" if all(hop.ok for hop in hops) else "ended"

    def _table(self, subnet: str) -> RouteTable | None:
        return self.network.route_table_of(subnet)

    def _routes(self, subnet: str) -> str:
        table = self._table(subnet)
        return f"{table.id if table else ''} of {subnet}"

    def _place(self, endpoint: VpcEndpoint, standing: Interface) -> str:
        return f"{endpoint.id} in {standing.subnet}"

    def _lines(self, table: RouteTable) -> Iterator[str]:
        for cidr in self.network.vpcs[self.vpc].cidrs:
            yield f"{cidr} → local"
        for route in table.routes:
            if route.via != "local":
                way = f"→ {route.via or 'gone (blackhole)'}"
                together = len(route.to) + len(way) < LABEL
                yield from (f"{route.to} {way}",) if together else (route.to, way)

    def _gateways(self) -> list[str]:
        return [one.id for one in self.network.internet_gateways.values() if one.vpc == self.vpc]

    def _starts_in(self, subnet: str) -> bool:
        start = self.path.hops[0].says if self.path else ""
        return start.endswith(f" in {subnet}")

    def _outside(self) -> None:
        if self._gateways():
            self._node(INTERNET, "the internet", "and AWS's public addresses")
        asked = {service_of(self.path.host).short} - {""} if self.path else set()
        services = sorted({one.short for one in self.endpoints} | {key.service for key in self.keys} | asked)
        if services:
            self.drawing.open_box(AWS, "AWS services")
            for service in services:
                self._service(service)
            self.drawing.close_box()

    def _service(self, service: str) -> None:
        name = SERVICE_NAMES.get(service, service)
        key = next((key for key in self.keys if key.service == service), None)
        if key is None:
            self.drawing.node(service, name)
        elif key.held:
            self.drawing.node(service, f"{OPEN} key: {name}", f"open, by {key.path.decided_by.id}", kind="key")
        else:
            self.drawing.node(service, f"{SHUT} key missing: {name}", kind="ended")

    # Arrows

    def _arrows(self) -> None:
        for endpoint in self.endpoints:
            for standing in endpoint.interfaces:
                self.drawing.beside(self._routes(standing.subnet), self._place(endpoint, standing))
        for subnet in self.subnets:
            table = self._table(subnet)
            for route in table.routes if table else ():
                if route.via in self.drawing.names:
                    on = self._mark(route.via) != "" and (self._starts_in(subnet) or self._has_passed_nat(subnet))
                    self.drawing.edge(self._routes(subnet), route.via, marked=on)
            for one in self.network.interfaces_in(subnet):
                on = (
                    self._mark(one.id) != "" and self._starts_in(subnet) and self._mark(table.id if table else "") != ""
                )
                self.drawing.edge(one.id, self._routes(subnet), marked=on)
                if on and self._endpoint() is not None:
                    self.drawing.edge(self._routes(subnet), self._endpoint() or "", "local", marked=True)
        for nat in self.network.nat_gateways.values():
            if nat.id in self.drawing.names:
                self.drawing.edge(nat.id, self._routes(nat.subnet), marked=self._mark(nat.id) == "passed")
        for gateway in self._gateways():
            self.drawing.edge(gateway, INTERNET, marked=bool(self.path and self.path.open and self._mark(gateway)))
        for service in self._by_internet():
            here = bool(self.path) and service_of(self.path.host if self.path else "").short == service
            self.drawing.edge(INTERNET, service, arrow="-.->", marked=here and bool(self.path and self.path.open))
        for endpoint in self.endpoints:
            places = [self._place(endpoint, one) for one in endpoint.interfaces] or [endpoint.id]
            for place in places:
                on = bool(self.path and self.path.open) and self._mark(endpoint.id) == "passed"
                self.drawing.edge(place, endpoint.short, arrow="-.->", marked=on)

    def _has_passed_nat(self, subnet: str) -> bool:
        nats = (nat.id for nat in self.network.nat_gateways.values() if nat.subnet == subnet)
        return any(self._mark(nat) == "passed" for nat in nats)

    def _by_internet(self) -> list[str]:
        """The services that the keys and the path reach over the internet."""
        found = {key.service: key.path for key in self.keys}
        if self.path is not None and service_of(self.path.host).short:
            found[service_of(self.path.host).short] = self.path
        ways = ("nat-gateway", "internet-gateway")
        return sorted(service for service, path in found.items() if path.open and path.decided_by.kind in ways)

    def _endpoint(self) -> str | None:
        """The node of the endpoint interface to which the path leads, where it comes that far."""
        for endpoint in self.endpoints:
            for standing in endpoint.interfaces:
                if self.path and self.path.address == standing.address and self._mark(endpoint.id):
                    return self._place(endpoint, standing)
        return None

    def _end(self) -> None:
        """Where the path ends at something that has no node (a security group, DNS, an ACL), it gets one."""
        if self.path is None or self.path.open:
            return
        last, passed = self.path.decided_by, [name for name in self.drawing.names if self._is_passed(name)]
        if last.kind in _DRAWN and any(name.split(" ")[0] == last.id for name in self.drawing.names):
            return
        door = self._shut_door()
        if door is None:
            self._end_node()
        if passed:
            self.drawing.edge(passed[-1], END, "ends here", arrow="-.->")
        if door is not None:
            self.drawing.edge(END, door, arrow="-.->")

    def _end_node(self) -> None:
        last = self.path.decided_by if self.path else None
        if last is not None:
            says = textwrap.wrap(last.says, LABEL, break_on_hyphens=False)
            self.drawing.node(END, f"{SHUT} {SPOKEN[last.kind]}", *says, kind="ended")

    def _shut_door(self) -> str | None:
        """The node of the endpoint interface that the path would enter, where the endpoint's own group ends it."""
        hops = self.path.hops if self.path else ()
        if not hops or hops[-1].ok or hops[-1].kind != "security-group":
            return None
        standing_there = (
            self._place(endpoint, one)
            for endpoint in self.endpoints
            for one in endpoint.interfaces
            if self.path and one.address == self.path.address
        )
        came_so_far = any(hop.kind == "route-table" for hop in hops)
        return next(standing_there, None) if came_so_far else None

    def _is_passed(self, name: str) -> bool:
        """Is it a node of the path, in the path's own subnet, that was passed?"""
        identity, _, subnet = name.partition(" of ")
        return self._mark(identity.split(" ")[0]) == "passed" and (not subnet or self._starts_in(subnet))


_DRAWN = ("interface", "route-table", "internet-gateway", "nat-gateway", "interface-endpoint", "gateway-endpoint",
          "endpoint-policy")  # fmt: skip
"""The kinds of hops that have a node of their own."""
