"""The connections that the code in a container opens, and what it downloads. They stop nothing: the code logs what came
of them."""

from __future__ import annotations

from simcloud.sim.asks import Asks
from simcloud.sim.events import ConnectionsTried
from simcloud.sim.outcome import Download
from simcloud.sim.steps.step import HTTPS
from simcloud.sim.task import Task

AWS = ".amazonaws.com"


def judge(task: Task, container: str, asks: Asks) -> ConnectionsTried:
    """What the code writes about each, why the first that failed did, and what data came by which way."""
    behaviour = task.containers[container].behaviour
    if behaviour is None:
        return ConnectionsTried(task.arn, container, (), "")
    lines, reasons, came = [], [], []
    wanted = [(host, port, 0) for host, port in behaviour.connects]
    for host, port, mib in [*wanted, *((host, HTTPS, mib) for host, mib in behaviour.downloads)]:
        route = asks.route(task.interface.id, host, port)
        if route.open or route.kind == "denied":
            lines.append(f"downloaded {mib} MiB from {host}" if mib else f"connected to {host}:{port}")
            came += [Download(mib, route.by, _service(host))] if mib else []
            continue
        what = "Name or service not known" if route.kind == "no-name" else "Connection timed out"
        lines.append(f"could not connect to {host}:{port}: {what}")
        reasons.append(route.why)
    return ConnectionsTried(task.arn, container, tuple(lines), reasons[0] if reasons else "", tuple(came))


def _service(host: str) -> str:
    """Whose data: `s3` for a bucket's host, `logs`; `internet` for hosts that are none of AWS's."""
    parts = host.removesuffix(AWS).split(".")
    return parts[-2] if host.endswith(AWS) and len(parts) > 1 else "internet"
