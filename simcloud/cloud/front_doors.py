"""Load balancers as those see them who ask by name: where the name leads, whom it lets in, and where a request goes."""

from __future__ import annotations

import fnmatch
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from simcloud.cloud.balancing import ANYWHERE, node
from simcloud.cloud.live import Live
from simcloud.cloud.network import lost_zones
from simcloud.cloud.shifting import forwarded
from simcloud.reason.filters import into_groups
from simcloud.reason.hop import Hop
from simcloud.reason.network import Network
from simcloud.reason.path import Path, find_path
from simcloud.sim.asks import Forward


def named(host: str, region: str, account: str) -> Any | None:
    """moto's load balancer of this name; None where there is none."""
    models = sys.modules.get("moto.elbv2.models")
    if models is None or account not in models.elbv2_backends or region not in models.elbv2_backends[account]:
        return None
    held = models.elbv2_backends[account][region].load_balancers.values()
    return next((one for one in held if str(one.dns_name).lower() == host.lower()), None)


def find(network: Network, interface: str, host: str, port: int, region: str, account: str) -> Path:
    """The path from an interface to a load balancer. An internal one stands at private addresses, in the zone of the
    interface if it has a node there; one that faces the internet at public ones, and sees whose address comes."""
    balancer = named(host, region, account)
    if balancer is None:
        gone = Hop("dns", "", False, f"there is no load balancer {host}")
        return Path(False, "", "no-name", (gone,), gone, f"{interface} does not reach {host}:{port}: {gone.says}")
    network = replace(network, groups={**network.groups, ANYWHERE.id: ANYWHERE})
    lost = lost_zones()
    subnets = [each.id for each in balancer.subnets if each.id in network.subnets]
    subnets = [each for each in subnets if network.subnets[each].zone not in lost] or subnets
    zone = network.subnets[network.interfaces[interface].subnet].zone
    chosen = next((each for each in subnets if network.subnets[each].zone == zone), subnets[0])
    door = node(network, balancer, chosen)
    if balancer.scheme == "internal":
        inside = replace(network, interfaces={**network.interfaces, door.id: door})
        return find_path(inside, interface, door.address, port)
    path = find_path(network, interface, host, port)
    if not path.open:
        return path
    nat = network.nat_gateways.get(path.decided_by.id)
    source = nat.public_address if nat else network.interfaces[interface].public_address
    if not into_groups(network, door.groups, None, source, port).passes:
        groups = " and ".join(door.groups)
        shut = Hop("security-group", groups, False, f"no ingress rule of {groups} lets {source} in on port {port}")
        why = f"{interface} does not reach {host}:{port}: {shut.says}"
        return replace(path, open=False, kind="timeout", hops=(*path.hops, shut), decided_by=shut, why=why)
    return path


def forward(live: Live, host: str, port: int, path: str) -> Forward | None:
    """What the listener of this port does with a request: the first of its rules that fits. None without a listener."""
    balancer = named(host, live.region, live.account)
    listeners = balancer.listeners.values() if balancer else ()
    listener = next((each for each in listeners if int(each.port or 0) == port), None)
    if listener is None:
        return None
    for rule in sorted(listener.rules.values(), key=_turn):
        if rule.is_default or all(_fits(each, host, path) for each in rule.conditions):
            return _done_by(rule)
    return None


def _turn(rule: Any) -> tuple[bool, int]:
    return bool(rule.is_default), 0 if rule.is_default else int(rule.priority)


def _fits(condition: dict[str, Any], host: str, path: str) -> bool:
    """Conditions on what the simulated requests have not (headers, query, source) never fit."""
    seen = {"path-pattern": path, "host-header": host.lower(), "http-request-method": "GET"}.get(condition["Field"])
    return seen is not None and (
        any(fnmatch.fnmatchcase(seen, pattern) for pattern in _named(condition, "Values"))
        or any(re.search(expression, seen) for expression in _named(condition, "RegexValues"))
    )


def _named(condition: dict[str, Any], member: str) -> Iterator[str]:
    yield from condition.get(member) or ()
    for name, config in condition.items():
        if name.endswith("Config") and isinstance(config, dict):
            yield from config.get(member) or ()


def _done_by(rule: Any) -> Forward:
    for action in rule.actions:
        if action.type == "fixed-response":
            return Forward(str(action.data["FixedResponseConfig"]["StatusCode"]))
        if action.type == "redirect":
            code = str(action.data["RedirectConfig"]["StatusCode"]).removeprefix("HTTP_")
            return Forward(code)
    return Forward(groups=forwarded(rule) or ())
