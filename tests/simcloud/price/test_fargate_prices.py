"""AWS's own worked examples of the Fargate price, to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcloud.price.price import price
from simcloud.price.usage import AddressUsage, ClusterUsage, TaskUsage

MINUTE, HOUR, MONTH = 60, 3600, 730 * 3600


def lines(*usage: TaskUsage) -> list[tuple[str, str]]:
    return [(line.what, str(line.dollars)) for line in price(usage)]


def one_second(**size: Any) -> dict[str, Decimal]:
    """What a second costs, from an hour."""
    return {line.what: line.cost / HOUR for line in price([TaskUsage(HOUR, **size)])}


def test_r303_a_second_of_linux_on_x86() -> None:
    assert one_second(cpu=1024, memory=1024) == {
        "Fargate vCPU, Linux X86_64": Decimal("0.000011244"),
        "Fargate memory, Linux X86_64": Decimal("0.000001235"),
    }


@pytest.mark.row("F07")
def test_r304_a_second_of_linux_on_arm() -> None:
    assert one_second(cpu=1024, memory=1024, architecture="ARM64") == {
        "Fargate vCPU, Linux ARM64": Decimal("0.0000089944"),
        "Fargate memory, Linux ARM64": Decimal("0.0000009889"),
    }


@pytest.mark.row("F11")
def test_r306_a_second_of_windows_has_its_own_rates_and_a_licence() -> None:
    assert one_second(cpu=1024, memory=1024, windows=True) == {
        "Fargate vCPU, Windows": Decimal("0.0000254167"),
        "Fargate Windows licence": Decimal("0.0000127778"),
        "Fargate memory, Windows": Decimal("0.0000027778"),
    }


def test_r308_the_size_is_billed_part_by_part() -> None:
    # 100 s x (4 x 0.000011244 + 8 x 0.000001235 + 30 x 0.0000000308)
    bill = price([TaskUsage(100, cpu=4096, memory=8192, storage=50)])
    assert bill.cost == Decimal("0.0055780")
    assert [line.cost for line in bill] == [Decimal("0.0044976"), Decimal("0.0009880"), Decimal("0.0000924")]


def test_r309_worked_example_1_five_linux_tasks_ten_minutes_a_day() -> None:
    #
    tasks = TaskUsage(10 * MINUTE, cpu=1024, memory=2048, storage=30, count=5 * 30)
    assert lines(tasks) == [
        ("Fargate vCPU, Linux X86_64", "1.01"),
        ("Fargate memory, Linux X86_64", "0.22"),
        ("Fargate ephemeral storage", "0.03"),
    ]
    assert price([tasks]).total == Decimal("1.26")
    assert price([tasks]).cost == Decimal("1.26198")


@pytest.mark.row("F07")
def test_r310_worked_example_2_the_same_on_arm_is_a_fifth_cheaper() -> None:
    #
    tasks = TaskUsage(10 * MINUTE, cpu=1024, memory=2048, storage=30, architecture="ARM64", count=5 * 30)
    assert lines(tasks) == [
        ("Fargate vCPU, Linux ARM64", "0.81"),
        ("Fargate memory, Linux ARM64", "0.18"),
        ("Fargate ephemeral storage", "0.03"),
    ]
    assert price([tasks]).total == Decimal("1.02")


def test_r311_worked_example_3_ten_pods_an_hour_a_day() -> None:
    #
    pods = TaskUsage(HOUR, cpu=256, memory=1024, count=10 * 30)
    assert lines(pods) == [("Fargate vCPU, Linux X86_64", "3.04"), ("Fargate memory, Linux X86_64", "1.33")]
    assert price([pods]).total == Decimal("4.37")


@pytest.mark.row("F11")
def test_r307_a_minute_of_windows_is_billed_as_five_with_its_licence() -> None:
    # 300 s: 300 x 0.0000254167 + 300 x 0.0000127778 + 600 x 0.0000027778
    bill = price([TaskUsage(60, cpu=1024, memory=2048, windows=True)])
    assert [line.cost for line in bill] == [Decimal("0.00762501"), Decimal("0.00383334"), Decimal("0.00166668")]
    assert price([TaskUsage(300, cpu=1024, memory=2048, windows=True)]) == bill


@pytest.mark.row("F11")
def test_r312_worked_example_4_windows_pays_for_its_licence() -> None:
    #
    tasks = TaskUsage(HOUR, cpu=1024, memory=2048, windows=True, count=10 * 30)
    assert lines(tasks) == [
        ("Fargate vCPU, Windows", "27.45"),
        ("Fargate Windows licence", "13.80"),
        ("Fargate memory, Windows", "6.00"),
    ]
    assert price([tasks]).total == Decimal("47.25")


@pytest.mark.parametrize(("architecture", "total"), [("X86_64", "9.01"), ("ARM64", "7.21")])
def test_r313_the_smallest_task_that_always_runs(architecture: str, total: str) -> None:
    #
    assert price([TaskUsage(MONTH, cpu=256, memory=512, architecture=architecture)]).total == Decimal(total)


@pytest.mark.parametrize(
    ("seconds", "windows", "billed"),
    [
        (0, False, 0),
        (1, False, 60),
        (59, False, 60),
        (60, False, 60),
        ("60.001", False, 61),
        (61, False, 61),
        (1, True, 300),
        (300, True, 300),
        ("300.5", True, 301),
    ],
)
def test_r307_a_task_is_billed_by_the_begun_second_with_a_minimum(
    seconds: int | str, windows: bool, billed: int
) -> None:
    #
    assert TaskUsage(seconds, cpu=1024, memory=2048, windows=windows).billed_seconds == billed


@pytest.mark.row("F18")
def test_r305_storage_is_billed_beyond_twenty_gigabytes_only() -> None:
    # 180 GB x 3600 s x 0.0000000308 = 0.0199584
    assert price([TaskUsage(HOUR, cpu=256, memory=512, storage=20)]).of("storage").lines == ()
    assert price([TaskUsage(HOUR, cpu=256, memory=512, storage=200)]).of("storage").cost == Decimal("0.0199584")


def test_r314_spot_costs_thirty_percent_at_best() -> None:
    # 3600 x 0.000011244 x 0.3 + 2 x 3600 x 0.000001235 x 0.3
    spot = price([TaskUsage(HOUR, cpu=1024, memory=2048, purchase="spot")])
    assert spot.cost == Decimal("0.01481112")


def test_r314_a_savings_plan_takes_half_at_best_and_says_so() -> None:
    [cpu, memory] = price([TaskUsage(HOUR, cpu=1024, memory=2048, purchase="savings-plan")])
    assert cpu.cost + memory.cost == Decimal("0.0493704") / 2
    assert (cpu.note, memory.note) == ("up to 50% off: the most that AWS promises",) * 2


def test_r315_nothing_around_a_task_is_in_its_price() -> None:
    task = price([TaskUsage(HOUR, cpu=1024, memory=2048)])
    assert {line.product for line in task} == {"Elastic Container Service"}
    assert price([AddressUsage(HOUR)]).cost == Decimal("0.005")


def test_r316_an_eks_cluster_has_a_fee_and_an_ecs_cluster_none() -> None:
    assert price([ClusterUsage(730 * HOUR)]).total == Decimal("73.00")
    assert price([ClusterUsage(730 * HOUR, extended=True)]).total == Decimal("438.00")
    assert [line.product for line in price([ClusterUsage(HOUR)])] == ["Elastic Kubernetes Service"]


def test_a_task_of_a_millisecond_more_than_a_minute_is_a_second_more_and_noise_is_not() -> None:
    assert TaskUsage("60.001", cpu=1024, memory=2048).billed_seconds == 61
    assert TaskUsage("60.0000000001", cpu=1024, memory=2048).billed_seconds == 60


def test_an_architecture_that_is_none_has_no_price() -> None:
    with pytest.raises(ValueError, match="not 'arm64'"):
        price([TaskUsage(3600, 256, 512, architecture="arm64")])


def test_windows_on_spot_has_no_price() -> None:
    with pytest.raises(ValueError, match="Linux tasks only"):
        price([TaskUsage(HOUR, cpu=1024, memory=2048, windows=True, purchase="spot")])


@pytest.mark.row("F21")
def test_half_the_size_is_half_the_bill() -> None:
    whole = price([TaskUsage(HOUR, cpu=1024, memory=2048)])
    half = price([TaskUsage(HOUR, cpu=512, memory=1024)])
    assert half.cost * 2 == whole.cost
    assert whole.cost == Decimal("0.0493704")


@given(st.lists(st.integers(min_value=60, max_value=10**6), min_size=1, max_size=5))
def test_bills_add_up(seconds: list[int]) -> None:
    usage = [TaskUsage(length, cpu=1024, memory=2048, storage=40) for length in seconds]
    apart = price([])
    for task in usage:
        apart = apart + price([task])
    assert apart == price(usage)
    assert apart.cost == price([TaskUsage(sum(seconds), cpu=1024, memory=2048, storage=40)]).cost
