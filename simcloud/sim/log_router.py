"""What became of the lines that a task's log router took: delivered, or lost with an error in the router's own log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.events import LinesRouted
from simcloud.sim.running import write
from simcloud.sim.steps.firelens import router
from simcloud.sim.steps.step import role_name

if TYPE_CHECKING:
    from simcloud.sim.world import World


@after(LinesRouted)
def deliver(world: World, event: LinesRouted) -> Iterator[Effect]:
    """The task goes on either way: a router that cannot deliver stops nothing."""
    task = world.tasks[event.task]
    if event.why:
        world.tell(task, f"the log router loses lines of container {event.container}", event.why)
        if event.error:
            yield from write(task, router(task), (f"[error] [output:{event.place}] {event.error}",), world.now)
        return
    role = task.definition.task_role
    who = f", as task role {role_name(role)}" if role else ""
    world.tell(task, f"the log router sends lines of container {event.container} to {event.place}{who}")
    if event.delivery is not None:
        yield event.delivery
