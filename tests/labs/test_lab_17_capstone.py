"""Lab 17: its variants ask for what the questions are about. What all labs share is in test_labs.py."""

from __future__ import annotations

from random import Random

from autograder.checks.labs.capstone.plan import BAD_ERRORS, PER_TASK, make_variant, plan_of
from autograder.checks.labs.capstone.site import standing

PLANS = [plan_of(str(make_variant(Random(seed))["ticket"])) for seed in range(200)]
FARGATE_HOUR = 0.25 * 0.04048 + 0.5 * 0.004445
"""Dollars for a task of a quarter vCPU and 512 MiB, on demand, Linux on X86, in us-east-1."""


def test_the_peak_always_needs_more_tasks_than_the_quiet_hour() -> None:
    assert all(plan.high > 1.1 * PER_TASK * plan.least for plan in PLANS)
    assert all(plan.low < 0.5 * PER_TASK * plan.least for plan in PLANS)


def test_an_alarm_can_stand_between_a_usual_minute_and_a_canarys_faults() -> None:
    for plan in PLANS:
        usual = plan.busiest * 60 * 0.001
        faults = plan.high / 3 * plan.percent / 100 * BAD_ERRORS * 60
        assert faults > 3 * usual


def test_variants_differ_in_what_has_to_be_decided() -> None:
    assert {plan.base for plan in PLANS} == {2, 3}
    assert {plan.of for plan in PLANS} == {2, 3, 4}
    assert {plan.percent for plan in PLANS} == {10, 20, 25}
    assert {plan.bake for plan in PLANS} == {5, 8, 10}
    assert {plan.keep for plan in PLANS} == {4, 5, 6}
    assert len({(plan.base, plan.of, plan.high, plan.percent, plan.bake) for plan in PLANS}) > 60


def test_the_ceiling_leaves_room_for_the_busiest_day_and_none_for_a_flood() -> None:
    for plan in PLANS:
        assert 25 * (plan.most - 4) >= 1.25 * plan.high
        assert 25 * plan.most < 4 * plan.high


def test_mara_compares_with_tasks_for_the_peak_on_demand_all_week() -> None:
    plan = PLANS[0]
    assert round(standing(plan, 168), 2) == round(round(plan.busiest / 25) * 168 * FARGATE_HOUR, 2)
