"""Availability Zone rebalancing: a steady service whose tasks are unevenly spread gets them moved, start before stop.

As https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html says (R-208, R-209). Tasks that
are to make way stand in `service.moving`: the scheduler starts as many others first, and `finish` stops them when those
are healthy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from simcloud.facts import capacity, timings, words
from simcloud.facts.words import capacity as said
from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim import events as e
from simcloud.sim.bulletin import announce
from simcloud.sim.effects import After, Effect
from simcloud.sim.protection import protected
from simcloud.sim.service import Service
from simcloud.sim.service_tasks import SOON, healthy, review_in, spoken, tasks_of
from simcloud.sim.story import counted
from simcloud.sim.supply import kind_of
from simcloud.sim.task import RUNNING, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


def enabled(service: Service) -> bool:
    """May its tasks be moved?"""
    return service.asked.get(capacity.REBALANCING.value) == "ENABLED" and service.controller == "ECS"


def watch(world: World, service: Service) -> Iterator[Effect]:
    """The service is steady: move tasks where its zones are not balanced."""
    if not enabled(service) or service.moving:
        return
    counts = by_zone(world, service)
    if _even(counts.values()):
        if service.rebalancing:
            service.rebalancing = False
            announce(world, service, said.BALANCED, zones=told(counts))
            world.tell_service(service, f"is balanced over its Availability Zones: {_spoken(counts)}")
        return
    moves = list(_choose(world, service, counts))
    if not service.rebalancing or moves:
        service.rebalancing = True
        announce(world, service, said.UNBALANCED, zones=told(counts))
        world.tell_service(service, f"is not balanced over its Availability Zones: {_spoken(counts)}")
    if moves:
        service.moving = tuple(task.arn for task in moves)
        yield from review_in(world, service, SOON.value)
    else:
        _say_why_not(world, service, counts)
        yield from review_in(world, service, float(timings.THROTTLE_CAP.value))


def by_zone(world: World, service: Service) -> Counter[str]:
    """Running tasks in each zone of the service's subnets, by the name of the zone."""
    zones = {world.zones[subnet] for subnet in service.primary.network.get("subnets") or () if subnet in world.zones}
    counts = Counter(dict.fromkeys(sorted(zones), 0))
    counts.update(zone_of(world, task) for task in tasks_of(world, service) if task.status == RUNNING)
    return counts


def zone_of(world: World, task: Task) -> str:
    """'' where it is not known yet."""
    return task.interface.zone or world.zones.get(task.interface.subnet, "")


def told(counts: Counter[str]) -> str:
    """`2 tasks in us-east-1a, 0 tasks in us-east-1b`: zones with the most tasks first, as AWS has them."""
    return ", ".join(said.ZONE_COUNT.format(count=count, zone=zone) for zone, count in _fullest_first(counts))


def _spoken(counts: Counter[str]) -> str:
    return ", ".join(f"{counted(count, 'task')} in {zone}" for zone, count in _fullest_first(counts))


def _fullest_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _even(counts: Iterable[int]) -> bool:
    held = list(counts)
    return max(held, default=0) - min(held, default=0) < capacity.UNEVEN.value


def _choose(world: World, service: Service, counts: Counter[str]) -> Iterator[Task]:
    """The tasks that make way, the newest of the fullest zone first, while maximumPercent leaves room for others."""
    left = Counter(counts)
    movable = [task for task in tasks_of(world, service) if task.status == RUNNING and not protected(world, task)]
    for _ in range(service.most - service.desired):
        goals = [zone for zone in left if not _lacks(world, service, zone)]
        fullest = max(left, key=lambda zone: left[zone])
        goal = min(goals, key=lambda zone: left[zone], default=fullest)
        here = [task for task in reversed(movable) if zone_of(world, task) == fullest]
        victim = next((task for task in here if not world.supply.lacks(kind_of(task.provider), goal)), None)
        if victim is None or left[fullest] - left[goal] < capacity.UNEVEN.value:
            return
        movable.remove(victim)
        left[fullest] -= 1
        left[goal] += 1
        yield victim


def _lacks(world: World, service: Service, zone: str) -> bool:
    """Has the zone no capacity for any kind that the service uses?"""
    kinds = {kind_of(item["capacityProvider"]) for item in service.primary.strategy} or {kind_of("")}
    return all(world.supply.lacks(kind, zone) for kind in kinds)


def _say_why_not(world: World, service: Service, counts: Counter[str]) -> None:
    """An uneven service whose tasks stay: no capacity where they should go, or tasks that are protected."""
    emptiest = min(counts, key=lambda zone: counts[zone])
    fullest = max(counts, key=lambda zone: counts[zone])
    kept = [task for task in tasks_of(world, service) if zone_of(world, task) == fullest and protected(world, task)]
    if kept and not _lacks(world, service, emptiest):
        held = announce(world, service, said.REBALANCING_PROTECTED, deployment=service.primary.id, count=len(kept))
    else:
        held = announce(world, service, said.ZONE_FULL, zone=emptiest)
    if held:
        announce(world, service, said.REBALANCING_STOPPED)


def finish(world: World, service: Service) -> Iterator[Effect]:
    """Stop the tasks that make way, as far as others are healthy in their place. A deployment, or another desired
    count, ends the move."""
    going = [task for arn in service.moving if (task := world.tasks.get(arn)) is not None and task.wanted]
    service.moving = tuple(task.arn for task in going)
    if not going:
        return
    if not _goes_on(service):
        service.moving, service.rebalancing = (), False
        announce(world, service, said.REBALANCING_STOPPED)
        return
    well = sum(task.arn not in service.moving and healthy(world, task) for task in tasks_of(world, service))
    done = going[: max(0, len(going) - max(0, service.desired - well))]
    service.moving = tuple(task.arn for task in going if task not in done)
    for zone in dict.fromkeys(zone_of(world, task) for task in done):
        here = [task for task in done if zone_of(world, task) == zone]
        announce(world, service, said.MOVED_OUT, count=len(here), zone=zone, tasks=spoken(here))
        world.tell_service(service, f"stops {counted(len(here), 'task')} in {zone}: others run in another zone")
        for task in here:
            reason = words.SCALING_ACTIVITY.format(deployment=service.primary.id)
            why = f"service {service.name} is balanced over its Availability Zones"
            yield After(0.0, e.StopAsked(task.arn, str(stop_words.SCHEDULER_INITIATED), reason, why))
    if done:
        yield from review_in(world, service, 0.0)


def _goes_on(service: Service) -> bool:
    return len(service.deployments) == 1 and service.primary.rollout == "COMPLETED" and service.most > service.desired


def tell_started(world: World, service: Service, tasks: list[Task]) -> None:
    """The event about tasks that were started: for a balance of the zones it has words of its own."""
    if not service.moving:
        announce(world, service, words.STARTED, count=len(tasks), tasks=spoken(tasks))
        return
    for zone in dict.fromkeys(zone_of(world, task) for task in tasks):
        here = [task for task in tasks if zone_of(world, task) == zone]
        announce(world, service, said.MOVED_IN, count=len(here), zone=zone, tasks=spoken(here))
        world.tell_service(service, f"starts {counted(len(here), 'task')} in {zone} to be balanced")
