"""How a deployment ends: it succeeds, fails or is stopped, and may be rolled back by another one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import codedeploy as facts
from simcloud.facts.words import deployment as words
from simcloud.sim.codedeploy import events as e
from simcloud.sim.codedeploy.deployment import OF_A_ROLLBACK, Deployment, LifecycleEvent
from simcloud.sim.effects import After, Effect

if TYPE_CHECKING:
    from simcloud.sim.world import World

ID_LENGTH = 9
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def new_id(world: World) -> str:
    """d- and nine letters and digits."""
    number = int(world.fresh("codedeploy-deployment", 32), 16)
    name = ""
    for _ in range(ID_LENGTH):
        number, digit = divmod(number, len(_DIGITS))
        name += _DIGITS[digit]
    return f"d-{name}"


def tell(world: World, deployment: Deployment, what: str, why: str = "") -> None:
    """A line of the story about a deployment: found under it and under its service."""
    about = (deployment.id, deployment.service, deployment.service.rsplit("/", 1)[-1])
    world.story.tell(world.now, f"deployment {deployment.id}", what, why, about)


def move_in(deployment: Deployment, seconds: float, move: str) -> Iterator[Effect]:
    """Plan the next move; whatever was planned before is off."""
    deployment.turn += 1
    yield After(seconds, e.MoveDue(deployment.id, deployment.turn, move))


def succeed(world: World, deployment: Deployment) -> Iterator[Effect]:
    """Succeeded: the group's last success."""
    _close(world, deployment, "Succeeded")
    application = world.codedeploy.applications.get(deployment.application)
    if application is not None and deployment.group in application.groups:
        application.groups[deployment.group].successful = deployment.id
    tell(world, deployment, "Succeeded")
    yield from ()


def fail(
    world: World,
    deployment: Deployment,
    code: str,
    message: str,
    status: str = "Failed",
    *,
    roll_back: bool = True,
    back_on: str = "DEPLOYMENT_FAILURE",
) -> Iterator[Effect]:
    """It cannot go on: the event it is at failed, the ones behind it are skipped. It is rolled back where its settings
    name `back_on`."""
    deployment.error = (code, message)
    _close(world, deployment, status)
    tell(world, deployment, f"{status}: {message}")
    if roll_back and deployment.rolls_back_on(back_on):
        yield from _roll_back(world, deployment)


def stop(world: World, deployment: Deployment, roll_back: bool) -> Iterator[Effect]:
    """Stopped on request. Without a rollback everything stays as it is at this moment."""
    deployment.error = ("MANUAL_STOP", str(words.STOPPED_ON_REQUEST))
    _close(world, deployment, "Stopped")
    tell(world, deployment, "Stopped on request")
    if roll_back:
        yield from _roll_back(world, deployment)


def _close(world: World, deployment: Deployment, status: str) -> None:
    for event in deployment.events:
        if event.status == "InProgress":
            event.status, event.ended_at = "Failed", world.now
        elif event.status == "Pending":
            event.status = "Skipped"
    deployment.status, deployment.completed_at, deployment.waiting = status, world.now, ""
    deployment.turn += 1


def _roll_back(world: World, deployment: Deployment) -> Iterator[Effect]:
    """A new deployment gives all traffic back to the original task set and takes the replacement away."""
    application = world.codedeploy.applications.get(deployment.application)
    if deployment.green is None or application is None or deployment.group not in application.groups:
        deployment.rollback_message = str(words.NOTHING_TO_ROLL_BACK)
        return
    made = Deployment(
        id=new_id(world),
        application=deployment.application,
        group=deployment.group,
        configuration=facts.ROLLBACK_CONFIGURATION.value,
        revision=deployment.previous or deployment.revision,
        created_at=world.now,
        service=deployment.service,
        target=deployment.target,
        settings={**deployment.settings, "autoRollbackConfiguration": {"enabled": False, "events": []}},
        shifts=((0.0, 0.0),),
        groups=deployment.groups,
        creator="codeDeployRollback",
        events=[LifecycleEvent(name) for name in OF_A_ROLLBACK],
        blue=deployment.blue,
        green=deployment.green,
        weight=deployment.weight,
        rolls_back=deployment.id,
    )
    made.settings["blueGreenDeploymentConfiguration"] = {
        **(made.settings.get("blueGreenDeploymentConfiguration") or {}),
        "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT", "waitTimeInMinutes": 0},
    }
    deployment.rollback = made.id
    deployment.rollback_message = words.TERMINATED.format(id=deployment.id, rollback=made.id)
    made.rollback_message = words.ROLLS_BACK.format(id=deployment.id, rollback=made.id)
    tell(world, deployment, f"rolled back by {made.id}")
    yield After(0.0, e.DeploymentCreated(made))
