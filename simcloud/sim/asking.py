"""Answers to what few tasks ask for: connections of the code, lines for a log router, EBS volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcloud.sim.asks import Asks
from simcloud.sim.effects import AskConnections, AskRouting, AskVolumes
from simcloud.sim.events import Event
from simcloud.sim.steps import connections, firelens, volumes

if TYPE_CHECKING:
    from simcloud.sim.world import World


def answer(world: World, effect: AskConnections | AskRouting | AskVolumes, asks: Asks) -> Event:
    """The event that answers."""
    task = world.tasks[effect.task]
    if isinstance(effect, AskConnections):
        return connections.judge(task, effect.container, asks)
    if isinstance(effect, AskRouting):
        return firelens.judge(task, effect.container, effect.lines, effect.at, asks)
    return volumes.judge(task, asks)
