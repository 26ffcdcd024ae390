"""Laws on Elastic IPs: what has one keeps it until it lets go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts.words import networking as words
from simcloud.facts.words.neighbours import EC2
from simcloud.rules.engine import rule
from simcloud.rules.neighbours.seen import Address, Neighbours
from simcloud.rules.reading import text
from simcloud.rules.refusal import Refusal

RELEASE, DISASSOCIATE = "ec2:ReleaseAddress", "ec2:DisassociateAddress"
INVALID = "InvalidParameterValue"


def _named(request: Mapping[str, Any], seen: Neighbours) -> Address | None:
    """The address that the request is about; None where there is none."""
    public, association = text(request, "PublicIp"), text(request, "AssociationId")
    for name, one in seen.addresses.items():
        if name == text(request, "AllocationId") or (association and one.association == association):
            return one
        if public and one.public == public:
            return one
    return None


@rule("FG1580", on=RELEASE, source=EC2 + "API_ReleaseAddress.html", status="observed")
def an_address_is_released_by_its_allocation(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An Elastic IP, which belongs to VPCs today, is released by its allocation id, not by the address itself."""
    if not text(request, "AllocationId") and _named(request, seen):
        why = f"{text(request, 'PublicIp')} is an address, not an allocation id"
        yield Refusal("AllocationId", words.RELEASED_BY_ID, why, INVALID)


@rule("FG1581", on=(RELEASE, DISASSOCIATE), source=EC2 + "API_DisassociateNatGatewayAddress.html", status="observed")
def a_nat_gateway_keeps_its_address(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """The Elastic IP of a NAT gateway is neither disassociated nor released before the NAT gateway is deleted."""
    held = _named(request, seen)
    if held and held.nat_gateway:
        why = f"{held.nat_gateway} has it; delete the NAT gateway first, and wait until it is deleted"
        yield Refusal("AllocationId", words.NOT_YOUR_ADDRESS, why, "AuthFailure")


@rule("FG1582", on=RELEASE, source=EC2 + "API_ReleaseAddress.html", status="observed")
def an_associated_address_is_not_released(request: Mapping[str, Any], seen: Neighbours) -> Iterator[Refusal]:
    """An Elastic IP is disassociated before it is released."""
    held = _named(request, seen)
    if held and held.association and not held.nat_gateway and text(request, "AllocationId"):
        aws = words.ADDRESS_IN_USE.format(address=held.public)
        why = f"{held.association} holds it: disassociate_address"
        yield Refusal("AllocationId", aws, why, "InvalidIPAddress.InUse")
