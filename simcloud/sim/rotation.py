"""A secret is rotated or expires. Tasks that run keep what they read at their launch (R-155)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.events import Event
from simcloud.sim.story import counted

if TYPE_CHECKING:
    from simcloud.sim.task import Task
    from simcloud.sim.world import World


class SecretRotated(Event, frozen=True):
    """Secrets Manager gives another value from now on."""

    arn: str
    name: str


class SecretExpired(Event, frozen=True):
    """Secrets Manager gives its value to nobody any more."""

    arn: str
    name: str


@after(SecretExpired)
def tell_expired(world: World, event: SecretExpired) -> Iterator[Effect]:
    """Who has read it keeps what it read; who starts from now on does not get it."""
    holders = [task for task in world.tasks.values() if task.wanted and _reads(task, event.arn)]
    told = "has expired: it is marked for deletion, and no task that starts can read it"
    why = f"{counted(len(holders), 'task')} read it before" if holders else "no task has read it"
    world.story.tell(world.now, f"secret {event.name}", told, why, ("fault", event.name, event.arn))
    yield from ()


@after(SecretRotated)
def tell(world: World, event: SecretRotated) -> Iterator[Effect]:
    """Who still has the old value."""
    holders = [task for task in world.tasks.values() if task.wanted and _reads(task, event.arn)]
    about = ("fault", event.name, event.arn)
    told = f"is rotated: {counted(len(holders), 'task')} began with the old value"
    why = "a task reads its secrets once, when it starts" if holders else ""
    world.story.tell(world.now, f"secret {event.name}", told, why, about)
    for task in holders:
        world.tell(task, f"keeps the old value of secret {event.name} until it is replaced")
    yield from ()


def _reads(task: Task, arn: str) -> bool:
    """Has a container of the task an environment variable from this secret, and has it been read?"""
    return any(
        each.value_from.startswith(arn) and each.name in task.containers[plan.name].environment
        for plan in task.definition.containers
        for each in plan.secrets
    )
