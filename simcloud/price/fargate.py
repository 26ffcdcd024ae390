"""What tasks cost: vCPU-seconds, GB-seconds, the licence of Windows, storage beyond 20 GB (R-303 to R-314)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from simcloud.facts import prices
from simcloud.facts.fact import Fact
from simcloud.price.bill import BillLine
from simcloud.price.usage import Purchase, TaskUsage

_DISCOUNTS: dict[Purchase, Decimal] = {
    "on-demand": Decimal(0),
    "spot": prices.SPOT_DISCOUNT.value,
    "savings-plan": prices.SAVINGS_PLAN_DISCOUNT.value,
}
"""Discounts are those that AWS calls *up to*; what a real account gets is this or less."""


def _rates(task: TaskUsage) -> tuple[str, Fact[Decimal], Fact[Decimal]]:
    """The platform in words, the rate of a vCPU-second, the rate of a GB-second."""
    if task.windows:
        return "Windows", prices.WINDOWS_VCPU, prices.WINDOWS_GB
    if task.architecture == "ARM64":
        return "Linux ARM64", prices.LINUX_ARM_VCPU, prices.LINUX_ARM_GB
    return "Linux X86_64", prices.LINUX_X86_VCPU, prices.LINUX_X86_GB


def task_lines(task: TaskUsage) -> Iterator[BillLine]:
    """The lines of one kind of task. Raises ValueError for Windows on Spot, which AWS does not sell."""
    if task.windows and task.purchase == "spot":
        raise ValueError("Fargate Spot runs Linux tasks only; a Windows task cannot be priced as Spot")
    platform, cpu_rate, memory_rate = _rates(task)
    kind = platform if task.purchase == "on-demand" else f"{platform}, {task.purchase}"
    paid = 1 - _DISCOUNTS[task.purchase]
    seconds = Decimal(task.billed_seconds * task.count)

    def line(what: str, amount: Decimal, unit: str, rate: Fact[Decimal], share: Decimal = paid) -> BillLine:
        return BillLine(f"Fargate {what}", amount * seconds, unit, rate.value * share, rate.source)

    yield line(f"vCPU, {kind}", task.vcpu, "vCPU-seconds", cpu_rate)
    if task.windows:
        yield line("Windows licence", task.vcpu, "vCPU-seconds", prices.WINDOWS_LICENCE, Decimal(1))
    yield line(f"memory, {kind}", task.gigabytes, "GB-seconds", memory_rate)
    yield line("ephemeral storage", Decimal(task.extra_storage), "GB-seconds", prices.STORAGE_GB, Decimal(1))
