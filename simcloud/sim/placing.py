"""Where the tasks of a service go: on which capacity provider, and in which Availability Zone.

The strategy decides how many tasks each provider is to have (R-071, R-072). A task whose provider has no room is not
placed on another one (R-073, R-194). The zones are filled evenly, for each capacity provider by itself
(https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from simcloud.sim import supply
from simcloud.sim.balancing import targets_of
from simcloud.sim.launch import Launch, new_task
from simcloud.sim.release import Release
from simcloud.sim.service import Service
from simcloud.sim.service_tasks import tasks_of
from simcloud.sim.strategy import next_provider
from simcloud.sim.supply import Refusal
from simcloud.sim.task import Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


class Crowd:
    """How many tasks of a service each zone and each subnet holds."""

    def __init__(self, world: World, tasks: Iterable[Task], *, together: bool = False) -> None:
        self._zones = world.zones
        self._together = together
        self._held: Counter[tuple[str, ...]] = Counter()
        pairs = Counter((task.provider, task.interface.subnet) for task in tasks)
        for (provider, subnet), count in pairs.items():
            self.add(provider, subnet, count)

    def add(self, provider: str, subnet: str, count: int = 1) -> None:
        """So many more."""
        for key in self._keys(provider, subnet):
            self._held[key] += count

    def emptiest(self, provider: str, subnets: Sequence[str]) -> str:
        """The subnet for the next task of a provider; of several the one named first."""
        return min(subnets, key=lambda subnet: [self._held[key] for key in self._keys(provider, subnet)])

    def _keys(self, provider: str, subnet: str) -> list[tuple[str, ...]]:
        """What counts, the more important first: the provider's own tasks in the zone, all tasks there, then the
        same of the subnet. To balance all tasks together, all of a zone come first."""
        zone = self._zones.get(subnet, "")
        kinds: list[tuple[str, ...]] = [("zone", zone, provider), ("zone", zone)]
        return [*(kinds[::-1] if self._together else kinds), ("subnet", subnet, provider), ("subnet", subnet)]


def place(
    world: World, service: Service, release: Release, plan: Launch, count: int
) -> tuple[list[Task], dict[str, Refusal]]:
    """At most `count` tasks of the release, and by capacity provider why others have no place.

    Every task that is missing is looked at, so that one provider without capacity keeps none of another's back.
    """
    stay = [task for task in tasks_of(world, service) if task.arn not in service.moving]
    crowd = Crowd(world, stay, together=bool(service.moving))
    here = [task for task in stay if task.deployment == release.id]
    placed = Counter(task.provider for task in here)
    tasks: list[Task] = []
    refused: dict[str, Refusal] = {}
    vcpu = int(plan.stored["cpu"]) / supply.UNITS_PER_VCPU
    for _ in range(max(count, _wanted(service, release) - len(here))):
        if len(tasks) == count:
            break
        provider = next_provider(release.strategy, placed) if release.strategy else ""
        placed[provider] += 1
        if provider in refused or waits(release, provider, world.now):
            continue
        subnets, refusal = supply.room(world, provider, vcpu, plan.network["subnets"], tasks)
        if refusal is not None:
            refused[provider] = refusal
            continue
        subnet = crowd.emptiest(provider, subnets)
        crowd.add(provider, subnet)
        network = {**plan.network, "subnets": [subnet]}
        task = new_task(world, replace(plan, provider=provider, network=network), (), {})
        task.targets = targets_of(release)
        tasks.append(task)
    return tasks, refused


def waits(release: Release, provider: str, now: float) -> bool:
    """Has the provider had no room a short while ago?"""
    held = release.shortages.get(provider)
    return held is not None and now < held.until


def _wanted(service: Service, release: Release) -> int:
    return service.desired if service.deployments else release.requested
