"""RunTask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from simcloud.cloud.ecs import finding, tags, task_shape
from simcloud.cloud.ecs.refusing import client
from simcloud.cloud.ecs.seen import seen, token_key
from simcloud.cloud.ecs.unsimulated import tell_without_effect
from simcloud.cloud.errors import Refused
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts import words
from simcloud.rules.amounts import UNITS_PER_VCPU, kept_overrides
from simcloud.sim.cluster import Cluster
from simcloud.sim.definition import read
from simcloud.sim.events import TaskAsked, TokenUsed
from simcloud.sim.launch import Launch, new_task
from simcloud.sim.strategy import next_provider
from simcloud.sim.task import Task


def run(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """RunTask: the tasks are there, PROVISIONING; whether they will run, time will tell."""
    stored = finding.definition(call, request.get("taskDefinition"))
    token = request.get("clientToken")
    held = call.world.tokens.get(token_key(call, "RunTask", request))
    fields = {"resourceIds": held["arns"]} if held else None
    demand("RunTask", request, seen(call, "RunTask", request, stored), fields)
    if held is not None:
        known = [call.world.tasks[arn] for arn in held["arns"] if arn in call.world.tasks]
        return {"tasks": [task_shape.launched(call, task) for task in known], "failures": []}
    assert stored is not None, "the laws refuse a definition that does not exist"
    _demand_roles(call, stored, request)
    given = _tags(call, stored, request)
    tasks, failures = _launch(call, stored, request)
    for task in tasks:
        submit(call, TaskAsked(task, given))
    about = [name for task in tasks for name in (task.id, task.arn)]
    tell_without_effect(call, f"RunTask of {finding.short(stored['taskDefinitionArn'])}", about, request, stored)
    if token:
        submit(call, TokenUsed(token_key(call, "RunTask", request), dict(request), tuple(task.arn for task in tasks)))
    return {"tasks": [task_shape.launched(call, task) for task in tasks], "failures": failures}


def demand_assumable(call: Call, roles: tuple[str, ...]) -> None:
    """Refuse roles that ECS cannot assume for a task (R-138)."""
    from simcloud.cloud.asking import Asking  # here, so that a first answer does not wait for the rooms of `reason`

    asking = Asking(call.live)
    for role in roles:
        if not asking.assumable(role).allowed:
            client(words.ROLE_NOT_ASSUMED.format(role=role))


def _demand_roles(call: Call, stored: dict[str, Any], request: dict[str, Any]) -> None:
    demand_assumable(call, read(stored, kept_overrides(request.get("overrides"))).roles)


def _tags(call: Call, stored: dict[str, Any], request: dict[str, Any]) -> dict[str, str]:
    managed = {"aws:ecs:clusterName": finding.cluster_name(request.get("cluster"))}
    propagated = call.world.tags.get(stored["taskDefinitionArn"], {})
    return {
        **(managed if request.get("enableECSManagedTags") else {}),
        **(propagated if request.get("propagateTags") == "TASK_DEFINITION" else {}),
        **tags.as_dict(request.get("tags")),
    }


def _launch(call: Call, stored: dict[str, Any], request: dict[str, Any]) -> tuple[list[Task], list[dict[str, str]]]:
    """As many tasks as asked for, spread over the subnets, each on the provider whose turn it is; and a failure for
    each one that Fargate has no room for (R-076)."""
    inside = finding.cluster(call, request.get("cluster"))
    strategy = _strategy(inside, request)
    placed: dict[str, int] = {}
    tasks: list[Task] = []
    failures: list[dict[str, str]] = []
    for _ in range(request.get("count") or 1):
        provider = next_provider(strategy, placed) if strategy else ""
        placed[provider] = placed.get(provider, 0) + 1
        launch = Launch(
            cluster=inside,
            stored=stored,
            network=request["networkConfiguration"]["awsvpcConfiguration"],
            provider=provider,
            group=request.get("group") or "",
            started_by=request.get("startedBy") or "",
            exec_enabled=bool(request.get("enableExecuteCommand")),
            overrides=kept_overrides(request.get("overrides")),
            volumes=request.get("volumeConfigurations") or (),
        )
        launch, reason = supplied(call, launch, tasks)
        if reason:
            failures.append({"reason": reason})
        else:
            tasks.append(new_task(call.world, launch, tasks))
    return tasks, failures


def supplied(call: Call, launch: Launch, beside: Sequence[Task]) -> tuple[Launch, str]:
    """The launch in the subnets where Fargate has capacity, or AWS's reason why it has none. No limit unless a lab
    set one."""
    supply = call.world.supply
    if not supply.limited:
        return launch, ""
    from simcloud.cloud.asking import Asking
    from simcloud.facts.words import capacity as capacity_words
    from simcloud.facts.words import task as task_words
    from simcloud.sim.supply import room

    vcpu = read(launch.stored, launch.overrides).cpu / UNITS_PER_VCPU
    subnets = launch.network["subnets"]
    zones = {each: Asking(call.live).zone(each) for each in subnets}
    open_to, refusal = room(call.world, launch.provider, vcpu, subnets, beside, zones)
    if refusal is None:
        return replace(launch, network={**launch.network, "subnets": open_to}), ""
    if refusal.kind == "blocked":
        raise Refused("BlockedException", str(capacity_words.BLOCKED))
    return launch, str(task_words.VCPU_LIMIT if refusal.kind == "quota" else task_words.NO_CAPACITY)


def _strategy(inside: Cluster, request: dict[str, Any]) -> list[dict[str, Any]]:
    """The strategy in effect: the request's, or the cluster's default where no launch type is given (R-066)."""
    if request.get("launchType"):
        return []
    return list(request.get("capacityProviderStrategy") or inside.default_strategy)
