"""What tasks cost: vCPU-seconds, GB-seconds, the licence of Windows, storage beyond 20 GB (R-303 to R-314)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from simcloud.facts import prices, prices_around
from simcloud.facts.fact import Fact
from simcloud.price.bill import BillLine, charge
from simcloud.price.usage import HOME, Purchase, TaskUsage

_DISCOUNTS: dict[Purchase, Decimal] = {
    "on-demand": Decimal(0),
    "spot": prices.SPOT_DISCOUNT.value,
    "savings-plan": prices.SAVINGS_PLAN_DISCOUNT.value,
}
"""Discounts are those that AWS calls *up to*; what a real account gets is this or less."""


def check(task: TaskUsage) -> None:
    """Raise ValueError for what AWS does not sell, and for what has no price here."""
    if task.architecture not in ("X86_64", "ARM64"):
        raise ValueError(f"Fargate has the architectures X86_64 and ARM64, not {task.architecture!r}")
    if task.windows and task.purchase == "spot":
        raise ValueError("Fargate Spot runs Linux tasks only; a Windows task cannot be priced as Spot")
    if task.kubernetes and task.purchase == "spot":
        raise ValueError("EKS on Fargate has no Spot; a pod cannot be priced as Spot")
    if task.windows and task.architecture == "ARM64":
        raise ValueError("Fargate runs Windows on X86_64 only")
    if task.kubernetes and (task.windows or task.architecture == "ARM64"):
        raise ValueError("EKS on Fargate runs Linux on X86_64 only")
    known = {HOME, *prices_around.OTHER_REGIONS.value}
    if task.region not in known or (task.region != HOME and _platform(task) != "Linux X86_64"):
        raise ValueError(f"no price of {_platform(task)} in {task.region} was read; Linux X86_64: {sorted(known)}")


def _platform(task: TaskUsage) -> str:
    return "Windows" if task.windows else f"Linux {task.architecture}"


def _rates(task: TaskUsage) -> tuple[Fact[Decimal], Fact[Decimal]]:
    """The rate of a vCPU-second, the rate of a GB-second."""
    if task.region != HOME:
        other = prices_around.OTHER_REGIONS
        cpu, memory = other.value[task.region]
        return Fact(cpu, other.source, other.status), Fact(memory, other.source, other.status)
    if task.windows:
        return prices.WINDOWS_VCPU, prices.WINDOWS_GB
    if task.architecture == "ARM64":
        return prices.LINUX_ARM_VCPU, prices.LINUX_ARM_GB
    return prices.LINUX_X86_VCPU, prices.LINUX_X86_GB


def task_lines(task: TaskUsage) -> Iterator[BillLine]:
    """The lines of one kind of task. Raises ValueError for what AWS does not sell or what has no price here."""
    check(task)
    cpu_rate, memory_rate = _rates(task)
    parts = (_platform(task), task.purchase, task.region)
    kind = ", ".join(part for part in parts if part not in ("on-demand", HOME))
    seconds = task.billed_seconds * Decimal(task.count)

    def line(what: str, amount: Decimal, unit: str, rate: Fact[Decimal]) -> BillLine:
        return charge(f"Fargate {what}", amount * seconds, unit, rate, "eks" if task.kubernetes else "ecs")

    yield _bought(line(f"vCPU, {kind}", task.vcpu, "vCPU-seconds", cpu_rate), task.purchase)
    if task.windows:
        yield line("Windows licence", task.vcpu, "vCPU-seconds", prices.WINDOWS_LICENCE)
    yield _bought(line(f"memory, {kind}", task.gigabytes, "GB-seconds", memory_rate), task.purchase)
    yield line("ephemeral storage", Decimal(task.extra_storage), "GB-seconds", prices.STORAGE_GB)


def _bought(line: BillLine, purchase: Purchase) -> BillLine:
    """The line at the price of how it was bought. A plan covers what is on demand, never Spot (R-314)."""
    if purchase == "on-demand":
        return replace(line, family="fargate")
    discount = _DISCOUNTS[purchase]
    return replace(line, rate=line.rate * (1 - discount), note=f"up to {discount:.0%} off: the most that AWS promises")
