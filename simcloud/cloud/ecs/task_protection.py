"""Scale-in protection of a service's tasks: GetTaskProtection and UpdateTaskProtection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts import api_limits
from simcloud.facts.words import task as words
from simcloud.sim.cluster import Cluster
from simcloud.sim.protection import TaskProtected, protected
from simcloud.sim.task import Task

Sorted = tuple[list[Task], list[dict[str, str]]]


def get(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """GetTaskProtection: of the tasks named, or of all service tasks of the cluster."""
    inside = finding.cluster(call, request.get("cluster"))
    demand("GetTaskProtection", request, None)
    tasks, failures = _sorted(call, inside, request.get("tasks") or _of_services(call, inside))
    return {"protectedTasks": [_shape(call, task) for task in tasks], "failures": failures}


def update(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """UpdateTaskProtection: each task by itself; what cannot be protected is listed under failures."""
    inside = finding.cluster(call, request.get("cluster"))
    demand("UpdateTaskProtection", request, None)
    tasks, failures = _sorted(call, inside, request["tasks"])
    minutes = request.get("expiresInMinutes") or api_limits.PROTECTION_DEFAULT.value
    seconds = float(minutes * 60) if request.get("protectionEnabled") else 0.0
    done: list[Task] = []
    for task in tasks:
        if seconds and _blocked(call, task):
            failures.append({"arn": task.arn, "reason": str(words.DEPLOYMENT_BLOCKED)})
            continue
        submit(call, TaskProtected(task.arn, seconds))
        done.append(task)
    return {"protectedTasks": [_shape(call, task) for task in done], "failures": failures}


def _of_services(call: Call, inside: Cluster) -> list[str]:
    return [
        task.arn for task in call.world.tasks.values() if task.cluster == inside.arn and task.service and task.wanted
    ]


def _sorted(call: Call, inside: Cluster, named: Iterable[str]) -> Sorted:
    """The tasks that can be protected, and failures for the others."""
    tasks: list[Task] = []
    failures: list[dict[str, str]] = []
    for arn in dict.fromkeys(finding.task_arn(call, inside, each) for each in named):
        task = call.world.tasks.get(arn)
        if task is None or task.cluster != inside.arn:
            failures.append({"arn": arn, "reason": "MISSING"})
        elif not task.service or not task.wanted:
            detail = words.NOT_OF_A_SERVICE.format(task=task.id)
            failures.append({"arn": arn, "reason": str(words.TASK_NOT_VALID), "detail": detail})
        else:
            tasks.append(task)
    return tasks, failures


def _blocked(call: Call, task: Task) -> bool:
    """Would the service have more protected tasks than it wants tasks?"""
    others = [
        each
        for each in call.world.tasks.values()
        if each.service == task.service and each.wanted and each.arn != task.arn and protected(call.world, each)
    ]
    return len(others) + 1 > call.world.services[task.service].desired


def _shape(call: Call, task: Task) -> dict[str, Any]:
    answer: dict[str, Any] = {"taskArn": task.arn, "protectionEnabled": protected(call.world, task)}
    if answer["protectionEnabled"]:
        answer["expirationDate"] = task.protected_until
    return answer
