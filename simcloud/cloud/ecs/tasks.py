"""Tasks that are there: DescribeTasks and StopTask."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding, task_shape
from simcloud.cloud.ecs.refusing import invalid
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.facts import words
from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim.events import StopAsked


def describe(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """DescribeTasks: what is not found, or is of another cluster, is listed under failures."""
    inside = finding.cluster(call, request.get("cluster"))
    demand("DescribeTasks", request, None)
    named = list(dict.fromkeys(finding.task_arn(call, inside, each) for each in request["tasks"]))
    found = {arn: call.world.tasks.get(arn) for arn in named}
    known = {arn: task for arn, task in found.items() if task is not None and task.cluster == inside.arn}
    return {
        "tasks": [task_shape.shape(call, task, request.get("include") or ()) for task in known.values()],
        "failures": [{"arn": arn, "reason": "MISSING"} for arn in named if arn not in known],
    }


def stop(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """StopTask: desired STOPPED at once, the rest takes its time. A task that is stopping already is given back."""
    inside = finding.cluster(call, request.get("cluster"))
    demand("StopTask", request, None)
    task = finding.task(call, inside, request["task"])
    if task is None or task.cluster != inside.arn:
        from simcloud.facts.words import task as task_words

        invalid(str(task_words.TASK_NOT_FOUND))
    if task.wanted:
        reason = request.get("reason") or str(words.STOPPED_BY_USER)
        submit(call, StopAsked(task.arn, str(stop_words.USER_INITIATED), reason, f"StopTask by {call.caller}"))
    return {"task": task_shape.stopping(call, task)}
