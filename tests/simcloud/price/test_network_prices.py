"""What the way out of a private subnet costs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from simcloud.price.network import capacity_units
from simcloud.price.price import price
from simcloud.price.usage import (
    AddressUsage,
    BalancerUsage,
    DataUsage,
    EndpointUsage,
    LambdaUsage,
    MachineUsage,
    NatUsage,
    SecretUsage,
    StorageUsage,
    TaskUsage,
)

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


def test_r315_what_else_is_paid_around_a_service() -> None:
    month = [
        StorageUsage("efs", 10, MONTH),
        StorageUsage("gp3", 100, MONTH),
        StorageUsage("gp2", 100, MONTH),
        StorageUsage("ecr", 5, MONTH),
        StorageUsage("logs", 10, MONTH),
        DataUsage("logs", 10),
        DataUsage("internet", 100),
        SecretUsage(MONTH, count=3),
    ]
    assert [(line.what, str(line.dollars)) for line in price(month)] == [
        ("EFS storage", "3.00"),
        ("EBS gp3 storage", "8.00"),
        ("EBS gp2 storage", "10.00"),
        ("ECR storage", "0.50"),
        ("CloudWatch Logs storage", "0.30"),
        ("CloudWatch Logs ingestion", "5.00"),
        ("data out to the internet", "9.00"),
        ("Secrets Manager secrets", "1.20"),
    ]


def test_an_instance_is_paid_by_the_second_a_minute_at_least() -> None:
    assert price([MachineUsage("m5.large", 10)]).cost == price([MachineUsage("m5.large", 60)]).cost == Decimal("0.0016")
    assert price([MachineUsage("m5.large", MONTH, count=2)]).total == Decimal("140.16")


def test_an_instance_without_a_price_stands_on_the_bill_and_says_so() -> None:
    [line] = price([MachineUsage("z9.huge", HOUR)])
    assert (line.cost, line.note) == (0, "not priced: no price of this type was read")


def test_lambda_is_paid_by_the_request_and_by_the_gigabyte_second() -> None:
    # 3 million requests of 120 ms with 1536 MB: 540,000 GB-seconds
    bill = price([LambdaUsage(3_000_000, 120, 1536)])
    assert [str(line.dollars) for line in bill] == ["0.60", "9.00"]
    assert price([LambdaUsage(1, "0.2", 1024)]).of("duration").lines[0].amount == Decimal("0.001")


def test_what_nobody_vouches_for_is_an_example_rate() -> None:
    [line] = price([LambdaUsage(1000, 1000, 1024, storage=10240)]).of("/tmp")
    assert line.note == "example rate"


def test_a_capacity_unit_is_twenty_five_new_connections_a_second_or_a_gigabyte_an_hour() -> None:
    assert capacity_units(50) == 2
    assert capacity_units(50, gigabytes=3) == 3
