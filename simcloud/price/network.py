"""What the network around the tasks costs: NAT gateways, endpoints, public addresses, load balancers (R-315)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from simcloud.facts import prices
from simcloud.facts.fact import Fact
from simcloud.price.bill import BillLine
from simcloud.price.usage import AddressUsage, BalancerUsage, EndpointUsage, NatUsage, Number

HOUR = 3600


def begun_hours(seconds: Number) -> Decimal:
    """Hours, a begun one counted whole."""
    return Decimal(math.ceil(Decimal(seconds) / HOUR))


def _line(what: str, amount: Decimal, unit: str, rate: Fact[Decimal]) -> BillLine:
    return BillLine(what, amount, unit, rate.value, rate.source)


def nat_lines(nat: NatUsage) -> Iterator[BillLine]:
    """Hours, data, and the gateway's public address."""
    yield _line("NAT gateway hours", begun_hours(nat.seconds), "hours", prices.NAT_HOUR)
    yield _line("NAT gateway data", Decimal(nat.gigabytes), "GB", prices.NAT_GB)
    yield from address_lines(AddressUsage(nat.seconds))


def endpoint_lines(endpoint: EndpointUsage) -> Iterator[BillLine]:
    """Hours in each zone, and data, of an interface endpoint; a gateway endpoint stands on the bill with nothing."""
    hours = begun_hours(endpoint.seconds)
    if endpoint.gateway:
        yield _line(f"gateway endpoint {endpoint.service}", hours, "hours", prices.GATEWAY_ENDPOINT_HOUR)
        return
    yield _line("interface endpoint hours", hours * endpoint.zones, "zone-hours", prices.ENDPOINT_HOUR)
    yield _line("interface endpoint data", Decimal(endpoint.gigabytes), "GB", prices.ENDPOINT_GB)


def address_lines(address: AddressUsage) -> Iterator[BillLine]:
    """Hours of a public IPv4 address, by the second."""
    yield _line("public IPv4 address", Decimal(address.seconds) / HOUR, "hours", prices.PUBLIC_IPV4_HOUR)


def balancer_lines(balancer: BalancerUsage) -> Iterator[BillLine]:
    """Hours, and capacity units in them."""
    hours = begun_hours(balancer.seconds)
    yield _line("load balancer hours", hours, "hours", prices.BALANCER_HOUR)
    yield _line(
        "load balancer capacity units", hours * Decimal(balancer.capacity_units), "LCU-hours", prices.BALANCER_LCU_HOUR
    )
