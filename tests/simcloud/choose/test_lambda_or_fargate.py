"""Lambda or Fargate: the limits, the start, the traffic, and both prices."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simcloud.choose.calls import Calls
from simcloud.choose.lambda_or_fargate import LAMBDA, SERVICE, TASK_A_CALL, break_even, choose, tasks
from simcloud.choose.workload import Size

D = Decimal
EVENTS = Calls(100_000, D("0.2"), memory=512)


@pytest.mark.row("P05")
@pytest.mark.row("M03")
@pytest.mark.parametrize(
    ("calls", "chosen", "decided"),
    [
        (EVENTS, LAMBDA, "price"),
        (Calls(80_000_000, D("0.2"), memory=512), SERVICE, "price"),
        (replace(EVENTS, a_month=30, seconds=D(901)), TASK_A_CALL, "limit"),
        (replace(EVENTS, a_month=30, seconds=D(60), memory=10_241), TASK_A_CALL, "limit"),
        (replace(EVENTS, a_month=30, seconds=D(60), storage=10_241), TASK_A_CALL, "limit"),
        (replace(EVENTS, a_month=30, seconds=D(60), image=10_241), TASK_A_CALL, "limit"),
        (replace(EVENTS, start=D(5), answer_within=D(2)), SERVICE, "need"),
        (replace(EVENTS, answer_within=D("0.3")), SERVICE, "need"),
    ],
)
def test_duration_memory_traffic_and_start_decide(calls: Calls, chosen: str, decided: str) -> None:
    verdict = choose(calls)
    assert (verdict.chosen, verdict.decided_by[0].kind) == (chosen, decided)
    assert verdict.option(LAMBDA).bill is not None
    assert verdict.option(SERVICE).bill is not None, "both are priced, whichever is chosen"


@pytest.mark.row("P05")
def test_both_prices_of_a_hundred_thousand_short_calls() -> None:
    # Lambda: 100,000 x 0.2 s x 0.5 GB = 10,000 GB-s x 0.0000166667 + 100,000 x 0.0000002 = 0.1867
    # Fargate: two tasks of 0.25 vCPU and 0.5 GB all month, R-313 twice
    verdict = choose(EVENTS)
    prices = {option.name: option.bill.total for option in verdict.options if option.bill}
    assert prices[LAMBDA] == D("0.19")
    assert prices[SERVICE] == D("18.02")
    assert str(verdict.decided_by[0]) == "price: Lambda costs $0.19 a month, Fargate service $18.02"


@pytest.mark.parametrize("field", ["seconds", "memory", "storage", "image"])
def test_at_the_limit_a_function_is_still_one(field: str) -> None:
    most = {"seconds": D(900), "memory": 10_240, "storage": 10_240, "image": 10_240}[field]
    at = replace(EVENTS, a_month=10, **{field: most})
    assert choose(at).option(LAMBDA).is_open
    beyond = choose(replace(EVENTS, a_month=10, **{field: most + 1}))
    assert not beyond.option(LAMBDA).is_open
    assert str(most) in beyond.option(LAMBDA).against[0].says


def test_a_task_for_each_call_needs_somebody_who_can_wait() -> None:
    assert choose(replace(EVENTS, answer_within=D(60))).option(TASK_A_CALL).is_open
    [why] = choose(replace(EVENTS, answer_within=D(10))).option(TASK_A_CALL).against
    assert "a task starts in some" in why.says


def test_tasks_are_as_many_as_their_cpu_or_their_calls_at_once_need() -> None:
    # 100 calls a second of 0.2 s on 512/1769 of a vCPU: 5.79 vCPU, at 70 % of a quarter each 34 tasks
    assert tasks(EVENTS, Size(256, 512), D(100)) == 34
    # of 30 s that wait for others: 3000 at once, ten in a task
    assert tasks(replace(EVENTS, seconds=D(30), memory=1), Size(16384, 32768), D(100)) == 300
    assert tasks(EVENTS, Size(256, 512), D(0)) == 2


def test_from_the_break_even_on_the_service_is_cheaper() -> None:
    turn = break_even(EVENTS)
    assert turn is not None
    assert choose(replace(EVENTS, a_month=turn)).chosen == SERVICE
    assert choose(replace(EVENTS, a_month=turn - 1)).chosen == LAMBDA
    heavy = replace(EVENTS, seconds=D(100), memory=128, at_once=1, least=1)
    assert break_even(heavy) is None, "before the function costs as much, one task is not enough"


def test_many_at_once_need_a_higher_quota() -> None:
    [note] = choose(replace(EVENTS, a_month=10_000_000, busiest=D(6000))).option(LAMBDA).notes
    assert "1200 calls at the same time" in note


def test_calls_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Calls(1, D(0))
    with pytest.raises(ValueError, match="busiest second"):
        Calls(10_000_000, D(1), busiest=D(1))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**8), st.decimals("0.01", 1000, places=2), st.integers(1, 12_000), st.booleans())
def test_a_function_is_never_chosen_beyond_its_limits(
    a_month: int, seconds: Decimal, memory: int, balancer: bool
) -> None:
    verdict = choose(Calls(a_month, seconds, memory, balancer=balancer))
    if seconds > 900 or memory > 10_240:
        assert verdict.chosen != LAMBDA
    assert verdict.choice is not None
    assert verdict.decided_by
