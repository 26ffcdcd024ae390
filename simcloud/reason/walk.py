"""The walk from an interface towards a host: one hop after another; the first that is not passed ends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simcloud.reason import endpoints, filters
from simcloud.reason.hop import Hop, hop
from simcloud.reason.iam import Decision
from simcloud.reason.names import Answer, service_of
from simcloud.reason.network import Interface, Network, VpcEndpoint
from simcloud.reason.routes import LOCAL, Choice, choose


@dataclass
class Walk:
    """One walk. Security groups are stateful and asked once; network ACLs are not, and asked for the answers too."""

    network: Network
    start: Interface
    host: str
    port: int
    answer: Answer
    call: tuple[str, str, str] | None = None
    """Action, resource and role that an endpoint's policy is asked for; None for what the start of a task calls."""
    refusal: Decision | None = None
    """The refusal by an endpoint's policy, once the walk has come there."""

    def hops(self) -> Iterator[Hop]:
        """Every hop, as if each were passed: who reads them stops at the first that is not."""
        start, subnet, address = self.start, self.network.subnets[self.start.subnet], self.answer.address
        public = f" and the public address {start.public_address}" if start.public_address else ""
        yield Hop("interface", start.id, True, f"{start.id} has {start.address}{public} in {subnet.id}")
        where = self.answer.endpoint.id if self.answer.endpoint else subnet.vpc
        yield Hop("dns", where, bool(address), self.answer.says)
        peer = self.network.standing_at(subnet.vpc, address)
        yield self._out(peer)
        neighbours = peer is not None and peer.subnet == subnet.id
        if not neighbours:
            yield from self._acl(subnet.id, egress=True, address=address, ports=(self.port, self.port))
        choice = choose(self.network, subnet.id, address)
        yield self._route(choice)
        yield from self._onward(choice.via, peer)
        if not neighbours:
            yield from self._acl(subnet.id, egress=False, address=address, ports=filters.TASK_PORTS)

    def _onward(self, via: str, peer: Interface | None) -> Iterator[Hop]:
        if via == LOCAL:
            return self._inside(peer)
        if via.startswith("igw-"):
            return self._by_internet_gateway(via)
        if via.startswith("nat-"):
            return self._by_nat(via)
        if via.startswith("vpce-"):
            return self._by_gateway_endpoint(self.network.endpoints[via])
        says = f"{via} is a way that this course does not simulate (peering, transit gateway, VPN): no path is found"
        return iter((Hop("elsewhere", via, False, says),))

    # Filters and routes

    def _out(self, peer: Interface | None) -> Hop:
        address, port = self.answer.address, self.port
        passage = filters.out_of_groups(self.network, self.start.groups, peer, address, port)
        by = passage.by or "no security group"
        yes, no = f"{by} lets TCP {port} out to {address}", f"no egress rule of {by} lets TCP {port} out to {address}"
        return hop("security-group", by, passage.passes, yes=yes, no=no)

    def _acl(self, subnet: str, *, egress: bool, address: str, ports: tuple[int, int]) -> Iterator[Hop]:
        acl = self.network.acls.get(self.network.subnets[subnet].network_acl)
        if acl is None:
            return
        passage = filters.through_acl(acl, egress=egress, address=address, ports=ports)
        spoken = f"TCP {ports[0]}" if ports[0] == ports[1] else f"answers to TCP {ports[0]}-{ports[1]}"
        way = f"out of {subnet} to {address}" if egress else f"into {subnet} from {address}"
        yes, no = (
            f"{acl.id} lets {spoken} {way}, by {passage.by}",
            f"{acl.id} keeps {spoken} from going {way}, by {passage.by}",
        )
        yield hop("nacl", acl.id, passage.passes, yes=yes, no=no)

    def _route(self, choice: Choice) -> Hop:
        address, subnet = self.answer.address, self.start.subnet
        if choice.table is None:
            return Hop("route-table", "", False, f"{subnet} has no route table")
        table = choice.table.id
        if choice.route is None:
            says = f"{table} of {subnet} has no route to {address}{self._misplaced(table)}"
            return Hop("route-table", table, False, says)
        way = f"{table} of {subnet} sends {address} by {choice.route.to}"
        stands = self._stands(choice.via)
        gone = f"{way} to {choice.via or 'a target'} that is gone (blackhole)"
        return hop("route-table", table, stands, yes=f"{way} to {choice.via}", no=gone)

    def _stands(self, via: str) -> bool:
        """Is the target of a route still there?"""
        network = self.network
        if via.startswith("igw-"):
            return via in network.internet_gateways
        if via.startswith("nat-"):
            return via in network.nat_gateways and network.nat_gateways[via].available
        if via.startswith("vpce-"):
            return via in network.endpoints and network.endpoints[via].available
        return bool(via)

    def _misplaced(self, table: str) -> str:
        """The gateway endpoint that would serve the name, were it in this route table."""
        service, vpc = service_of(self.host), self.network.subnets[self.start.subnet].vpc
        for one in self.network.endpoints_in(vpc):
            if one.kind == "gateway" and one.short == service.short and table not in one.route_tables:
                listed = ", ".join(one.route_tables) or "no route table"
                return f" ({one.id} for {one.short} is in {listed}, not in this one)"
        return ""

    # The ways on

    def _inside(self, peer: Interface | None) -> Iterator[Hop]:
        start, address, port = self.start, self.answer.address, self.port
        if peer is None:
            yield Hop("interface", "", False, f"nothing in {self.network.subnets[start.subnet].vpc} has {address}")
            return
        across = peer.subnet != start.subnet
        if across:
            yield from self._acl(peer.subnet, egress=False, address=start.address, ports=(port, port))
        yield self._into(peer)
        if across:
            yield from self._acl(peer.subnet, egress=True, address=start.address, ports=filters.TASK_PORTS)
        endpoint = self.answer.endpoint
        if endpoint is None:
            yield Hop("interface", peer.id, True, f"{peer.id} has {peer.address} in {peer.subnet}")
        else:
            says = f"{endpoint.id} takes it to {endpoint.short}, at {peer.address} in {peer.subnet}"
            yield Hop("interface-endpoint", endpoint.id, True, says)
            yield from self._policy(endpoint)

    def _into(self, peer: Interface) -> Hop:
        start, port = self.start, self.port
        passage = filters.into_groups(self.network, peer.groups, start, start.address, port)
        whose = self.answer.endpoint.id if self.answer.endpoint else peer.id
        by = passage.by or "no security group"
        yes = f"{by} of {whose} lets TCP {port} in from {start.address}"
        no = f"no ingress rule of {by} of {whose} lets TCP {port} in from {start.address}"
        return hop("security-group", by, passage.passes, yes=yes, no=no)

    def _by_gateway_endpoint(self, endpoint: VpcEndpoint) -> Iterator[Hop]:
        yield Hop("gateway-endpoint", endpoint.id, True, f"{endpoint.id} takes it to {endpoint.short}")
        yield from self._policy(endpoint)

    def _policy(self, endpoint: VpcEndpoint) -> Iterator[Hop]:
        if endpoint.policy is None:
            return
        self.refusal = endpoints.refusal(self.network, endpoint, self.start.address, self.host, self.call)
        asked = self.call[0] if self.call else "what the start of a task asks for"
        yes = f"the policy of {endpoint.id} allows {asked}"
        no = self.refusal.why if self.refusal else ""
        yield hop("endpoint-policy", endpoint.id, self.refusal is None, yes=yes, no=no)

    def _by_internet_gateway(self, gateway: str) -> Iterator[Hop]:
        start = self.start
        yield self._gateway(gateway, self.network.subnets[start.subnet].vpc)
        yes = f"answers come back to {start.public_address}"
        no = f"{start.id} has no public IP, and an internet gateway carries traffic of public addresses alone"
        yield hop("public-ip", start.id, bool(start.public_address), yes=yes, no=no)

    def _gateway(self, gateway: str, vpc: str) -> Hop:
        attached = self.network.internet_gateways[gateway].vpc == vpc
        yes, no = f"{gateway} leads to the internet", f"{gateway} is not attached to {vpc}"
        return hop("internet-gateway", gateway, attached, yes=yes, no=no)

    def _by_nat(self, gateway: str) -> Iterator[Hop]:
        nat, start, address, port = self.network.nat_gateways[gateway], self.start, self.answer.address, self.port
        across = nat.subnet != start.subnet
        if across:
            yield from self._acl(nat.subnet, egress=False, address=start.address, ports=(port, port))
        if not nat.public_address:
            yield Hop("nat-gateway", nat.id, False, f"{nat.id} has no public address, so it leads to no public one")
        choice = choose(self.network, nat.subnet, address)
        leads = choice.via.startswith("igw-") and self._stands(choice.via)
        table = choice.table.id if choice.table else "no route table"
        yes = f"{nat.id} in {nat.subnet} sends it on as {nat.public_address}"
        no = (
            f"{nat.id} stands in {nat.subnet}, where {table} sends {address} to {choice.via or 'nowhere'}: "
            "a NAT gateway needs a subnet with a route to an internet gateway"
        )
        yield hop("nat-gateway", nat.id, leads, yes=yes, no=no)
        yield from self._acl(nat.subnet, egress=True, address=address, ports=(port, port))
        yield self._gateway(choice.via, self.network.subnets[nat.subnet].vpc)
        yield from self._acl(nat.subnet, egress=False, address=address, ports=filters.NAT_PORTS)
        if across:
            yield from self._acl(nat.subnet, egress=True, address=start.address, ports=filters.TASK_PORTS)
