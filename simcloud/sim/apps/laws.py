"""The files of app behaviour whose functions follow events, after all others; importing them registers their functions.

They are read with the first container that behaves so, or with the first call to SQS: a world in which no container
does any of it does without.
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.sim.apps import peers, queues, traces, workers
from simcloud.sim.effects import Effect
from simcloud.sim.task import Container, Task

LAWS = (queues, workers, traces, peers)
"""In the order in which they follow the same event."""


def begin(task: Task, container: Container) -> Iterator[Effect]:
    """What the process will do once it is up."""
    image = container.behaviour
    assert image is not None
    for does, module in ((image.takes, workers), (image.traces, traces), (image.asks, peers)):
        if does:
            yield from module.begin(task, container)
