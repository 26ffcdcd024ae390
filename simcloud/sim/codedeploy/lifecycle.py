"""How a blue/green deployment goes: its lifecycle events one after the other, and the waits between them (R-237)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from simcloud.facts import codedeploy as facts
from simcloud.facts.words import deployment as words
from simcloud.sim.after import after
from simcloud.sim.codedeploy import events as e
from simcloud.sim.codedeploy import routing
from simcloud.sim.codedeploy.alarms import poll_soon
from simcloud.sim.codedeploy.deployment import ALLOW_TEST_TRAFFIC, ALLOW_TRAFFIC, INSTALL, Deployment
from simcloud.sim.codedeploy.ending import fail, move_in, stop, succeed, tell
from simcloud.sim.codedeploy.installing import begin_install, review_install
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import ServiceDeleted, TaskSetDeleted, TaskSetPromoted
from simcloud.sim.release import TaskSet

if TYPE_CHECKING:
    from simcloud.sim.world import World

WAITS_BEFORE = "BeforeAllowTraffic"
"""Production traffic is what a deployment can be told to wait with."""


@after(e.DeploymentCreated)
def create(world: World, event: e.DeploymentCreated) -> Iterator[Effect]:
    """It is the group's newest; it starts in a moment."""
    made = event.made
    world.codedeploy.deployments[made.id] = made
    application = world.codedeploy.applications[made.application]
    group = application.groups[made.group]
    group.attempted, group.target = made.id, made.revision
    for revision in application.revisions:
        if revision.location == made.revision:
            revision.first_used_at = world.now if revision.first_used_at is None else revision.first_used_at
            revision.last_used_at = world.now
    tell(world, made, f"created in {made.application}/{made.group} with {made.configuration}")
    yield from move_in(made, facts.START_SECONDS.value, "start")


@after(e.MoveDue)
def move(world: World, event: e.MoveDue) -> Iterator[Effect]:
    """The next move of a deployment, unless it has moved on meanwhile."""
    deployment = world.codedeploy.deployments[event.deployment]
    if deployment.turn == event.turn and not deployment.over:
        yield from MOVES[event.move](world, deployment)


def _start(world: World, deployment: Deployment) -> Iterator[Effect]:
    deployment.status, deployment.started_at = "InProgress", world.now
    if deployment.problem:
        yield from fail(world, deployment, "INVALID_REVISION", deployment.problem)
        return
    yield from poll_soon(deployment)
    yield from _begin(world, deployment)


def _begin(world: World, deployment: Deployment) -> Iterator[Effect]:
    """Begin the next lifecycle event; behind the last one the original task set is to be terminated."""
    if deployment.at + 1 == len(deployment.events):
        yield from _finish(world, deployment)
        return
    following = deployment.events[deployment.at + 1]
    if following.name == WAITS_BEFORE and _must_wait(deployment):
        yield from _wait_for_go_ahead(world, deployment)
        return
    deployment.at += 1
    following.status, following.started_at = "InProgress", world.now
    if following.name == INSTALL:
        yield from begin_install(world, deployment)
    elif following.name == ALLOW_TRAFFIC:
        yield from _shift(world, deployment)
    elif following.name == ALLOW_TEST_TRAFFIC:
        tell(world, deployment, "the replacement task set has the test traffic")
        yield from routing.shift(deployment, "testTrafficRoute", 100.0)
        yield from move_in(deployment, facts.EVENT_SECONDS.value, "end")
    elif following.hook:
        yield from _call_hook(world, deployment)
    else:
        yield from move_in(deployment, facts.EVENT_SECONDS.value, "end")


def _end(world: World, deployment: Deployment) -> Iterator[Effect]:
    deployment.event.status, deployment.event.ended_at = "Succeeded", world.now
    yield from move_in(deployment, facts.GAP_SECONDS.value, "begin")


def _must_wait(deployment: Deployment) -> bool:
    return deployment.ready_option[0] == "STOP_DEPLOYMENT" and not deployment.waited


def _wait_for_go_ahead(world: World, deployment: Deployment) -> Iterator[Effect]:
    minutes = deployment.ready_option[1]
    deployment.status, deployment.waiting, deployment.waited = "Ready", "READY_WAIT", True
    tell(world, deployment, f"Ready: waits {minutes:g} min for ContinueDeployment before it shifts production traffic")
    yield from move_in(deployment, minutes * 60, "give up waiting")


def _give_up_waiting(world: World, deployment: Deployment) -> Iterator[Effect]:
    message = words.READY_TIMEOUT.format(minutes=f"{deployment.ready_option[1]:g}")
    yield from fail(world, deployment, "TIMEOUT", message, "Stopped")


def _call_hook(world: World, deployment: Deployment) -> Iterator[Effect]:
    """The function is called; nothing goes on until it reports, an hour at most (R-239)."""
    hook = deployment.event
    hook.execution = world.uuid("hook-execution")
    tell(
        world,
        deployment,
        f"{hook.name}: calls the Lambda function {hook.hook} and waits for it to report",
        f"no function runs in this simulation: somebody has to, as LifecycleEventHookExecutionId {hook.execution}",
    )
    yield from move_in(deployment, facts.HOOK_SECONDS.value, "give up the hook")


def _give_up_the_hook(world: World, deployment: Deployment) -> Iterator[Effect]:
    yield from fail(world, deployment, "HOOK_EXECUTION_FAILURE", str(words.CALLBACK_TIMEOUT))


@after(e.HookReported)
def hear(world: World, event: e.HookReported) -> Iterator[Effect]:
    """A validation function reported: on, or the deployment has failed."""
    deployment = world.codedeploy.deployments[event.deployment]
    verdict = "Succeeded" if event.succeeded else "Failed"
    tell(world, deployment, f"{deployment.event.name}: {deployment.event.hook} reported {verdict}")
    if event.succeeded:
        yield from _end(world, deployment)
    else:
        yield from fail(world, deployment, "HOOK_EXECUTION_FAILURE", str(words.HOOK_FAILED))


def _shift(world: World, deployment: Deployment) -> Iterator[Effect]:
    """Shift production traffic as far as the configuration says for now; with all of it the replacement is primary."""
    minutes, deployment.weight = deployment.shifts[deployment.shifted]
    deployment.shifted += 1
    assert deployment.blue is not None, "Install found the original"
    assert deployment.green is not None, "Install made the replacement"
    tell(world, deployment, f"the replacement task set has {deployment.weight:g} % of production traffic")
    yield from routing.shift(deployment, "prodTrafficRoute", deployment.weight)
    if deployment.rolls_back:
        yield from routing.shift(deployment, "testTrafficRoute", 0.0)
    if deployment.shifted < len(deployment.shifts):
        yield from move_in(deployment, 60 * (deployment.shifts[deployment.shifted][0] - minutes), "shift")
        return
    serving = deployment.blue if deployment.rolls_back else deployment.green
    if serving.status != "PRIMARY":
        yield After(0.0, TaskSetPromoted(deployment.service, serving.id))
    yield from move_in(deployment, facts.EVENT_SECONDS.value, "end")


def _finish(world: World, deployment: Deployment) -> Iterator[Effect]:
    """All events succeeded: the task set without traffic goes, at once or after its wait."""
    if deployment.rolls_back:
        yield from _remove(deployment, deployment.green)
        yield from succeed(world, deployment)
        return
    action, minutes = deployment.termination
    if action != "TERMINATE":
        tell(world, deployment, "the original task set is left running")
        yield from succeed(world, deployment)
        return
    deployment.waiting, deployment.termination_started = "TERMINATION_WAIT", True
    if minutes:
        tell(world, deployment, f"waits {minutes:g} min before it terminates the original task set")
    yield from move_in(deployment, minutes * 60, "terminate")


def _terminate(world: World, deployment: Deployment) -> Iterator[Effect]:
    yield from _remove(deployment, deployment.blue)
    yield from succeed(world, deployment)


def _remove(deployment: Deployment, task_set: TaskSet | None) -> Iterator[Effect]:
    if task_set is not None and task_set.status == "ACTIVE":
        yield After(0.0, TaskSetDeleted(deployment.service, task_set.id))


@after(e.WaitEnded)
def go_on(world: World, event: e.WaitEnded) -> Iterator[Effect]:
    """ContinueDeployment: what it waits with happens now."""
    deployment = world.codedeploy.deployments[event.deployment]
    tell(world, deployment, "continued by hand", deployment.waiting)
    if deployment.waiting == "TERMINATION_WAIT":
        yield from _terminate(world, deployment)
        return
    deployment.waiting, deployment.status = "", "InProgress"
    yield from _begin(world, deployment)


@after(e.StopRequested)
def stop_on_request(world: World, event: e.StopRequested) -> Iterator[Effect]:
    """StopDeployment: no more lifecycle events; back to the original task set if that was asked for."""
    yield from stop(world, world.codedeploy.deployments[event.deployment], event.roll_back)


@after(ServiceDeleted)
def lose_service(world: World, event: ServiceDeleted) -> Iterator[Effect]:
    """A deployment to a service that is deleted can only fail."""
    for deployment in world.codedeploy.deployments.values():
        if deployment.service == event.service and not deployment.over:
            yield from fail(world, deployment, "ECS_UPDATE_ERROR", str(words.SERVICE_GONE), roll_back=False)


MOVES: dict[str, Callable[[World, Deployment], Iterator[Effect]]] = {
    "start": _start,
    "begin": _begin,
    "end": _end,
    "review the installation": review_install,
    "shift": _shift,
    "give up waiting": _give_up_waiting,
    "give up the hook": _give_up_the_hook,
    "terminate": _terminate,
}
