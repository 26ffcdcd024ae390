"""The roster: the tasks of each service, sorted as they come and go, so that nobody looks through all tasks for them.

Everything here follows from `world.tasks`. `World.handle` says after each event which task it was about, the end of a
task strikes it off, and the invariants demand that the roster and the tasks agree.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcloud.sim.task import Task


class Crew:
    """The tasks of one service, by ARN, those of each dictionary in the order in which they came to it."""

    def __init__(self) -> None:
        self.wanted: dict[str, Task] = {}
        """Meant to run."""
        self.of: dict[str, dict[str, Task]] = {}
        """The same by the id of their deployment or task set."""
        self.left: dict[str, dict[str, Task]] = {}
        """Those that stop or have stopped and are not forgotten, by deployment or task set."""
        self.subnets: Counter[str] = Counter()
        """Of the wanted ones, how many are in each subnet."""
        self.unproven: dict[str, Task] = {}
        """Of the wanted ones, those to which something happened since they were found healthy."""
        self.uncounted: dict[str, Task] = {}
        """Those to which something happened since the service was counted."""
        self.untold: dict[str, Task] = {}
        """Those with target groups to which something happened since the service told of registrations."""
        self._numbers: dict[str, int] = {}
        self._next = 0

    def join(self, task: Task) -> None:
        """A new task of the service."""
        self._numbers[task.arn], self._next = self._next, self._next + 1
        self.wanted[task.arn] = task
        self.of.setdefault(task.deployment, {})[task.arn] = task
        self.subnets[task.interface.subnet] += 1
        self.touch(task)

    def touch(self, task: Task) -> None:
        """Something happened to it."""
        if task.arn in self.wanted:
            self.unproven[task.arn] = task
        self.uncounted[task.arn] = task
        if task.targets:
            self.untold[task.arn] = task

    def leave(self, task: Task) -> None:
        """It is meant to run no longer."""
        self.unproven.pop(task.arn, None)
        if self.wanted.pop(task.arn, None) is None:
            return
        _take(self.of, task)
        self.left.setdefault(task.deployment, {})[task.arn] = task
        self.subnets[task.interface.subnet] -= 1
        if not self.subnets[task.interface.subnet]:
            del self.subnets[task.interface.subnet]

    def forget(self, task: Task) -> None:
        """It is no longer there."""
        self.leave(task)
        _take(self.left, task)
        self._numbers.pop(task.arn, None)
        self.uncounted[task.arn] = task  # what it counted for is taken back at the next count
        self.untold.pop(task.arn, None)

    def in_order(self, tasks: dict[str, Task]) -> list[Task]:
        """Oldest first."""
        return sorted(tasks.values(), key=lambda task: self._numbers[task.arn])


def _take(held: dict[str, dict[str, Task]], task: Task) -> None:
    of_release = held.get(task.deployment, {})
    of_release.pop(task.arn, None)
    if not of_release:
        held.pop(task.deployment, None)


class Roster:
    """The crews of all services."""

    def __init__(self) -> None:
        self.crews: dict[str, Crew] = {}
        """By service ARN."""

    def crew(self, service: str) -> Crew:
        """The crew of a service; an empty one that nobody keeps where it never had a task."""
        return self.crews.get(service) or Crew()

    def join(self, task: Task) -> None:
        """A task was asked for. One of its own, without a service, is in no crew."""
        if task.service:
            self.crews.setdefault(task.service, Crew()).join(task)

    def touch(self, task: Task | None) -> None:
        """Something happened to a task."""
        if task is not None and (crew := self.crews.get(task.service)) is not None:
            crew.touch(task)

    def leave(self, task: Task) -> None:
        """A task is to stop."""
        if (crew := self.crews.get(task.service)) is not None:
            crew.leave(task)

    def forget(self, task: Task) -> None:
        """A task that stopped is shown no longer."""
        if (crew := self.crews.get(task.service)) is not None:
            crew.forget(task)
