"""Amounts as options show them, and sizes as the sales table has them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from simcloud.facts import sizes
from simcloud.price.price import price
from simcloud.price.spell import Number
from simcloud.price.usage import TaskUsage, Usage

HOUR = 3600
MONTH = 730 * HOUR
"""Seconds of the month that stems speak of: 730 hours."""
PRICING = "https://aws.amazon.com/fargate/pricing/"
GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
CENT = Decimal("0.01")


def dollars(amount: Decimal) -> str:
    """$1,234.50"""
    return f"${amount.quantize(CENT, ROUND_HALF_UP):,}"


def exact(amount: Decimal) -> str:
    """$0.0404784: all the digits, so that sums made from it agree with options to the cent."""
    return f"${amount.normalize():f}"


def hourly(rate: Decimal) -> str:
    """The price of an hour from that of a second, with all of its digits."""
    return exact(rate * HOUR)


def cost(*usage: Usage) -> Decimal:
    """US dollars, not rounded."""
    return price(usage).cost


def task(cpu: int, memory: int, seconds: Number = MONTH, count: Number = 1, **more: object) -> TaskUsage:
    """Tasks of a size for some time; a month where none is given."""
    return TaskUsage(seconds=seconds, cpu=cpu, memory=memory, count=count, **more)  # type: ignore[arg-type]


def pairs(least_cpu: int = 0, most_cpu: int = 16384) -> Iterator[tuple[int, int]]:
    """Every pair of CPU units and MiB on Linux, the smallest first."""
    for cpu, memories in sizes.LINUX.value.items():
        if least_cpu <= cpu <= most_cpu:
            yield from ((cpu, memory) for memory in memories)


def sold(cpu: int, memory: int) -> bool:
    """Is this pair sold on Linux?"""
    return memory in sizes.LINUX.value.get(cpu, ())


def spoken(cpu: int, memory: int) -> str:
    """cpu 512 and memory 1024"""
    return f"cpu {cpu} and memory {memory}"


def counted(count: int, noun: str = "task") -> str:
    """1 task, 2 tasks"""
    return f"{count} {noun}{'' if count == 1 else 's'}"
