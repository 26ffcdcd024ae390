"""What the way out of a private subnet costs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from simcloud.price.price import price
from simcloud.price.usage import AddressUsage, BalancerUsage, EndpointUsage, NatUsage, TaskUsage

HOUR, MONTH = 3600, 730 * 3600


def test_a_nat_gateway_pays_by_the_hour_by_the_gigabyte_and_for_its_address() -> None:
    bill = price([NatUsage(MONTH, gigabytes=100)])
    assert [(line.what, line.dollars) for line in bill] == [
        ("NAT gateway hours", Decimal("32.85")),
        ("NAT gateway data", Decimal("4.50")),
        ("public IPv4 address", Decimal("3.65")),
    ]


def test_an_interface_endpoint_pays_in_every_zone() -> None:
    one = price([EndpointUsage("ecr.api", MONTH, zones=1)])
    two = price([EndpointUsage("ecr.api", MONTH, zones=2)])
    assert (one.total, two.total) == (Decimal("7.30"), Decimal("14.60"))


def test_a_gateway_endpoint_is_free_and_still_on_the_bill() -> None:
    bill = price([EndpointUsage("s3", MONTH, gigabytes=500, gateway=True)])
    assert [(line.what, line.cost) for line in bill] == [("gateway endpoint s3", Decimal(0))]


@pytest.mark.row("P03")
def test_the_same_service_by_nat_and_by_endpoints() -> None:
    service = TaskUsage(MONTH, cpu=256, memory=512, count=2)
    by_nat = price([service, NatUsage(MONTH, gigabytes=30), NatUsage(MONTH, gigabytes=30)])
    by_endpoints = price(
        [
            service,
            EndpointUsage("ecr.api", MONTH, zones=2),
            EndpointUsage("ecr.dkr", MONTH, zones=2),
            EndpointUsage("logs", MONTH, zones=2, gigabytes=10),
            EndpointUsage("s3", MONTH, gigabytes=50, gateway=True),
        ]
    )
    assert by_nat.total == Decimal("93.72")
    assert by_endpoints.total == Decimal("61.92")
    assert by_nat.of("Fargate") == by_endpoints.of("Fargate")


def test_a_begun_hour_of_a_gateway_is_paid_whole_and_an_address_by_the_second() -> None:
    assert price([NatUsage(HOUR + 1)]).of("NAT gateway hours").cost == Decimal("0.09")
    assert price([AddressUsage(HOUR // 2)]).cost == Decimal("0.0025")


def test_a_load_balancer_pays_by_the_hour_and_by_what_it_carries() -> None:
    bill = price([BalancerUsage(MONTH, capacity_units="0.5")])
    assert [str(line.dollars) for line in bill] == ["16.43", "2.92"]
