"""Which ways are open, from where, through what: judged by the paths that the world has, not by how it was built."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network
from itertools import product

from autograder.checks.check import Miss, NotAttempted
from autograder.checks.labs.private_pull.site import Site, tasks_network
from simcloud.reason.filters import into_groups
from simcloud.reason.network import Interface, VpcEndpoint
from simcloud.reason.path import Path, find_path

HTTPS = 443
KEYS = ("ecr.api", "ecr.dkr", "s3")
STRANGER_GROUP = "sg-of-a-stranger"


def way(here: Site, subnet: str, short: str, *, port: int = HTTPS) -> Path:
    """The way from a task of the service, were it in this subnet, to the host behind a key."""
    return path(here, subnet, tasks_network(here)["securityGroups"], here.host(short), port)


def path(here: Site, subnet: str, groups: Iterable[str], host: str, port: int) -> Path:
    """The way from a planned interface of these groups. It is called `a task in subnet-...` in every sentence."""
    block = IPv4Network(here.net.subnets[subnet].cidr)
    hosts = (str(block[number]) for number in range(101, block.num_addresses - 1))
    free = (one for one in hosts if here.net.standing_at(here.vpc, one) is None)
    return find_path(here.net, Interface(f"a task in {subnet}", subnet, next(free), tuple(groups)), host, port)


def by_endpoint(way_found: Path) -> bool:
    """Is the way open, and does it end at a VPC endpoint?"""
    return way_found.open and way_found.decided_by.kind in ("interface-endpoint", "gateway-endpoint")


def must_reach_by_endpoint(here: Site, subnet: str, short: str) -> None:
    """Raise Miss unless a task in the subnet reaches the host behind a key through a VPC endpoint."""
    found = way(here, subnet, short)
    if by_endpoint(found):
        return
    expected = f"a task in {subnet} reaches {here.host(short)} through a VPC endpoint"
    if found.open:
        by = found.decided_by
        hint = f"the ticket allows no way through {by.id}: open an endpoint for {short} and take that way out again"
        raise Miss(expected, f"it gets there through {by.id}", hint)
    raise Miss(expected, "it does not get there", found.why)


def newly_open(here: Site) -> list[str]:
    """The keys that were shut when the lab began and are open now, from one private subnet at least."""
    shut = here.plan.faults.shut
    return [key for key in shut if any(by_endpoint(way(here, subnet, key)) for subnet in here.private)]


def must_have_opened_something(here: Site) -> None:
    """Raise NotAttempted while every key that was shut is shut: before that there is no door to judge."""
    if not newly_open(here):
        raise NotAttempted("No key is open yet that was shut before: work on `open-the-keys` first.")


def to_the_internet(here: Site, subnet: str) -> list[str]:
    """The routes of a subnet that lead to an internet gateway or a NAT gateway, in words."""
    table = here.table_of(subnet)
    ways = [route for route in table.routes if route.via.startswith(("igw-", "nat-"))]
    return [f"{route.to} by {route.via} in {table.id}" for route in ways]


def stranger(address: str, who: str) -> Interface:
    """A caller that is in no group of the tasks. `who` names it in a sentence."""
    return Interface(who, "", address, (STRANGER_GROUP,))


def one_of_the_tasks(here: Site, subnet: str) -> Interface:
    """A caller as the tasks of the service are, in this subnet."""
    address = str(IPv4Network(here.net.subnets[subnet].cidr)[100])
    return Interface(f"a task in {subnet}", subnet, address, tuple(tasks_network(here)["securityGroups"]))


def must_keep_out(here: Site, callers: Iterable[Interface], ports: Iterable[int]) -> None:
    """Raise Miss where one of the callers comes in at an interface endpoint by one of the ports."""
    for who, group in _let_in(here, callers, ports):
        raise Miss(
            "TCP 443 alone, and that from the service's security group or the private subnets' blocks alone",
            f"{who}, by {group}",
            f"take the wide rule out of {group}, or take the group off the endpoint",
        )


def _let_in(here: Site, callers: Iterable[Interface], ports: Iterable[int]) -> list[tuple[str, str]]:
    """Which callers come in at which interface endpoint and port, in words, and by which security group."""
    return [
        (f"{caller.id} comes in to {endpoint.id} ({endpoint.short}) at port {port}", passage.by)
        for endpoint in here.interface_endpoints()
        for caller, port in product(callers, ports)
        for passage in [into_groups(here.net, _groups(endpoint), caller, caller.address, port)]
        if passage.passes
    ]


def _groups(endpoint: VpcEndpoint) -> list[str]:
    return sorted({group for interface in endpoint.interfaces for group in interface.groups})
