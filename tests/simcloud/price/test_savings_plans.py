"""Compute Savings Plans: AWS's own example, AWS's order, the break-even, and what no plan covers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcloud.price.plan import Eligible, SavingsPlan, apply
from simcloud.price.planned import break_even, planned
from simcloud.price.price import price
from simcloud.price.usage import LambdaUsage, MachineUsage, NatUsage, TaskUsage, Usage

D = Decimal
HOUR, DAY = 3600, 86_400
R5 = Eligible("4 r5.4xlarge", D(4), D("1.00"), D("0.70"))
WINDOWS = Eligible("m5.24xlarge Windows", D(1), D("10.00"), D("8.20"))
VCPU = Eligible("Fargate vCPU", D(400), D("0.04"), D("0.03"))
MEMORY = Eligible("Fargate GB", D(1600), D("0.004"), D("0.003"))
FUNCTIONS = Eligible("Lambda GB-seconds", D(1_500_000), D("0.000015"), D("0.00001275"))
EXAMPLE = [WINDOWS, FUNCTIONS, MEMORY, VCPU, R5]


def service(tasks: int, hours: int, **more: object) -> TaskUsage:
    return TaskUsage(hours * HOUR, cpu=1024, memory=2048, count=tasks, **more)  # type: ignore[arg-type]


def test_the_example_of_aws_is_covered_whole_by_fifty_dollars_an_hour() -> None:
    # https://docs.aws.amazon.com/savingsplans/latest/userguide/sp-applying.html: $47.13, with $0.20 for the requests
    applied = apply(D(50), EXAMPLE)
    assert applied.used + D("0.20") == D("47.125")
    assert applied.covered == {each.what: each.amount for each in EXAMPLE}


def test_two_dollars_an_hour_go_to_what_saves_most() -> None:
    # the same page: 30 % on r5.4xlarge is more than 25 % on Fargate, 18 % on Windows and 15 % on Lambda
    applied = apply(D(2), EXAMPLE)
    assert list(applied.covered) == ["4 r5.4xlarge"]
    assert applied.covered["4 r5.4xlarge"].quantize(D("0.001")) == D("2.857")
    assert applied.replaced.quantize(D("0.01")) == D("2.86")


def test_of_what_saves_alike_the_lower_rate_is_covered_first() -> None:
    applied = apply(D("0.70") * 4 + D("4.80") + D("0.03"), EXAMPLE)
    assert applied.covered == {"4 r5.4xlarge": D(4), "Fargate GB": D(1600), "Fargate vCPU": D(1)}


@pytest.mark.row("T08")
def test_the_break_even_commitment_of_a_steady_service() -> None:
    # ten tasks of 1 vCPU and 2 GB: 10 x 0.0493704 = $0.493704 an hour; 20 % off is $0.3949632 at the plan's rates
    usage = [service(10, 24)]
    found = break_even(usage, 0, DAY)
    assert (found.best, found.most) == (D("0.395"), D("0.493"))
    assert found.saved.quantize(D("0.01")) == D("2.37")
    exactly = planned(usage, SavingsPlan(found.best), 0, DAY)
    assert exactly.saved == pytest.approx(found.saved)
    assert exactly.coverage == 1
    assert planned(usage, SavingsPlan(found.most), 0, DAY).saved > 0
    assert planned(usage, SavingsPlan(found.most + D("0.001")), 0, DAY).saved < 0


@pytest.mark.row("T08")
def test_for_a_service_that_sleeps_at_night_the_break_even_is_where_the_night_eats_the_day() -> None:
    # ten tasks for 12 of 24 hours: 20 % off cannot pay for half the hours, 45 % off neither, 60 % could
    usage = [service(10, 12)]
    assert break_even(usage, 0, DAY).most == 0
    assert break_even(usage, 0, DAY, years=3).most == 0
    deep = break_even(usage, 0, DAY, discounts={"fargate": D("0.60")})
    assert (deep.best, deep.most) == (D("0.197"), D("0.246"))
    both = [service(10, 12), service(5, 24)]
    assert break_even(both, 0, DAY).best == D("0.197"), "the five that never sleep: 5 x 0.0493704 x 0.8"


@pytest.mark.row("T08")
def test_no_plan_covers_spot_storage_or_the_network() -> None:
    usage: list[Usage] = [service(10, 24, purchase="spot"), NatUsage(DAY), TaskUsage(DAY, 256, 512, storage=100)]
    plan = planned(usage, SavingsPlan(D("0.010")), 0, DAY)
    assert plan.before.of("spot") == plan.bill.of("spot")
    assert plan.before.of("NAT") == plan.bill.of("NAT")
    assert plan.before.of("storage") == plan.bill.of("storage")
    assert plan.utilisation == pytest.approx(D("0.98740"), rel=D("1e-4"))
    assert plan.eligible.quantize(D("0.01")) == D("0.30")


def test_a_plan_covers_ec2_and_lambda_beside_fargate() -> None:
    usage: list[Usage] = [
        MachineUsage("m5.large", DAY),
        LambdaUsage(1_000_000, 100, 1024, seconds=DAY),
        service(1, 24),
        service(1, 24, kubernetes=True),
    ]
    plan = planned(usage, SavingsPlan(D("1.000"), years=3, upfront="all"), 0, DAY)
    assert plan.coverage == pytest.approx(D(1))
    assert [line.what for line in plan.bill] == ["Compute Savings Plan, 3 years, all upfront", "Lambda requests"]
    assert plan.utilisation < D("0.2")
    assert plan.saved < 0


def test_an_unused_hour_is_lost() -> None:
    busy_then_idle = [TaskUsage(12 * HOUR, cpu=1024, memory=2048, count=20)]
    plan = planned(busy_then_idle, SavingsPlan(D("0.300")), 0, DAY)
    assert plan.committed == D("0.300") * 24
    assert plan.used == pytest.approx(D("0.300") * 12)
    assert plan.utilisation == pytest.approx(D("0.5"))


def test_what_is_paid_upfront_is_not_paid_by_the_hour() -> None:
    whole = SavingsPlan(D("1.000"), years=3, upfront="all")
    assert (whole.paid_upfront, whole.paid_hourly) == (D(26280), D(0))
    half = SavingsPlan(D("1.000"), years=1, upfront="partial", discounts={"fargate": D("0.25")})
    assert (half.paid_upfront, half.paid_hourly) == (D(4380), D("0.5"))
    assert SavingsPlan(D("1.000")).paid_hourly == 1


def test_a_term_whose_rates_were_not_read_has_to_be_given_them() -> None:
    with pytest.raises(ValueError, match="1 year, partial upfront were not read"):
        SavingsPlan(D(1), upfront="partial")
    with pytest.raises(ValueError, match="1 or 3 years"):
        SavingsPlan(D(1), years=2)
    with pytest.raises(ValueError, match=r"so many times \$0.001"):
        SavingsPlan(D("0.0005"))
    with pytest.raises(ValueError, match="a share from 0"):
        SavingsPlan(D(1), discounts={"fargate": D(1)})


def test_the_most_that_aws_promises_says_so() -> None:
    assert "up to" in planned([service(1, 1)], SavingsPlan(D("0.01"), 3, "all"), 0, HOUR).bill.lines[0].note


@settings(max_examples=40, deadline=None)
@given(
    lengths=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 24), st.integers(1, 9)), min_size=1, max_size=4),
    thousandths=st.integers(0, 1500),
    off=st.sampled_from(["0.20", "0.45", "0.60"]),
)
def test_no_commitment_beats_the_best_one_and_beyond_the_break_even_a_plan_costs_more(
    lengths: list[tuple[int, int, int]], thousandths: int, off: str
) -> None:
    usage = [TaskUsage(hours * HOUR, 1024, 2048, count=count, begin=at * HOUR) for at, hours, count in lengths]
    discounts = {"fargate": D(off)}
    found = break_even(usage, 0, 2 * DAY, discounts=discounts)
    plan = planned(usage, SavingsPlan(D(thousandths) / 1000, discounts=discounts), 0, 2 * DAY)
    tiny = D("1e-9")
    assert plan.saved <= found.saved + tiny
    assert (plan.saved >= -tiny) == (plan.plan.commitment <= found.most)
    assert plan.bill.cost + plan.saved == pytest.approx(price(usage).cost)
    assert 0 <= plan.utilisation <= 1
    assert 0 <= plan.coverage <= 1
