"""Amazon EC2: a change needs its action on each thing that it names, and on the kind of thing that it makes.

https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html. What only looks knows no
resource.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from simcloud.cloud.access.ask import NO_RESOURCE, SOME_RESOURCE, Ask, Structure, arn, carried, text
from simcloud.cloud.live import Call
from simcloud.rules.neighbours.offered import TAGGED

KINDS = {
    "vpc": "vpc",
    "subnet": "subnet",
    "sg": "security-group",
    "sgr": "security-group-rule",
    "rtb": "route-table",
    "igw": "internet-gateway",
    "eigw": "egress-only-internet-gateway",
    "nat": "natgateway",
    "eipalloc": "elastic-ip",
    "vpce": "vpc-endpoint",
    "vpce-svc": "vpc-endpoint-service",
    "eni": "network-interface",
    "acl": "network-acl",
    "i": "instance",
    "vol": "volume",
    "snap": "snapshot",
    "pcx": "vpc-peering-connection",
    "dopt": "dhcp-options",
    "fl": "vpc-flow-log",
    "pl": "prefix-list",
}
"""The first part of an id -> the kind in the ARN."""
MADE = {
    **TAGGED,
    "CreateDhcpOptions": "dhcp-options",
    "CreateVolume": "volume",
    "CreateVpcPeeringConnection": "vpc-peering-connection",
    "RunInstances": "instance",
}
"""By operation the kind of thing that it makes."""
_LOOKS = re.compile(r"(Describe|Get|Search|List|Export)")
_ID = re.compile(r"([a-z]+(?:-svc)?)-[0-9a-f]{8,17}")
_ONLY = {"CreateRoute": "RouteTableId", "ReplaceRoute": "RouteTableId", "DeleteRoute": "RouteTableId"}
"""Operations that ask for one of the things that they name alone."""


def asks(operation: str, request: Structure, call: Call) -> Iterator[Ask]:
    """The action on each resource; and ec2:CreateTags where what is made gets tags."""
    action = f"ec2:{operation}"
    if _LOOKS.match(operation):
        yield Ask(action, NO_RESOURCE)
        return
    tags = dict(_tags(request))
    found = list(dict.fromkeys(_ids(request, _ONLY.get(operation))))
    resources = [(arn("ec2", call, f"{kind}/{identity}"), identity) for kind, identity in found]
    if operation in MADE:
        resources.append((arn("ec2", call, f"{MADE[operation]}/*"), ""))
    for resource, identity in resources or [(SOME_RESOURCE, "")]:
        yield Ask(action, resource, {**tags, **_carried(call, identity)})
    if operation in MADE and tags:
        made = arn("ec2", call, f"{MADE[operation]}/*")
        yield Ask("ec2:CreateTags", made, {**tags, "ec2:CreateAction": operation})


def _ids(request: Structure, only: str | None) -> Iterator[tuple[str, str]]:
    """The things that the request's own members name: kind and id."""
    for member, value in request.items():
        if only in (None, member):
            for each in value if isinstance(value, list | tuple) else [value]:
                match = _ID.fullmatch(each) if isinstance(each, str) else None
                if match and match[1] in KINDS:
                    yield KINDS[match[1]], each


def _tags(request: Structure) -> Iterator[tuple[str, Any]]:
    given = [tag for each in request.get("TagSpecifications") or () for tag in each.get("Tags") or ()]
    given += request.get("Tags") or ()
    for tag in given:
        yield f"aws:RequestTag/{text(tag.get('Key'))}", text(tag.get("Value"))
    if given:
        yield "aws:TagKeys", [text(tag.get("Key")) for tag in given]


def _carried(call: Call, identity: str) -> dict[str, str]:
    if not identity:
        return {}
    from moto.ec2.models import ec2_backends

    held = ec2_backends[call.account][call.region].tags.get(identity) or {}
    return carried({str(key): str(value) for key, value in held.items()}, "ec2")
