"""A workload to find a place for: what it needs, how much of it there is, how long it runs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from simcloud.choose.calls import Calls
from simcloud.facts import sizes


class Size(NamedTuple):
    """CPU in units (1024 to a vCPU), memory in MiB."""

    cpu: int
    memory: int


@dataclass(frozen=True)
class Workload:
    """What one copy of it needs, and how many there are. Raises ValueError for numbers that cannot be."""

    name: str
    cpu: int = 256
    """CPU units that one copy needs."""
    memory: int = 512
    """MiB."""
    count: int = 1
    """Copies at the busiest time."""
    average: Decimal | None = None
    """Copies on average while it runs; None for as many as at the busiest time."""
    hours_a_day: Decimal = Decimal(24)
    gpus: int = 0
    privileged: bool = False
    daemon: bool = False
    """One copy on each host."""
    host_files: bool = False
    """It reads files of the host."""
    block_storage: bool = False
    """As a pod it keeps an EBS volume."""
    windows: bool = False
    architecture: str = "X86_64"
    kubernetes: bool = False
    """Its manifests, Helm charts and Kubernetes tools have to stay."""
    interruptible: bool = False
    """May it be stopped within two minutes at any time?"""
    calls: Calls | None = None
    """The same work as single calls, where it can be cut into them."""

    def __post_init__(self) -> None:
        if self.cpu <= 0 or self.memory <= 0 or self.count <= 0 or not 0 < self.hours_a_day <= 24:
            raise ValueError("a workload has CPU, memory and copies above 0, and runs up to 24 hours a day")
        if self.average is not None and not 0 < self.average <= self.count:
            raise ValueError(f"on average there are up to {self.count} copies, not {self.average}")

    @property
    def mean(self) -> Decimal:
        """Copies on average while it runs."""
        return Decimal(self.count) if self.average is None else self.average

    @property
    def units(self) -> Decimal:
        return Decimal(self.cpu)

    @property
    def mebibytes(self) -> Decimal:
        return Decimal(self.memory)

    @property
    def fargate_size(self) -> Size | None:
        """The smallest size of Fargate that holds a copy; None where none does."""
        return fitting(self.cpu, self.memory, windows=self.windows)


def fitting(cpu: int, memory: int, *, windows: bool = False) -> Size | None:
    """The smallest size on sale with so much CPU (units) and memory (MiB); None where none has."""
    sold = sizes.WINDOWS.value if windows else sizes.LINUX.value
    for units, memories in sold.items():
        found = [each for each in memories if each >= memory]
        if units >= cpu and found:
            return Size(units, min(found))
    return None
