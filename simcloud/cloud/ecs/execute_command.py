"""ExecuteCommand: the session that AWS would open. Nobody sits at the other end of it: no command is executed."""

from __future__ import annotations

from typing import Any

from simcloud.cloud.ecs import finding
from simcloud.cloud.judging import demand
from simcloud.cloud.live import Call
from simcloud.cloud.submitting import submit
from simcloud.rules.exec_command import Entered
from simcloud.sim.events import Remarked
from simcloud.sim.task import RUNNING, Task

CHANNELS = ("CreateControlChannel", "CreateDataChannel", "OpenControlChannel", "OpenDataChannel")
"""What the task role must be allowed, with the prefix ssmmessages: (R-157)."""
HTTPS = 443
DIGITS = 17


def execute(request: dict[str, Any], call: Call) -> dict[str, Any]:
    """ExecuteCommand: refused as AWS refuses it (R-161, R-162); else the session's id, URL and token."""
    inside = finding.cluster(call, request.get("cluster"))
    task = finding.task(call, inside, request.get("task") or "")
    task = task if task is not None and task.cluster == inside.arn else None
    demand("ExecuteCommand", request, _entered(call, request, task))
    assert task is not None, "the laws refuse a task that does not exist"
    container = task.containers[request.get("container") or next(iter(task.containers))]
    what = f"an ECS Exec session with container {container.name} opens for {call.caller}: {request['command']}"
    submit(call, Remarked(f"task {task.short}", what, (*task.about, call.caller)))
    return {
        "clusterArn": task.cluster,
        "taskArn": task.arn,
        "containerArn": container.arn,
        "containerName": container.name,
        "interactive": True,
        "session": _session(call),
    }


def _session(call: Call) -> dict[str, str]:
    name = f"ecs-execute-command-{call.world.fresh('exec-session', DIGITS)}"
    return {
        "sessionId": name,
        "streamUrl": f"wss://ssmmessages.{call.region}.amazonaws.com/v1/data-channel/{name}?role=publish_subscribe",
        "tokenValue": call.world.fresh("exec-token", 128),
    }


def _entered(call: Call, request: dict[str, Any], task: Task | None) -> Entered:
    if task is None:
        return Entered(exists=False)
    agents = {name: each.exec_agent for name, each in task.containers.items()}
    name = request.get("container") or next(iter(agents))
    open_to = agents.get(name) == RUNNING
    return Entered(True, task.status == RUNNING, agents, _barred(call, task) if open_to else "")


def _barred(call: Call, task: Task) -> str:
    """Why the agent cannot open its channels; '' where it can. It tries as the task role, from the task's interface."""
    from simcloud.cloud.asking import Asking

    asking, role = Asking(call.live), task.definition.task_role
    for channel in CHANNELS:
        permission = asking.may(role, task.id, f"ssmmessages:{channel}", "*")
        if not permission.allowed:
            return permission.why
    route = asking.route(task.interface.id, f"ssmmessages.{task.region}.amazonaws.com", HTTPS)
    return "" if route.open and route.kind == "open" else route.why
