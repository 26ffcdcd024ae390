"""What each task of a service counts for, kept so that a count looks only at the tasks to which something happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from simcloud.sim.image import Image
from simcloud.sim.load.state import Kind, Shape
from simcloud.sim.service_tasks import serves
from simcloud.sim.task import RUNNING, Task


class Place(NamedTuple):
    """What a task that is meant to run counts for."""

    kind: tuple[str, str, str, Shape] | None
    """Task definition, release, target group and what it can do; None before it is RUNNING."""
    serving: bool = False
    unhealthy: bool = False


def place(task: Task) -> Place | None:
    """What the task counts for now; None where it is to stop."""
    if not task.wanted:
        return None
    if task.status != RUNNING:
        return Place(None)
    serving = serves(task)
    group = task.targets[0][0] if task.targets else ""
    kind = (task.definition.arn, task.deployment, group, shape(task))
    return Place(kind, serving, bool(task.targets) and not serving)


class Tally:
    """The places of a service's tasks, and how many of each there are."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        """By task ARN."""
        self.pending = 0
        self._numbers: dict[tuple[str, str, str, Shape], list[int]] = {}
        """By kind: serving, running, unhealthy."""

    def count(self, tasks: Iterable[Task]) -> None:
        """Count these tasks anew."""
        for task in tasks:
            before, now = self.places.pop(task.arn, None), place(task)
            if before is not None:
                self._add(before, -1)
            if now is not None:
                self.places[task.arn] = now
                self._add(now, 1)

    def _add(self, found: Place, number: int) -> None:
        if found.kind is None:
            self.pending += number
            return
        numbers = self._numbers.setdefault(found.kind, [0, 0, 0])
        numbers[0] += number * found.serving
        numbers[1] += number
        numbers[2] += number * found.unhealthy
        if not numbers[1]:
            del self._numbers[found.kind]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The running tasks, those that are alike together; the kind that came first stands first."""
        return tuple(
            Kind(can, serving, running, release, group, unhealthy)
            for (_, release, group, can), (serving, running, unhealthy) in self._numbers.items()
        )


def shape(task: Task) -> Shape:
    """What one task can do: as its first essential container's image behaves, with all the CPU of the task."""
    if task.lost:  # it is sent to until somebody notices, and answers nothing
        return Shape(0, 0, 0.0, 0.0, 0.0, 0.0, 0.0)
    plans = [plan for plan in task.definition.containers if plan.essential]
    image = task.containers[plans[0].name].behaviour if plans else None
    vcpu = task.definition.cpu / 1024
    base = sum(each.behaviour.memory_mib for each in task.containers.values() if each.behaviour)
    if image is None:
        return Shape(task.definition.cpu, task.definition.memory, 0.0, 0.0, float(base), 0.0, 0.0)
    return Shape(
        cpu=task.definition.cpu,
        memory=task.definition.memory,
        requests=image.requests_per_vcpu * vcpu,
        seconds=image.latency_seconds,
        base_mib=float(base),
        request_mib=image.request_mib,
        messages=image.messages_per_vcpu * vcpu,
        failing=_failing(image),
    )


def _failing(image: Image) -> float:
    """Share of the requests that the code answers with 500: all of them where / does."""
    return 1.0 if dict(image.paths).get("/", 200) >= 500 else min(max(image.error_share, 0.0), 1.0)
