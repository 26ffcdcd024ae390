"""Service deployments: how one revision of a service took the place of another (R-235)."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.ecs.refusing import at_most, invalid
from simcloud.cloud.ecs.release_shape import counts
from simcloud.cloud.ecs.service_shape import revision_arn
from simcloud.cloud.ecs.services import existing
from simcloud.cloud.errors import Refused
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.paging import page
from simcloud.cloud.submitting import submit
from simcloud.facts import quotas, words
from simcloud.sim.breaker import threshold
from simcloud.sim.events import HookAnswered, RollbackAsked
from simcloud.sim.service import Service
from simcloud.sim.service_deployment import Hook, ServiceDeployment

PAGE = 20
NOT_STOPPABLE = ("SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED")


def list_deployments(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ListServiceDeployments: the newest first."""
    held = existing(call, finding.cluster(call, request.get("cluster")), request["service"])
    demand("ListServiceDeployments", request, None)
    wanted, created = request.get("status") or (), request.get("createdAt") or {}
    found = [
        _brief(held, each)
        for each in reversed(held.history)
        if (not wanted or each.status in wanted)
        and each.created_at > created.get("after", float("-inf"))
        and each.created_at < created.get("before", float("inf"))
    ]
    return page("serviceDeployments", found, request, usual=PAGE)


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeServiceDeployments: at most twenty at a time."""
    named = request["serviceDeploymentArns"]
    if not named:
        invalid("serviceDeploymentArns cannot be empty.")
    at_most("serviceDeploymentArns", named, quotas.DESCRIBED_DEPLOYMENTS.value)
    found = {arn: _find(call, arn) for arn in named}
    return {
        "serviceDeployments": [_whole(call, *pair) for pair in found.values() if pair is not None],
        "failures": [{"arn": arn, "reason": "MISSING"} for arn, pair in found.items() if pair is None],
    }


def stop(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """StopServiceDeployment: a rollback to the revision that last completed. ABORT is declared, but not available."""
    service, held = _existing(call, request["serviceDeploymentArn"])
    if request.get("stopType", "ROLLBACK") != "ROLLBACK":
        invalid(str(words.ABORT_NOT_SUPPORTED))
    if held.status in NOT_STOPPABLE:
        text = words.SERVICE_DEPLOYMENT_OVER.format(status=held.status)
        raise Refused("ConflictException", text, fields={"resourceIds": [held.arn]})
    submit(call, RollbackAsked(service.arn, f"StopServiceDeployment by {call.caller}"))
    return {"serviceDeploymentArn": held.arn}


def go_on(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ContinueServiceDeployment: on to the next stage, or back, from a pause at a lifecycle hook."""
    service, held = _existing(call, request["serviceDeploymentArn"])
    named = request["hookId"]
    awaiting = [hook.id for hook in held.hooks if hook.status == "AWAITING_ACTION"]
    if held.status != "IN_PROGRESS" or named not in awaiting:
        invalid(words.HOOK_NOT_AWAITING.format(hook=named))
    action = request.get("action", "CONTINUE")
    submit(call, HookAnswered(service.arn, named, action, f"ContinueServiceDeployment by {call.caller}"))
    return {"serviceDeploymentArn": held.arn}


def _find(call: Call, arn: str) -> tuple[Service, ServiceDeployment] | None:
    for service in call.world.services.values():
        for held in service.history:
            if held.arn == arn:
                return service, held
    return None


def _existing(call: Call, arn: str) -> tuple[Service, ServiceDeployment]:
    found = _find(call, arn)
    if found is None:
        raise Refused("ServiceDeploymentNotFoundException", str(words.SERVICE_DEPLOYMENT_NOT_FOUND))
    return found


def _brief(service: Service, held: ServiceDeployment) -> dict[str, Any]:
    answer = {
        "serviceDeploymentArn": held.arn,
        "serviceArn": service.arn,
        "clusterArn": service.cluster,
        "createdAt": held.created_at,
        "targetServiceRevisionArn": revision_arn(service, held.target),
        "status": held.status,
    }
    optional = {"startedAt": held.started_at, "finishedAt": held.finished_at, "statusReason": held.reason or None}
    return {**answer, **{name: value for name, value in optional.items() if value is not None}}


def _whole(call: Call, service: Service, held: ServiceDeployment) -> dict[str, Any]:
    brief = _brief(service, held)
    del brief["targetServiceRevisionArn"]
    answer = {
        **brief,
        "updatedAt": held.updated_at,
        "sourceServiceRevisions": [_summary(call, service, number) for number in held.sources],
        "targetServiceRevision": _summary(call, service, held.target),
        "deploymentConfiguration": held.configuration,
        "deploymentCircuitBreaker": _breaker(service, held),
        "alarms": _alarms(held),
    }
    if held.stage:
        answer.update(_stage(answer, held))
    if held.stopped_at is not None:
        answer["stoppedAt"] = held.stopped_at
    if held.rollback:
        back = held.rollback
        answer["rollback"] = {
            "reason": back["reason"],
            "startedAt": back["startedAt"],
            "serviceRevisionArn": revision_arn(service, back["number"]),
        }
    return answer


def _summary(call: Call, service: Service, number: str) -> dict[str, Any]:
    release = service.revisions[number]
    running, pending = counts(call, service, release.id)
    return {
        "arn": revision_arn(service, number),
        "requestedTaskCount": release.requested,
        "runningTaskCount": running,
        "pendingTaskCount": pending,
    }


def _stage(answer: dict[str, Any], held: ServiceDeployment) -> dict[str, Any]:
    """Where a deployment of stages stands: the stage, its hooks, and which revision has how much of the traffic."""
    target = {"requestedProductionTrafficWeight": held.weight, "requestedTestTrafficWeight": held.test_weight}
    source = {name: 100.0 - weight for name, weight in target.items()}
    return {
        "lifecycleStage": held.stage,
        "lifecycleHookDetails": [_hook(each) for each in held.hooks],
        "targetServiceRevision": {**answer["targetServiceRevision"], **target},
        "sourceServiceRevisions": [{**each, **source} for each in answer["sourceServiceRevisions"]],
    }


def _hook(hook: Hook) -> dict[str, Any]:
    answer = {
        "hookId": hook.id,
        "targetType": hook.kind,
        "status": hook.status,
        "expiresAt": hook.expires_at,
        "timeoutAction": hook.action,
    }
    return {**answer, "targetArn": hook.target} if hook.target else answer


def _watching(held: ServiceDeployment, *, enabled: bool, triggered: bool) -> str:
    if not enabled:
        return "DISABLED"
    if triggered:
        return "TRIGGERED"
    return "MONITORING_COMPLETE" if held.over else "MONITORING"


def _breaker(service: Service, held: ServiceDeployment) -> dict[str, Any]:
    given = held.configuration.get("deploymentCircuitBreaker") or {}
    return {
        "status": _watching(held, enabled=bool(given.get("enable")), triggered=held.triggered),
        "failureCount": held.failures,
        "threshold": held.threshold or threshold(service.desired, given),
    }


def _alarms(held: ServiceDeployment) -> dict[str, Any]:
    """Not enabled where one of them was in ALARM as the deployment began: then none watches it (R-226)."""
    given = held.configuration.get("alarms") or {}
    watches = bool(given.get("enable")) and held.alarms != ()
    return {
        "status": _watching(held, enabled=watches, triggered=bool(held.triggered_alarms)),
        "alarmNames": given.get("alarmNames") or [],
        "triggeredAlarmNames": list(held.triggered_alarms),
    }
