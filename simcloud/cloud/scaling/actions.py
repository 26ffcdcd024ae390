"""Scheduled actions: put, delete, describe."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from simcloud.cloud.live import Call
from simcloud.cloud.scaling import finding, shapes
from simcloud.cloud.scaling.pages import asked_for, shown
from simcloud.cloud.submitting import submit
from simcloud.rules.scaling.expressions import read_schedule
from simcloud.sim.scaling.events import ActionDeleted, ActionPut
from simcloud.sim.scaling.state import Action, Target
from simcloud.sim.schedules import CronPlan, Plan

ARN = (
    "arn:aws:autoscaling:{region}:{account}:scheduledAction:{id}:resource/{namespace}/{resource}"
    ":scheduledActionName/{name}"
)
KEPT = ("Schedule", "Timezone", "ScalableTargetAction")
"""What a change that leaves it out does not touch; start and end are forgotten."""


def put(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """PutScheduledAction."""
    target, name = finding.registered(request, call), request["ScheduledActionName"]
    held = target.actions.get(name)
    asked = {member: request.get(member) or (held.asked.get(member) if held else None) for member in KEPT}
    asked.update({member: request.get(member) for member in ("StartTime", "EndTime")})
    given = {member: value for member, value in asked.items() if value is not None}
    action = Action(
        name=name,
        arn=held.arn if held else _arn(call, target, name),
        asked=given,
        plan=_plan(given, call.world.now),
        created_at=held.created_at if held else call.world.now,
        turn=call.world.fresh("scheduled-action", 16),
    )
    submit(call, ActionPut(target.key, action))
    return {}


def _arn(call: Call, target: Target, name: str) -> str:
    return ARN.format(
        region=call.region,
        account=call.account,
        id=target.id,
        namespace=target.namespace,
        resource=target.resource,
        name=name,
    )


def _plan(asked: dict[str, Any], now: float) -> Plan:
    schedule = read_schedule(asked["Schedule"])
    return Plan(
        at=schedule.at,
        every=schedule.every,
        cron=CronPlan(**asdict(schedule.cron)) if schedule.cron else None,
        zone=asked.get("Timezone") or "UTC",
        start=asked.get("StartTime"),
        end=asked.get("EndTime"),
        base=now,
    )


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteScheduledAction. The bounds that it has set stay."""
    submit(call, ActionDeleted(finding.registered(request, call).key, request["ScheduledActionName"]))
    return {}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeScheduledActions."""
    wanted = request.get("ScheduledActionNames")
    found = [
        shapes.action(target, action)
        for target in call.world.scaling.targets.values()
        if asked_for(target, request)
        for action in target.actions.values()
        if not wanted or action.name in wanted
    ]
    return shown("ScheduledActions", found, request)
