"""What the network around the tasks costs: NAT gateways, endpoints, public addresses, load balancers (R-315)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from simcloud.facts import prices
from simcloud.price.bill import BillLine, charge
from simcloud.price.spell import Number, exact
from simcloud.price.usage import AddressUsage, BalancerUsage, EndpointUsage, NatUsage

HOUR = 3600


def begun_hours(seconds: Number) -> Decimal:
    """Hours, a begun one counted whole."""
    return Decimal(math.ceil(exact(seconds) / HOUR))


def nat_lines(nat: NatUsage) -> Iterator[BillLine]:
    """Hours, data, and the gateway's public address."""
    yield charge("NAT gateway hours", begun_hours(nat.seconds), "hours", prices.NAT_HOUR, "ec2-other")
    yield charge("NAT gateway data", Decimal(nat.gigabytes), "GB", prices.NAT_GB, "ec2-other")
    if nat.public:
        yield from address_lines(AddressUsage(nat.seconds))


def endpoint_lines(endpoint: EndpointUsage) -> Iterator[BillLine]:
    """Hours in each zone, and data, of an interface endpoint; a gateway endpoint stands on the bill with nothing."""
    hours = begun_hours(endpoint.seconds)
    if endpoint.gateway:
        name = f"gateway endpoint {endpoint.service}"
        yield charge(name, hours, "hours", prices.GATEWAY_ENDPOINT_HOUR, "vpc")
        return
    zone_hours = hours * endpoint.zones
    yield charge("interface endpoint hours", zone_hours, "zone-hours", prices.ENDPOINT_HOUR, "vpc")
    yield charge("interface endpoint data", Decimal(endpoint.gigabytes), "GB", prices.ENDPOINT_GB, "vpc")


def address_lines(address: AddressUsage) -> Iterator[BillLine]:
    """Hours of a public IPv4 address, by the second."""
    yield charge("public IPv4 address", exact(address.seconds), "hours", prices.PUBLIC_IPV4_HOUR, "vpc", per=HOUR)


def balancer_lines(balancer: BalancerUsage) -> Iterator[BillLine]:
    """Hours, and capacity units in them."""
    hours = begun_hours(balancer.seconds)
    units = hours * Decimal(balancer.capacity_units)
    yield charge("load balancer hours", hours, "hours", prices.BALANCER_HOUR, "elb")
    yield charge("load balancer capacity units", units, "LCU-hours", prices.BALANCER_LCU_HOUR, "elb")


def capacity_units(requests: Number, gigabytes: Number = 0) -> Decimal:
    """Load balancer capacity units of so many requests a second and so many GB an hour.

    AWS takes the dimension that is used most. Each request is counted as a new connection, which is the dearest case:
    clients that keep theirs open open fewer. Active connections and rule evaluations are not counted.
    """
    return max(Decimal(requests) / prices.LCU_CONNECTIONS.value, Decimal(gigabytes) / prices.LCU_GB.value)
