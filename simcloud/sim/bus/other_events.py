"""CloudWatch Alarm State Change, and CodeDeploy's deployments.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html and
https://docs.aws.amazon.com/codedeploy/latest/userguide/monitoring-cloudwatch-events.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from simcloud.sim.after import after
from simcloud.sim.bus import events as be
from simcloud.sim.bus.envelope import put, wanted
from simcloud.sim.bus.task_events import kinds
from simcloud.sim.codedeploy import events as ce
from simcloud.sim.effects import After, Effect
from simcloud.sim.watching import events as we
from simcloud.sim.watching.state import Alarm, Query

if TYPE_CHECKING:
    from simcloud.sim.world import World

CLOUDWATCH, CHANGE = "aws.cloudwatch", "CloudWatch Alarm State Change"
CODEDEPLOY, DEPLOYMENT = "aws.codedeploy", "CodeDeploy Deployment State-change Notification"
STATES = {"InProgress": "START", "Ready": "READY", "Succeeded": "SUCCESS", "Failed": "FAILURE", "Stopped": "STOP"}
"""How CodeDeploy's events call the states of a deployment."""


@after(we.AlarmChanged)
def tell_alarm(world: World, event: we.AlarmChanged) -> Iterator[Effect]:
    """The alarm as it is now, and what it was."""
    alarm = world.watching.alarms.get(event.alarm)
    if alarm is None or not wanted(world, CLOUDWATCH, CHANGE):
        return
    told: dict[str, Any] = next((json.loads(item.data) for item in alarm.history if item.kind == "StateUpdate"), {})
    previous = {"value": event.before, "reason": (told.get("oldState") or {}).get("stateReason", "")}
    detail = {
        "alarmName": alarm.name,
        "state": {
            "value": event.state,
            "reason": alarm.reason,
            "reasonData": alarm.reason_data,
            "timestamp": _moment(world.now),
        },
        "previousState": previous,
        "configuration": {"metrics": [_query(each, alarm) for each in alarm.queries]},
    }
    yield After(0.0, put(world, CLOUDWATCH, CHANGE, (alarm.arn,), detail))


@after(ce.DeploymentCreated)
def look_at_new_deployment(world: World, event: ce.DeploymentCreated) -> Iterator[Effect]:
    """Once CodeDeploy has acted on it."""
    if world.bus is not None:
        yield After(0.0, be.CodeDeployActed(event.made.id))


@after(*kinds(ce.DeploymentEvent))
def look_at_deployment(world: World, event: ce.DeploymentEvent) -> Iterator[Effect]:
    """Once CodeDeploy has acted on it."""
    if world.bus is not None:
        yield After(0.0, be.CodeDeployActed(event.deployment))


@after(be.CodeDeployActed)
def tell_deployment(world: World, event: be.CodeDeployActed) -> Iterator[Effect]:
    """A deployment of CodeDeploy's that is in another state than it was told."""
    deployment = world.codedeploy.deployments.get(event.deployment)
    if deployment is None or world.bus.deployments.get(event.deployment, "Created") == deployment.status:
        return
    world.bus.deployments[event.deployment] = deployment.status
    if deployment.status in STATES and wanted(world, CODEDEPLOY, DEPLOYMENT):
        head = f"arn:aws:codedeploy:{world.region}:{world.account}"
        application, group = deployment.application, deployment.group
        resources = (f"{head}:application:{application}", f"{head}:deploymentgroup:{application}/{group}")
        detail = {
            "region": world.region,
            "application": application,
            "deploymentId": deployment.id,
            "state": STATES[deployment.status],
            "deploymentGroup": group,
        }
        yield After(0.0, put(world, CODEDEPLOY, DEPLOYMENT, resources, detail))


def _query(query: Query, alarm: Alarm) -> dict[str, Any]:
    if query.metric is None:
        return {"id": query.id, "expression": query.expression, "returnData": query.id == alarm.shown}
    named = {
        "namespace": query.metric.namespace,
        "name": query.metric.name,
        "dimensions": dict(query.metric.dimensions),
    }
    stat = {"metric": named, "period": int(alarm.period), "stat": query.statistic}
    return {"id": query.id, "metricStat": stat, "returnData": query.id == alarm.shown}


def _moment(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
