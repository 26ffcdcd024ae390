"""Another choice for the same run: the ratio, the share, the size, the way out; the difference to the last digit."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcloud.price.choices import Choices
from simcloud.price.plan import SavingsPlan
from simcloud.price.price import price
from simcloud.price.projection import month
from simcloud.price.usage import (
    AddressUsage,
    BalancerUsage,
    ClusterUsage,
    DataUsage,
    EndpointUsage,
    LambdaUsage,
    MachineUsage,
    NatUsage,
    Owner,
    StorageUsage,
    TaskUsage,
    Usage,
)
from simcloud.price.whatif import WhatIf, what_if

D = Decimal
HOUR, DAY = 3600, 86_400
TASK = TaskUsage(HOUR, cpu=1024, memory=2048)


@pytest.mark.row("F07")
def test_the_same_run_on_arm_costs_four_fifths() -> None:
    # 0.0000089944 and 0.0000009889 a second
    found = what_if([TASK], Choices(architecture="ARM64"))
    assert found.before.cost == D("0.0493704")
    assert found.after.cost == D(3600) * D("0.0000089944") + D(7200) * D("0.0000009889") == D("0.03949992")
    assert found.change == D("-0.00987048")
    assert (found.after.cost / found.before.cost).quantize(D("0.0001")) == D("0.8001")
    assert "every image has to be built for ARM64" in found.notes


@pytest.mark.row("T10")
def test_half_the_size_is_half_the_bill_and_every_line_says_its_part() -> None:
    found = what_if([TASK], Choices(cpu=512, memory=1024))
    assert [(each.what, each.change) for each in found.differences] == [
        ("Fargate vCPU, Linux X86_64", D("-0.0202392")),
        ("Fargate memory, Linux X86_64", D("-0.0044460")),
    ]
    assert found.after.cost * 2 == found.before.cost
    assert "run it again to see" in str(found)


def test_a_share_on_spot_is_priced_at_up_to_seventy_percent_off_and_says_so() -> None:
    found = what_if([TASK], Choices(spot_share=D("0.75")))
    assert found.after.cost == found.before.cost * (D("0.25") + D("0.75") * D("0.30"))
    assert any("up to 70% off" in note for note in found.notes)


def test_what_cannot_be_chosen_stays_and_is_named() -> None:
    windows = TaskUsage(HOUR, 1024, 2048, windows=True)
    pod = TaskUsage(HOUR, 1024, 2048, kubernetes=True)
    for choices in (Choices(architecture="ARM64"), Choices(spot_share=D(1))):
        found = what_if([windows, pod], choices)
        assert found.change == 0
        assert {note.split(" run ")[0].split(" cannot ")[0] for note in found.notes} == {"Windows tasks", "EKS pods"}


def test_what_is_not_sold_is_refused() -> None:
    with pytest.raises(ValueError, match="does not sell 512 MiB with 1024"):
        Choices(cpu=1024, memory=512)
    with pytest.raises(ValueError, match="does not sell 2048 MiB with 4096"):
        what_if([TASK], Choices(cpu=4096))
    with pytest.raises(ValueError, match="from 0 to 1"):
        Choices(spot_share=D("1.5"))
    with pytest.raises(ValueError, match="X86_64 or ARM64"):
        Choices(architecture="RISCV")
    with pytest.raises(ValueError, match="no price of Linux X86_64 in eu-west-9"):
        what_if([TASK], Choices(region="eu-west-9"))
    with pytest.raises(ValueError, match="no price of Linux ARM64 in eu-central-1"):
        what_if([TASK], Choices(region="eu-central-1", architecture="ARM64"))


def test_another_region_has_other_rates() -> None:
    found = what_if([TASK], Choices(region="eu-central-1"))
    assert found.after.cost.quantize(D("0.000001")) == D("0.056780")  # 0.04656 + 2 x 0.00511


@pytest.mark.row("P03")
def test_endpoints_in_the_place_of_nat_gateways() -> None:
    nats: list[Usage] = [NatUsage(730 * HOUR, public=False, owner=Owner(f"nat-{zone}")) for zone in "ab"]
    addresses: list[Usage] = [AddressUsage(730 * HOUR) for _ in "ab"]
    pulls: list[Usage] = [DataUsage("nat", 60, "s3"), DataUsage("nat", 2, "internet")]
    found = what_if([*nats, *addresses, *pulls], Choices(endpoints=("ecr.api", "ecr.dkr", "s3", "logs")))
    assert {
        each.what: (each.before.quantize(D("0.01")), each.after.quantize(D("0.01"))) for each in found.differences
    } == {
        "NAT gateway hours": (D("65.70"), D(0)),
        "NAT gateway data": (D("2.79"), D("0.09")),
        "interface endpoint hours": (D(0), D("43.80")),
    }
    assert "data of internet has no endpoint, and cannot come without a NAT gateway" in found.notes
    assert any("Elastic IPs" in note for note in found.notes)
    assert found.change.quantize(D("0.01")) == D("-24.60")


def test_a_plan_is_a_choice_too() -> None:
    found = what_if([TaskUsage(DAY, 1024, 2048, count=10)], Choices(plan=SavingsPlan(D("0.395"))))
    assert found.change.quantize(D("0.01")) == D("-2.37")
    assert found.differences[-1].what == "Compute Savings Plan, 1 year, none upfront"


def test_a_month_of_what_one_hour_used() -> None:
    # 9.01
    smallest = TaskUsage(DAY, cpu=256, memory=512)
    assert month([smallest], HOUR, 2 * HOUR).total == D("9.01")
    with pytest.raises(ValueError, match="ends after it begins"):
        month([smallest], HOUR, HOUR)


seconds = st.decimals(min_value=0, max_value=400_000, places=3)
begins = st.integers(0, 200_000)
tasks = st.builds(
    TaskUsage,
    seconds,
    st.sampled_from([1024, 2048]),
    st.just(4096),
    storage=st.integers(20, 200),
    architecture=st.sampled_from(["X86_64", "ARM64"]),
    purchase=st.sampled_from(["on-demand", "spot"]),
    count=st.integers(1, 20),
    begin=begins,
)
anything = st.one_of(
    tasks,
    st.builds(TaskUsage, seconds, st.just(2048), st.just(4096), windows=st.just(True), begin=begins),
    st.builds(NatUsage, seconds, gigabytes=st.integers(0, 50), begin=begins),
    st.builds(EndpointUsage, st.just("logs"), seconds, zones=st.integers(1, 3), begin=begins),
    st.builds(AddressUsage, seconds, begin=begins),
    st.builds(BalancerUsage, seconds, st.integers(0, 5), begin=begins),
    st.builds(StorageUsage, st.sampled_from(["efs", "gp3", "ecr"]), st.integers(1, 500), seconds, begin=begins),
    st.builds(DataUsage, st.sampled_from(["logs", "nat"]), st.integers(1, 500), begin=begins),
    st.builds(ClusterUsage, seconds, st.booleans(), begin=begins),
    st.builds(MachineUsage, st.sampled_from(["m5.large", "z9.huge"]), seconds, begin=begins),
    st.builds(LambdaUsage, st.integers(1, 10**6), st.integers(1, 900), st.just(512), seconds=seconds, begin=begins),
)  # fmt: skip
usages = st.lists(anything, max_size=6)


@settings(max_examples=60, deadline=None)
@given(usages, st.lists(st.integers(0, 600_000), max_size=3))
def test_a_run_in_periods_bills_what_it_bills_whole(usage: list[Usage], cuts: list[int]) -> None:
    marks = [0, *sorted(cuts), 700_000]
    whole, parts = price(usage), price([])
    for begin, end in pairwise(marks):
        part = price(usage, since=begin, until=end)
        assert all(line.amount > 0 for line in part)
        parts = parts + part
    assert {line.key: line.amount for line in parts} == {line.key: line.amount for line in whole}
    assert sum((line.cost for line in whole), D(0)) == whole.cost


@settings(max_examples=40, deadline=None)
@given(usages)
def test_no_other_choice_gives_the_same_bill(usage: list[Usage]) -> None:
    found = what_if(usage, Choices())
    assert (found.before, found.differences, found.change) == (price(usage), (), 0)
    assert {line.key: line.amount for line in found.after} == {line.key: line.amount for line in found.before}


@settings(max_examples=40, deadline=None)
@given(st.lists(tasks, min_size=1, max_size=5), st.decimals(0, 1, places=2), st.sampled_from(["X86_64", "ARM64"]))
def test_the_differences_add_up_to_the_change(usage: list[Usage], share: Decimal, architecture: str) -> None:
    found: WhatIf = what_if(usage, Choices(architecture=architecture, spot_share=share))
    assert sum((each.change for each in found.differences), D(0)) == pytest.approx(found.change, abs=D("1e-20"))
