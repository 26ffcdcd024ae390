"""EC2 instances for copies of a workload: how many of which type, and what they cost a month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from simcloud.facts.prices_around import HOST_DISK_GIB, HOST_MEMORY_SHARE, MACHINES, Machine
from simcloud.price.bill import Bill
from simcloud.price.price import price
from simcloud.price.usage import MachineUsage, StorageUsage

MONTH_SECONDS = 730 * 3600
ZONES = 2
"""What has more than one copy stands in two zones."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """So many instances of a type."""

    type: str
    count: int
    bill: Bill
    """Of a month."""


def room(machine: Machine, cpu: Decimal, memory: Decimal) -> int:
    """Copies that one instance holds: CPU in units, memory in MiB beside what the system needs."""
    usable = machine.memory * HOST_MEMORY_SHARE.value
    by_memory = usable / memory if memory else Decimal("Infinity")
    by_cpu = Decimal(machine.vcpu * 1024) / cpu if cpu else Decimal("Infinity")
    return int(min(by_cpu, by_memory, Decimal(10_000)))


def monthly(type: str, count: int, hours_a_day: Decimal = Decimal(24)) -> Bill:
    """The bill of instances with their root volumes."""
    seconds = MONTH_SECONDS * hours_a_day / 24
    return price([MachineUsage(type, seconds, count), StorageUsage("gp3", count * HOST_DISK_GIB.value, seconds)])


def cheapest(
    cpu: Decimal,
    memory: Decimal,
    count: int,
    *,
    hours_a_day: Decimal = Decimal(24),
    gpus: int = 0,
    architecture: str = "X86_64",
    one_each: bool = False,
) -> Hosts | None:
    """The cheapest instances that hold all copies; None where no type that is priced holds one. `one_each`: one copy on
    each instance, as a daemon runs. They stand for all copies all the time: hosts come more slowly than tasks."""
    found = []
    for name, machine in MACHINES.value.items():
        fits = room(machine, cpu, memory)
        if not fits or machine.architecture != architecture or machine.gpus < gpus or bool(machine.gpus) != bool(gpus):
            continue
        fits = 1 if one_each else min(fits, machine.gpus // gpus) if gpus else fits
        number = max(math.ceil(count / fits), ZONES if count > 1 else 1)
        found.append(Hosts(name, number, monthly(name, number, hours_a_day)))
    return min(found, key=lambda each: each.bill.cost, default=None)
