"""What differs from one learner's lab 12 to the next: right sizes, images, what nobody needs, what will end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from simcloud.facts import sizes

VCPU_HOUR, GB_HOUR = 0.0404784, 0.004446
ARM_VCPU_HOUR, ARM_GB_HOUR = 0.03237984, 0.00356004
SPOT_SHARE = 0.3
"""Of the price on demand."""
NAT_HOUR, ADDRESS_HOUR = 0.045, 0.005
MONTH_HOURS = 730
DISCOUNT = 0.2
"""That a one-year plan gives on tasks, with nothing paid at the start."""
MONTHS = 12
LATENCY = 0.1
"""Seconds that an answer may take, on average over a service's tasks."""
MEMORY = 90.0
"""Percent of its memory that a task may use."""
ANSWERS_IN = 0.05
"""Seconds until an answer, where nobody else waits."""
PER_VCPU = 100.0
"""Requests a second that a vCPU answers."""
USUAL = 0.8
"""Of the busiest day's requests are asked on the days that the learner has seen."""
QUIET = 0.15
"""Of its busiest hour is asked in the quietest."""
Size = tuple[int, int]
"""CPU units and MiB."""


@dataclass(frozen=True)
class Service:
    """One service of the estate."""

    name: str
    tasks: int
    found: Size
    memory_mib: int
    """That its program needs."""
    peak: float
    """Requests a second in the busiest hour of the busiest day, all tasks together; 0 where nobody asks."""
    arm: bool
    """Is its image built for ARM64, too?"""
    spot: bool = False
    """May its tasks be interrupted?"""
    needed: bool = True

    @property
    def best(self) -> Size:
        """The cheapest size that keeps the bounds on the busiest day."""
        return min(self._fitting(), key=lambda size: an_hour(size))

    def _fitting(self) -> Iterator[Size]:
        for cpu, memories in sizes.LINUX.value.items():
            busy = self.peak / self.tasks / (PER_VCPU * cpu / 1024)
            if busy < 1 and ANSWERS_IN / (1 - busy) <= LATENCY:
                yield from ((cpu, memory) for memory in memories if 100 * self.memory_mib <= MEMORY * memory)

    def costs(self, size: Size) -> float:
        """US dollars an hour of all its tasks in a size, on demand and on x86."""
        return self.tasks * an_hour(size)

    @property
    def least(self) -> float:
        """US dollars an hour in its best size, on ARM64 and on Spot where it can be."""
        return self.tasks * an_hour(self.best, arm=self.arm) * (SPOT_SHARE if self.spot else 1)


def an_hour(size: Size, *, arm: bool = False) -> float:
    """US dollars an hour of a task of this size, on demand."""
    vcpu, gigabytes = size[0] / 1024, size[1] / 1024
    return vcpu * (ARM_VCPU_HOUR if arm else VCPU_HOUR) + gigabytes * (ARM_GB_HOUR if arm else GB_HOUR)


@dataclass(frozen=True)
class Plan:
    """One learner's lab."""

    ticket: str
    cluster: str
    services: tuple[Service, ...]
    idle_nat: int
    """Which of the two NAT gateways no route leads to."""
    spare: int
    """Which of the three addresses nothing holds."""
    ending: str
    """The service that will be switched off."""
    after_months: int

    @property
    def needed(self) -> tuple[Service, ...]:
        return tuple(one for one in self.services if one.needed)

    @property
    def unneeded(self) -> set[str]:
        """Names of what nobody needs."""
        service = next(one.name for one in self.services if not one.needed)
        return {service, f"way-out-{self.idle_nat}", f"address-{self.spare}"}

    def service(self, name: str) -> Service:
        """The service of this name."""
        return next(one for one in self.services if one.name == name)

    @property
    def found(self) -> float:
        """US dollars an hour of the tasks of what is needed, as it was found."""
        return sum(one.costs(one.found) for one in self.needed)

    @property
    def sized(self) -> float:
        """The same in the best sizes, on demand and on x86."""
        return sum(one.costs(one.best) for one in self.needed)

    @property
    def goal(self) -> float:
        """US dollars a month that tasks, NAT gateways and addresses may cost in the end."""
        least = sum(one.least for one in self.needed) + NAT_HOUR + ADDRESS_HOUR
        return round(1.04 * least * MONTH_HOURS, 2)


def year(commitment: float, steady: float, ending: float, after_months: int) -> float:
    """US dollars of tasks in a year with a commitment an hour, of what stays and of what ends after so many months."""
    total = 0.0
    for month in range(MONTHS):
        used = steady + (ending if month < after_months else 0.0)
        covered = min(used, commitment / (1 - DISCOUNT))
        total += MONTH_HOURS * (commitment + used - covered)
    return total


def best_commitment(steady: float, ending: float, after_months: int) -> float:
    """US dollars an hour with which the year costs least."""
    choices = (0.0, steady * (1 - DISCOUNT), (steady + ending) * (1 - DISCOUNT))
    return min(choices, key=lambda each: year(each, steady, ending, after_months))


def most_commitment(steady: float, ending: float, after_months: int) -> float:
    """US dollars an hour from which on the year costs more than without a commitment."""
    low, high = best_commitment(steady, ending, after_months), steady + ending
    without = year(0.0, steady, ending, after_months)
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if year(middle, steady, ending, after_months) <= without else (low, middle)
    return low


def plan_of(ticket: str) -> Plan:
    """The plan behind a ticket: the same in every process."""
    random = Random(ticket)
    front, maps, worker, crew, trial = (
        random.choice(names)
        for names in (
            ("tickets", "fares", "checkin"),
            ("maps", "weather", "tides"),
            ("exports", "receipts", "mailer"),
            ("crew", "roster", "handbook"),
            ("trial", "demo", "prototype"),
        )
    )
    built = [random.random() < 0.5 for _ in range(4)]
    if len(set(built)) == 1:
        built[random.randrange(4)] ^= True
    right = random.choice((512, 1024))
    tasks = random.choice((4, 6))
    drawn = random.choice((1700, 2500, 2900))
    services = (
        Service(front, tasks, (4096, 8192), 700, round(tasks * PER_VCPU * right / 1024 * 0.29, 1), built[0]),
        Service(maps, 3, (2048, 8192), drawn, 9.0, built[1]),
        Service(worker, random.choice((3, 5)), (1024, 4096), random.choice((400, 800)), 6.0, built[2], spot=True),
        Service(crew, 2, (256, 1024), 880, 3.0, built[3]),
        Service(trial, 2, (1024, 4096), 300, 0.0, True, needed=False),
    )
    return Plan(
        ticket=ticket,
        cluster=random.choice(("islands", "harbour", "archipelago", "coast")),
        services=services,
        idle_nat=random.choice((1, 2)),
        spare=random.choice((1, 2, 3)),
        ending=maps,
        after_months=random.choice((3, 6, 11, 11)),
    )


def make_variant(random: Random) -> dict[str, Any]:
    """What the learner is told."""
    plan = plan_of(f"FL-{random.randrange(1000, 1_000_000)}")
    rules = {one.name: {"tasks": one.tasks, "peak": one.peak, "may_be_interrupted": one.spot} for one in plan.needed}
    return {
        "ticket": plan.ticket,
        "cluster": plan.cluster,
        "rules": dict(sorted(rules.items())),
        "latency": LATENCY,
        "memory": MEMORY,
        "prices": {
            "X86_64": {"vcpu": VCPU_HOUR, "gb": GB_HOUR},
            "ARM64": {"vcpu": ARM_VCPU_HOUR, "gb": ARM_GB_HOUR},
            "spot": SPOT_SHARE,
            "nat": NAT_HOUR,
            "address": ADDRESS_HOUR,
        },
        "goal": plan.goal,
        "plan": {"discount": DISCOUNT, "months": MONTHS, "ends": plan.ending, "after_months": plan.after_months},
    }
