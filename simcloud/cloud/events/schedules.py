"""Schedules of moto's EventBridge Scheduler as the simulation runs them."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from simcloud.cloud.events.rules import happen, let_happen, live_of
from simcloud.cloud.live import Live
from simcloud.rules.timetables import Unreadable, of_scheduler
from simcloud.sim.bus import laws
from simcloud.sim.bus.events import ScheduleDeleted, SchedulePut
from simcloud.sim.bus.state import Schedule
from simcloud.sim.schedules import CronPlan, Plan

FOLLOWING = laws.LAWS
"""From the first schedule on, the world follows the laws of EventBridge."""


def put(backend: Any, made: Any) -> None:
    """A schedule was made or changed."""
    state = live_of(backend)
    if state is None or backend.region_name != state.region:
        return
    plan = _plan(made, state.world.now)
    if plan is None:
        return
    window = made.flexible_time_window or {}
    schedule = Schedule(
        arn=made.arn,
        name=made.name,
        expression=made.schedule_expression,
        plan=plan,
        target=json.loads(json.dumps(made.target)),
        enabled=made.state != "DISABLED",
        window=int(window.get("MaximumWindowInMinutes") or 0) if window.get("Mode") == "FLEXIBLE" else 0,
        deleted_after=made.action_after_completion == "DELETE",
        turn=state.world.fresh("schedule", 16),
    )
    state.world.post(SchedulePut(schedule))
    let_happen(backend)


def _plan(made: Any, now: float) -> Plan | None:
    """A rate counts from its start, or from when the schedule was made. Start and end do not concern at()."""
    try:
        schedule = of_scheduler(made.schedule_expression)
    except Unreadable:
        return None
    recurs = schedule.at is None
    return Plan(
        at=schedule.at,
        every=schedule.every,
        cron=CronPlan(**asdict(schedule.cron)) if schedule.cron else None,
        zone=made.schedule_expression_timezone or "UTC",
        start=_seconds(made.start_date) if recurs else None,
        end=_seconds(made.end_date) if recurs else None,
        base=now,
        skips=True,
    )


def _seconds(given: Any) -> float | None:
    if given is None or given == "":
        return None
    if isinstance(given, datetime):
        return given.timestamp()
    try:
        return float(given)
    except ValueError:
        return datetime.fromisoformat(str(given).replace("Z", "+00:00")).timestamp()


def deleted(backend: Any, arn: str) -> None:
    """A schedule is gone."""
    happen(backend, ScheduleDeleted(arn))
    let_happen(backend)


def delete(live: Live, arn: str) -> None:
    """ActionAfterCompletion DELETE: Scheduler deletes it itself."""
    from moto.scheduler.models import scheduler_backends

    group, _, name = arn.partition(":schedule/")[2].partition("/")
    held = scheduler_backends[live.account][live.region].schedule_groups.get(group)
    if held is not None and name in held.schedules:
        del held.schedules[name]
    live.world.post(ScheduleDeleted(arn))
