"""The start sequence as law: interface, then PENDING, registry token, secrets, images, log streams, containers.

Each step is judged by asking the rest of the cloud. What fails is tried again for a while, and each attempt sees the
network and the policies as they are then: whoever mends them while the task is PENDING saves it.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from simcloud.facts import attempts, timings
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.asks import Asks
from simcloud.sim.definition import Definition
from simcloud.sim.effects import After, AskStep, AskVolumes, Effect, MakeInterface
from simcloud.sim.outcome import Failed, Outcome, Passed
from simcloud.sim.steps import auth, logs, pull, secrets
from simcloud.sim.steps.step import Kind, Step
from simcloud.sim.task import Container, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World

ATTEMPTS: dict[Kind, Callable[[Task, Step, Asks], Outcome]] = {
    "auth": auth.attempt,
    "secret": secrets.attempt,
    "pull": pull.attempt,
    "logs": logs.attempt,
}
RARE = {"login": "login", "environment-file": "environment_files", "file-system": "file_systems"}
"""Modules of steps that few tasks take: read when the first one does."""


MOST_KNOWN = 1024
_known: dict[int, tuple[Definition, tuple[Step, ...]]] = {}
"""Steps by the identity of the definition, which is frozen, and held here so that no other can have its number."""


def steps(definition: Definition) -> tuple[Step, ...]:
    """The steps of the start, in the order in which the platform takes them. A task that tries again asks each time."""
    known = _known.get(id(definition))
    if known is None:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        known = _known[id(definition)] = definition, _steps(definition)
    return known[1]


def _steps(definition: Definition) -> tuple[Step, ...]:
    plans = definition.containers
    private = (plan.image for plan in plans if plan.image.is_private_ecr and not plan.credentials)
    return (
        *(Step("auth", subject=region) for region in dict.fromkeys(image.region for image in private)),
        *(Step("login", plan.name, plan.credentials) for plan in plans if plan.credentials),
        *(Step("secret", plan.name, each.name) for plan in plans for each in plan.secrets),
        *(Step("environment-file", plan.name, each) for plan in plans for each in plan.environment_files),
        *(Step("file-system", subject=each.name) for each in definition.file_systems),
        *(Step("pull", plan.name) for plan in plans),
        *(Step("logs", plan.name) for plan in plans if plan.log_driver == "awslogs"),
    )


def attempt(task: Task, asks: Asks) -> Outcome:
    """Attempt the step that the task is at."""
    step = steps(task.definition)[task.step]
    if step.kind in RARE:
        module = importlib.import_module(f"simcloud.sim.steps.{RARE[step.kind]}")
        outcome: Outcome = module.attempt(task, step, asks)
        return outcome
    return ATTEMPTS[step.kind](task, step, asks)


@after(e.TaskAsked)
def provision(world: World, event: e.TaskAsked) -> Iterator[Effect]:
    """The task exists; its network interface takes a moment."""
    task = event.asked
    world.tasks[task.arn] = task
    world.roster.join(task)
    if event.tags:
        world.tags[task.arn] = dict(event.tags)
    by = f"service {task.service.rsplit('/', 1)[-1]}" if task.service else "RunTask"
    world.tell(task, f"PROVISIONING: asked for by {by}, {task.definition.family} in {task.interface.subnet}")
    yield After(timings.ENI_SECONDS.value, e.InterfaceDue(task.arn), task.turn)


@after(e.InterfaceDue)
def make_interface(world: World, event: e.InterfaceDue) -> Iterator[Effect]:
    """Ask EC2 for the interface, once the task's EBS volumes are there."""
    task = world.tasks[event.task]
    if any(not each.id for each in task.volumes):
        yield AskVolumes(task.arn)
        return
    asked = task.interface
    yield MakeInterface(
        task.arn,
        task.id,
        asked.attachment,
        asked.subnet,
        asked.groups,
        asked.public,
        f"eni-{world.fresh('interface', 17)}",
    )


@after(e.InterfaceAttached)
def begin(world: World, event: e.InterfaceAttached) -> Iterator[Effect]:
    """The task has an address: PENDING, and the first step."""
    task = world.tasks[event.task]
    task.move("InterfaceAttached", world.story)
    interface = task.interface
    interface.status = "ATTACHED"
    interface.id, interface.address, interface.mac = event.id, event.address, event.mac
    interface.private_name, interface.public_address, interface.zone = (
        event.private_name,
        event.public_address,
        event.zone,
    )
    task.connectivity_at = world.now
    public = f" and public {event.public_address}" if event.public_address else ""
    world.tell(task, f"PENDING: has network interface {event.id} with {event.address}{public}")
    yield from _next_step(world, task, 0.0)


@after(e.InterfaceRefused)
def fail_without_interface(world: World, event: e.InterfaceRefused) -> Iterator[Effect]:
    """Without an address there is no task."""
    yield After(0.0, e.StartFailed(event.task, event.reason, event.why), world.tasks[event.task].turn)


@after(e.StepDue)
def ask(world: World, event: e.StepDue) -> Iterator[Effect]:
    """Attempt the step."""
    task = world.tasks[event.task]
    step = steps(task.definition)[task.step]
    if task.step_since is None:
        task.step_since = world.now
    if step.kind == "pull" and task.pull_started_at is None:
        task.pull_started_at = world.now
    yield AskStep(task.arn)


@after(e.StepJudged)
def follow_outcome(world: World, event: e.StepJudged) -> Iterator[Effect]:
    """Passed: take the time it takes. Failed: try again, or give up."""
    task = world.tasks[event.task]
    step = steps(task.definition)[task.step]
    if isinstance(event.outcome, Failed):
        yield from _failed(world, task, step, event.outcome)
    else:
        yield from _passed(world, task, step, event.outcome)


@after(e.StepEnded)
def go_on(world: World, event: e.StepEnded) -> Iterator[Effect]:
    """The next step, or the containers."""
    task = world.tasks[event.task]
    plan = steps(task.definition)
    was_pull = plan[task.step].kind == "pull"
    task.step, task.step_since = task.step + 1, None
    if was_pull and (task.step == len(plan) or plan[task.step].kind != "pull"):
        task.pull_stopped_at = world.now
    task.advance_turn()
    yield from _next_step(world, task, 0.0)


def _passed(world: World, task: Task, step: Step, outcome: Passed) -> Iterator[Effect]:
    task.why = ""
    world.tell(task, outcome.says, outcome.why)
    if step.container:
        container = task.containers[step.container]
        given = dict(outcome.environment)
        container.environment = {**given, **container.environment} if outcome.weak else container.environment | given
        container.mute = container.mute or outcome.mute
        if outcome.image is not None:
            container.behaviour, container.digest = outcome.image, outcome.image.digest
            _pin(world, task, container)
    task.stores.update(outcome.stores)
    yield from outcome.effects
    yield After(_seconds(world, task, step, outcome), e.StepEnded(task.arn), task.turn)


def _pin(world: World, task: Task, container: Container) -> None:
    """The first task of a service's deployment decides what a tag means for all of them (R-059)."""
    service = world.services.get(task.service)
    release = service.release(task.deployment) if service else None
    if release is not None:
        release.digests.setdefault(container.name, container.digest)


def _seconds(world: World, task: Task, step: Step, outcome: Passed) -> float:
    if step.kind != "pull":
        return outcome.seconds
    return outcome.seconds * world.faults.pull_factor(task.definition.container(step.container).image.full)


def _failed(world: World, task: Task, step: Step, outcome: Failed) -> Iterator[Effect]:
    since = world.now if task.step_since is None else task.step_since
    left = since + outcome.patience - world.now
    if left <= 0:
        yield After(0.0, e.StartFailed(task.arn, outcome.reason, outcome.why, outcome.container), task.turn)
        return
    if task.why != outcome.why:
        task.why = outcome.why
        world.tell(task, f"cannot do its step '{spoken(step)}' and tries again", outcome.why)
    yield After(min(attempts.RETRY_SECONDS.value, left), e.StepDue(task.arn), task.turn)


def spoken(step: Step) -> str:
    """A step in words."""
    return {
        "auth": "registry authorisation",
        "login": f"read the credentials for the image of {step.container}",
        "secret": f"read {step.subject}",
        "environment-file": f"read {step.subject}",
        "file-system": f"mount volume {step.subject}",
        "pull": f"pull the image of {step.container}",
        "logs": f"log driver of {step.container}",
    }[step.kind]


def _next_step(world: World, task: Task, seconds: float) -> Iterator[Effect]:
    if task.step < len(steps(task.definition)):
        yield After(seconds, e.StepDue(task.arn), task.turn)
        return
    for name in task.containers:
        if not task.definition.container(name).depends_on:
            yield After(timings.START_SECONDS.value, e.ContainerStarted(task.arn, name), task.turn)
