"""What security groups and network ACLs let through, and by which of their lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simcloud.reason.addresses import within
from simcloud.reason.network import AclEntry, GroupRule, Interface, Network, NetworkAcl, SecurityGroup

TASK_PORTS = (32768, 60999)
"""The ports to which a Linux task's answers come back. A network ACL must let them in."""
NAT_PORTS = (1024, 65535)
"""The ports from which a NAT gateway speaks to the outside, wider than a task's. Both ranges:
https://docs.aws.amazon.com/vpc/latest/userguide/nacl-ephemeral-ports.html"""

TCP = ("6", "tcp", "-1", "all")
"""How a network ACL may write that it means TCP."""

LAST_RULE = 32767
"""The number of the rule shown as `*`: what no other rule decided is denied."""


@dataclass(frozen=True)
class Passage:
    """Whether it passes, and what decided it: the security groups, or the number of the ACL's rule."""

    passes: bool
    by: str


def out_of_groups(network: Network, groups: Iterable[str], peer: Interface | None, address: str, port: int) -> Passage:
    """May an interface in these groups open a TCP connection to the address?"""
    return _through(network, [(group, group.egress) for group in _known(network, groups)], peer, address, port)


def into_groups(network: Network, groups: Iterable[str], peer: Interface | None, address: str, port: int) -> Passage:
    """May the address open a TCP connection to an interface in these groups?"""
    return _through(network, [(group, group.ingress) for group in _known(network, groups)], peer, address, port)


def _known(network: Network, groups: Iterable[str]) -> list[SecurityGroup]:
    return [network.groups[group] for group in groups if group in network.groups]


def _through(
    network: Network,
    sets: list[tuple[SecurityGroup, tuple[GroupRule, ...]]],
    peer: Interface | None,
    address: str,
    port: int,
) -> Passage:
    for group, rules in sets:
        for rule in rules:
            if rule.covers(port) and _means(network, rule, peer, address):
                return Passage(True, group.id)
    return Passage(False, " ".join(group.id for group, _ in sets))


def _means(network: Network, rule: GroupRule, peer: Interface | None, address: str) -> bool:
    if rule.peer.startswith("sg-"):
        return peer is not None and rule.peer in peer.groups
    if rule.peer.startswith("pl-"):
        listed = network.prefix_lists.get(rule.peer)
        return listed is not None and within(address, listed.cidrs)
    return within(address, (rule.peer,))


def through_acl(acl: NetworkAcl, *, egress: bool, address: str, ports: tuple[int, int]) -> Passage:
    """Does the ACL let TCP to these ports pass, to (egress) or from the address?

    Lines are read by number. All the ports must have been allowed before a line denies them; a line that denies only
    a few of the many to which an answer may come hits hardly any connection, and is passed over.
    """
    allowed: list[tuple[int, int]] = []
    for entry in sorted((entry for entry in acl.entries if entry.egress == egress), key=lambda entry: entry.number):
        if entry.protocol not in TCP or not within(address, (entry.cidr,)):
            continue
        first, last = _ports(entry)
        common = min(last, ports[1]) - max(first, ports[0]) + 1
        if entry.allow and common > 0:
            allowed.append((first, last))
            if _cover(allowed, ports):
                return Passage(True, f"rule {entry.number}")
        elif not entry.allow and 2 * common > ports[1] - ports[0]:
            return Passage(False, f"rule {entry.number}" if entry.number < LAST_RULE else "the last rule (*)")
    return Passage(False, "the last rule (*)")


def _ports(entry: AclEntry) -> tuple[int, int]:
    every = entry.ports is None or entry.protocol in ("-1", "all")
    return (0, 65535) if every or entry.ports is None else entry.ports


def _cover(parts: list[tuple[int, int]], whole: tuple[int, int]) -> bool:
    reached = whole[0] - 1
    for first, last in sorted(parts):
        if first > reached + 1:
            return False
        reached = max(reached, last)
    return reached >= whole[1]
