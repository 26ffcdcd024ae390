"""Work that comes as single calls: requests, events, files."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from simcloud.facts import prices_lambda

MONTH_SECONDS = 730 * 3600


@dataclass(frozen=True)
class Calls:
    """How many calls there are and what one needs. Raises ValueError for numbers that cannot be."""

    a_month: int
    seconds: Decimal
    """Of one call."""
    memory: int = 512
    """MiB."""
    storage: int = prices_lambda.STORAGE_FREE_MIB.value
    """MiB of temporary files."""
    image: int = 200
    """MiB of its container image."""
    busiest: Decimal | None = None
    """Calls a second at the busiest time; None for an even stream."""
    answer_within: Decimal | None = None
    """Seconds in which even the first call has to be answered; None where nobody waits."""
    start: Decimal = Decimal(0)
    """Seconds that its code needs before the first call, on either."""
    at_once: int = 10
    """Calls that one task works on at the same time."""
    least: int = 2
    """Tasks that stand ready, one in each of two zones."""
    balancer: bool = False
    """Do the calls come to the tasks through a load balancer? A function has its own URL."""
    architecture: str = "X86_64"

    def __post_init__(self) -> None:
        if self.a_month < 0 or self.seconds <= 0 or self.memory <= 0 or self.at_once < 1 or self.least < 1:
            raise ValueError("calls have a number, seconds and memory above 0, and at least one task for them")
        if self.busiest is not None and self.busiest < self.rate:
            raise ValueError(f"the busiest second has at least the average of {self.rate:.4f} calls")

    @property
    def rate(self) -> Decimal:
        """Calls a second, on average."""
        return Decimal(self.a_month) / MONTH_SECONDS

    @property
    def peak(self) -> Decimal:
        """Calls a second at the busiest time."""
        return self.rate if self.busiest is None else self.busiest

    @property
    def vcpu_seconds(self) -> Decimal:
        """CPU of one call: what Lambda gives with this memory, one vCPU at most."""
        return self.seconds * min(Decimal(1), Decimal(self.memory) / prices_lambda.MIB_A_VCPU.value)
