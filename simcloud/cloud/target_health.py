"""What the simulation knows of the targets of a target group."""

from __future__ import annotations

from simcloud.cloud.live import maybe_live
from simcloud.sim.health import Target


def of(group: str) -> dict[str, Target]:
    """Tasks in the group, those that are draining among them, by private address."""
    state = maybe_live()
    if state is None:
        return {}
    return {
        task.interface.address: task.target_health[group]
        for task in state.world.tasks.values()
        if group in task.target_health
    }
