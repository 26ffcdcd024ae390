"""Tasks that are there: DescribeTasks and StopTask."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding, task_shape
from simcloud.cloud.ecs.refusing import at_most, invalid
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts import quotas, stop_words, words
from simcloud.sim.events import StopAsked

ID_LENGTHS = (32, 36)


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeTasks: what is not found, or is of another cluster, is listed under failures."""
    inside = finding.cluster(call, request.get("cluster"))
    named = request["tasks"]
    if not named:
        invalid("Tasks cannot be empty.")
    at_most("taskIds", named, quotas.DESCRIBED_TASKS.value)
    for name in named:
        _demand_id(name)
    found = {name: finding.task(call, inside, name) for name in named}
    known = {name: task for name, task in found.items() if task is not None and task.cluster == inside.arn}
    return {
        "tasks": [task_shape.shape(call, task, request.get("include") or ()) for task in known.values()],
        "failures": [
            {"arn": finding.task_arn(call, inside, name), "reason": "MISSING"} for name in named if name not in known
        ],
    }


def stop(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """StopTask: desired STOPPED at once, the rest takes its time. A task that is stopping already is given back."""
    inside = finding.cluster(call, request.get("cluster"))
    _demand_id(request["task"])
    task = finding.task(call, inside, request["task"])
    if task is None or task.cluster != inside.arn:
        invalid("The referenced task was not found.")
    if task.wanted:
        reason = request.get("reason") or str(words.STOPPED_BY_USER)
        submit(call, StopAsked(task.arn, str(stop_words.USER_INITIATED), reason, f"StopTask by {call.caller}"))
    return {"task": task_shape.shape(call, task)}


def _demand_id(name: str) -> None:
    """Refuse what cannot be a task id (R-100)."""
    if len(finding.short(name)) not in ID_LENGTHS:
        invalid(str(words.TASK_ID))
