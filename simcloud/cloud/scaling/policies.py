"""Scaling policies: put, delete, describe, and the forecast of a predictive one."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.errors import NotSimulated
from simcloud.cloud.live import Call
from simcloud.cloud.scaling import alarms, finding, shapes
from simcloud.cloud.scaling.left_out import LEFT_OUT
from simcloud.cloud.scaling.pages import asked_for, shown
from simcloud.cloud.submitting import submit
from simcloud.rules.scaling.operations import STEP, configuration
from simcloud.sim.scaling.events import PolicyDeleted, PolicyPut
from simcloud.sim.scaling.state import Policy, Target

ARN = "arn:aws:autoscaling:{region}:{account}:scalingPolicy:{id}:resource/{namespace}/{resource}:policyName/{name}"
MOST_A_PAGE = 10


def put(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """PutScalingPolicy. A target tracking policy makes its alarms (R-245); to a step policy its maker adds one."""
    target = finding.registered(request, call)
    name = request["PolicyName"]
    held = target.policies.get(name)
    kind = request.get("PolicyType") or (held.kind if held else "")
    policy = Policy(
        name=name,
        arn=held.arn if held else _arn(call, target, name),
        kind=kind,
        configuration=_configured(request.get(configuration(kind)), kind, held),
        created_at=held.created_at if held else call.world.now,
        maker=held.maker if held else call.world.uuid("scaling-policy"),
    )
    planned = alarms.planned(call, target, policy, held)
    policy.alarms = tuple(each.name for each in planned)
    gone = tuple(each for each in (held.alarms if held else ()) if each not in policy.alarms)
    submit(call, PolicyPut(target.key, policy, planned, gone))
    return {"PolicyARN": policy.arn, "Alarms": [alarms.shape(call, each) for each in policy.alarms]}


def _configured(asked: dict[str, Any] | None, kind: str, held: Policy | None) -> dict[str, Any]:
    """What holds from now on. A step policy that is put again keeps its type and its steps where the request has none,
    and nothing else (recorded, applicationautoscaling/controls.json)."""
    if held is None or held.kind != kind:
        return asked or {}
    if asked is None or (not asked and kind != STEP):
        return held.configuration
    kept = ("AdjustmentType", "StepAdjustments") if kind == STEP else ()
    return {**{name: held.configuration[name] for name in kept}, **asked}


def _arn(call: Call, target: Target, name: str) -> str:
    return ARN.format(
        region=call.region,
        account=call.account,
        id=target.id,
        namespace=target.namespace,
        resource=target.resource,
        name=name,
    )


def delete(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DeleteScalingPolicy."""
    submit(call, PolicyDeleted(finding.registered(request, call).key, request["PolicyName"]))
    return {}


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeScalingPolicies: each with the alarms that notify it."""
    wanted = request.get("PolicyNames")
    found = [
        shapes.policy(target, policy, alarms.notifying(call, policy))
        for target in call.world.scaling.targets.values()
        if asked_for(target, request)
        for policy in target.policies.values()
        if not wanted or policy.name in wanted
    ]
    return shown("ScalingPolicies", found, request, MOST_A_PAGE)


def forecast(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """GetPredictiveScalingForecast: there is nothing to forecast from."""
    raise NotSimulated(
        "application-autoscaling", "GetPredictiveScalingForecast", LEFT_OUT["GetPredictiveScalingForecast"]
    )
