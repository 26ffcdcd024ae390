"""Reading requests of EKS: CIDR blocks, ARNs and Kubernetes' names. Nothing here raises."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from ipaddress import IPv4Network, ip_network
from typing import Any

from simcloud.rules.reading import text

ROLE = re.compile(r"arn:(aws|aws-cn|aws-us-gov):iam::(\d{12}):role/(.+)")
LABEL = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?")
"""A DNS label, as of a namespace."""
NAME = re.compile(r"([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]")
PREFIX = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
NAME_LENGTH = 63
PREFIX_LENGTH = 253

_PRIVATE = tuple(ip_network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
_CARRIER = ip_network("100.64.0.0/10")


def named_cluster(request: Mapping[str, Any]) -> str:
    """The name of the cluster that a request is about."""
    return text(request, "clusterName") or text(request, "name")


def role_account(arn: str) -> str:
    """The account of a role's ARN; '' for what is no role's ARN."""
    found = ROLE.fullmatch(arn)
    return found[2] if found else ""


def block(cidr: str) -> IPv4Network | None:
    """The IPv4 block that a text names, host bits zero; None for what is none."""
    try:
        network = ip_network(cidr)
    except ValueError:
        return None
    return network if isinstance(network, IPv4Network) and "/" in cidr else None


def is_private(network: IPv4Network, *, carrier: bool = False) -> bool:
    """Does the whole block lie in RFC 1918 space (or, where asked, in that of carrier NAT)?"""
    return any(
        isinstance(home, IPv4Network) and network.subnet_of(home)
        for home in (*_PRIVATE, *((_CARRIER,) if carrier else ()))
    )


def is_qualified(key: str) -> bool:
    """Is this a qualified name of Kubernetes: an optional DNS prefix, and a name?"""
    prefix, slash, name = key.rpartition("/")
    if slash and not (len(prefix) <= PREFIX_LENGTH and PREFIX.fullmatch(prefix)):
        return False
    return len(name) <= NAME_LENGTH and NAME.fullmatch(name) is not None


def request_id(of: str) -> str:
    """The id that EC2's refusal carries inside EKS's: always the same for the same thing, since a refused call draws
    no ids."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, of))
