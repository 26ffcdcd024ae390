"""The connections that the code in a container opens. They stop nothing: the code logs what came of them."""

from __future__ import annotations

from simcloud.sim.asks import Asks
from simcloud.sim.events import ConnectionsTried
from simcloud.sim.task import Task


def judge(task: Task, container: str, asks: Asks) -> ConnectionsTried:
    """What the code writes about each, and why the first that failed did."""
    behaviour = task.containers[container].behaviour
    lines, reasons = [], []
    for host, port in behaviour.connects if behaviour else ():
        route = asks.route(task.interface.id, host, port)
        if route.open or route.kind == "denied":
            lines.append(f"connected to {host}:{port}")
            continue
        what = "Name or service not known" if route.kind == "no-name" else "Connection timed out"
        lines.append(f"could not connect to {host}:{port}: {what}")
        reasons.append(route.why)
    return ConnectionsTried(task.arn, container, tuple(lines), reasons[0] if reasons else "")
