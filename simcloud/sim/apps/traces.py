"""Traces: the code hands each to a sidecar on localhost, and the sidecar hands it to X-Ray under the task role (R-299).

A container sends one trace when its process is up. What stands in the way of it is told, and logged by whoever notices:
the SDK of X-Ray sends by UDP and notices nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts.words import tracing as words
from simcloud.sim.after import after
from simcloud.sim.apps import events as ae
from simcloud.sim.apps.effects import PutTrace
from simcloud.sim.asks import Asks
from simcloud.sim.effects import After, AskApp, Effect
from simcloud.sim.running import write
from simcloud.sim.steps.calls import PUT_TRACES, Reply, reply
from simcloud.sim.steps.step import HTTPS, role_name, session_arn
from simcloud.sim.task import RUNNING, Container, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

DAEMON = 2000
LATER = 1.0
"""Seconds from when the code is up to its first trace."""


def begin(task: Task, container: Container) -> Iterator[Effect]:
    """The code has something to tell once it is up."""
    assert container.behaviour is not None
    yield After(container.behaviour.start_seconds + LATER, ae.TraceDue(task.arn, container.name, container.runs))


@after(ae.TraceDue)
def send(world: World, event: ae.TraceDue) -> Iterator[Effect]:
    """The code sends a trace."""
    container = world.tasks[event.task].containers[event.container]
    if container.status == RUNNING and container.runs == event.run and not world.tasks[event.task].lost:
        yield AskApp(event.task, event)


def sidecar(task: Task, port: int, now: float) -> tuple[str, str]:
    """The container that takes traces at this port of localhost, and why there is none."""
    takers = [each for each in task.containers.values() if each.behaviour and port in each.behaviour.collects]
    if not takers:
        return "", f"no container of the task takes traces on localhost:{port}"
    taker = takers[0]
    assert taker.behaviour is not None
    if taker.status != RUNNING or taker.started_at is None:
        return "", f"the sidecar {taker.name} does not run"
    if taker.started_at + taker.behaviour.start_seconds > now:
        return "", f"the sidecar {taker.name} is not up yet: the code does not wait for it (dependsOn)"
    return taker.name, ""


def judge(task: Task, asked: ae.TraceDue, now: float, asks: Asks) -> ae.TraceJudged:
    """How far the trace gets."""
    behaviour = task.containers[asked.container].behaviour
    assert behaviour is not None
    port = words.PORTS.value[behaviour.traces]
    taker, why = sidecar(task, port, now)
    given = task.arn, asked.container, asked.run
    if not taker:
        line = "" if port == DAEMON else str(words.EXPORTER_ALONE)
        return ae.TraceJudged(*given, "", why, line)
    found = reply(task, PUT_TRACES, "*", asks)
    if found.kind == "ok":
        return ae.TraceJudged(*given, taker, "", "", found)
    template = words.DAEMON_FAILED if port == DAEMON else words.COLLECTOR_FAILED
    return ae.TraceJudged(*given, taker, found.why, template.format(error=_error(task, found, asks)), found)


def _error(task: Task, found: Reply, asks: Asks) -> str:
    host = f"xray.{task.region}.amazonaws.com"
    if found.kind == "no-credentials":
        return str(words.NO_CREDENTIALS)
    if found.kind == "denied":
        caller = session_arn(task.definition.task_role, task)
        return words.DENIED.format(caller=caller, action=PUT_TRACES, because=found.because)
    text = words.NO_NAME if found.kind == "no-name" else words.TIMED_OUT
    return text.format(host=host, address=asks.route(task.interface.id, host, HTTPS).address)


@after(ae.TraceJudged)
def arrive(world: World, event: ae.TraceJudged) -> Iterator[Effect]:
    """It is in X-Ray, or lost; the task goes on either way."""
    task = world.tasks[event.task]
    if event.reply is not None:
        task.containers[event.sidecar].count(PUT_TRACES, "*", event.reply.kind)
    if event.why:
        world.tell(task, f"a trace of container {event.container} is lost", event.why)
        lines = (event.line,) if event.line else ()
        yield from write(task, event.sidecar or event.container, lines, world.now)
        return
    by = f"by sidecar {event.sidecar}, as task role {role_name(task.definition.task_role)}"
    world.tell(task, f"a trace of container {event.container} arrives in X-Ray, {by}")
    yield PutTrace(task.region, _segment(world, task, event.container))


def _segment(world: World, task: Task, container: str) -> str:
    """A segment document (https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html)."""
    held = task.containers[container]
    seconds = held.behaviour.latency_seconds if held.behaviour else 0.0
    return json.dumps(
        {
            "trace_id": f"1-{int(world.now):08x}-{world.fresh('trace', 24)}",
            "id": world.fresh("segment", 16),
            "name": task.service.rsplit("/", 1)[-1] or task.definition.family,
            "start_time": world.now - seconds,
            "end_time": world.now,
            "origin": "AWS::ECS::Fargate",
            "aws": {"ecs": {"container": container, "container_id": held.runtime_id, "task_arn": task.arn}},
        }
    )
