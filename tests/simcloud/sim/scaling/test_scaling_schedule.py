"""When a scheduled action runs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcloud.rules.scaling.expressions import read_schedule
from simcloud.sim.schedules import CronPlan, Plan, first_run, next_run


def epoch(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def plan(schedule: str, zone: str = "UTC", start: str = "", end: str = "", base: str = "2026-01-05T09:00") -> Plan:
    found = read_schedule(schedule)
    return Plan(
        at=found.at,
        every=found.every,
        cron=CronPlan(**asdict(found.cron)) if found.cron else None,
        zone=zone,
        start=epoch(start) if start else None,
        end=epoch(end) if end else None,
        base=epoch(base),
    )


def runs(of: Plan, now: str = "2026-01-05T09:00", count: int = 3) -> list[str]:
    """The first runs, as UTC."""
    found: list[str] = []
    moment = first_run(of, epoch(now))
    while moment is not None and len(found) < count:
        found.append(datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M"))
        moment = next_run(of, moment)
    return found


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("cron(0 10 * * ? *)", ["2026-01-05T10:00", "2026-01-06T10:00", "2026-01-07T10:00"]),
        ("cron(0 8 * * ? *)", ["2026-01-06T08:00", "2026-01-07T08:00", "2026-01-08T08:00"]),
        ("cron(0/20 * * * ? *)", ["2026-01-05T09:20", "2026-01-05T09:40", "2026-01-05T10:00"]),
        ("cron(0 18 ? * FRI-MON *)", ["2026-01-05T18:00", "2026-01-09T18:00", "2026-01-10T18:00"]),
        ("cron(0 8 1 * ? *)", ["2026-02-01T08:00", "2026-03-01T08:00", "2026-04-01T08:00"]),
        ("cron(0 8 L * ? *)", ["2026-01-31T08:00", "2026-02-28T08:00", "2026-03-31T08:00"]),
        ("cron(0 8 ? * 2#1 *)", ["2026-02-02T08:00", "2026-03-02T08:00", "2026-04-06T08:00"]),
        ("cron(0 8 ? * 6L *)", ["2026-01-30T08:00", "2026-02-27T08:00", "2026-03-27T08:00"]),
        ("cron(0 8 31W * ? *)", ["2026-01-30T08:00", "2026-03-31T08:00", "2026-05-29T08:00"]),
        ("cron(0 8 29 2 ? *)", ["2028-02-29T08:00", "2032-02-29T08:00", "2036-02-29T08:00"]),
        ("cron(0 8 1 1 ? 2027)", ["2027-01-01T08:00"]),
        ("cron(30 0 8 ? * MON-FRI *)", ["2026-01-06T08:00", "2026-01-07T08:00", "2026-01-08T08:00"]),
        ("cron(0 22 * * ?)", ["2026-01-05T22:00", "2026-01-06T22:00", "2026-01-07T22:00"]),
        ("rate(5 hours)", ["2026-01-05T14:00", "2026-01-05T19:00", "2026-01-06T00:00"]),
        ("rate(1 day)", ["2026-01-06T09:00", "2026-01-07T09:00", "2026-01-08T09:00"]),
        ("at(2026-01-05T22:00:00)", ["2026-01-05T22:00"]),
        ("at(2026-01-05T08:00:00)", []),
    ],
)
def test_a_schedule_runs_when_it_says(schedule: str, expected: list[str]) -> None:
    assert runs(plan(schedule)) == expected


def test_local_time_follows_summer_time() -> None:
    berlin = plan("cron(0 8 * * ? *)", "Europe/Berlin")
    assert runs(berlin, "2026-03-28T00:00") == ["2026-03-28T07:00", "2026-03-29T06:00", "2026-03-30T06:00"]
    assert runs(plan("at(2026-07-01T17:00:00)", "America/New_York")) == ["2026-07-01T21:00"]


def test_a_start_is_the_first_run_and_an_end_the_last() -> None:
    """https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html"""
    bounded = plan("rate(5 hours)", start="2026-01-30T12:00", end="2026-01-30T22:00")
    assert runs(bounded, count=5) == ["2026-01-30T12:00", "2026-01-30T17:00", "2026-01-30T22:00"]
    daily = plan("cron(0 10 * * ? *)", start="2026-01-07T09:30", end="2026-01-09T09:00")
    assert runs(daily, count=5) == ["2026-01-07T09:30", "2026-01-07T10:00", "2026-01-08T10:00"]


def test_a_rate_whose_start_is_past_keeps_its_rhythm() -> None:
    assert runs(plan("rate(2 hours)", start="2026-01-05T00:30"), count=2) == ["2026-01-05T10:30", "2026-01-05T12:30"]


@given(
    st.floats(0, 4e9, allow_nan=False),
    st.sampled_from(["cron(15 6 ? * 3,5 *)", "rate(7 minutes)", "cron(0 0 L * ? *)"]),
)
def test_the_next_run_lies_ahead(moment: float, schedule: str) -> None:
    found = next_run(plan(schedule), moment)
    assert found is not None
    assert found > moment
