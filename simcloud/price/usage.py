"""What was used: the values from which a bill is made. Times are in seconds, sizes as AWS counts them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from simcloud.facts import prices

Purchase = Literal["on-demand", "spot", "savings-plan"]
Number = int | str | Decimal


@dataclass(frozen=True, slots=True)
class TaskUsage:
    """A task (or an EKS pod) of Fargate, from the start of its image pull to its end: the size asked for is billed,
    used or not."""

    seconds: Number
    """From pullStartedAt to stoppedAt, not yet rounded."""
    cpu: int
    """CPU units: 1024 is one vCPU."""
    memory: int
    """MiB."""
    storage: int = prices.STORAGE_FREE_GB.value
    """Ephemeral storage in GiB."""
    architecture: str = "X86_64"
    windows: bool = False
    purchase: Purchase = "on-demand"
    count: int = 1
    """How many such tasks."""

    @property
    def vcpu(self) -> Decimal:
        return Decimal(self.cpu) / 1024

    @property
    def gigabytes(self) -> Decimal:
        return Decimal(self.memory) / 1024

    @property
    def extra_storage(self) -> int:
        """GiB beyond what is included."""
        return max(0, self.storage - prices.STORAGE_FREE_GB.value)

    @property
    def billed_seconds(self) -> int:
        """Whole seconds, at least one minute on Linux and five on Windows; nothing for a task that never pulled."""
        least = prices.WINDOWS_MINIMUM_SECONDS if self.windows else prices.LINUX_MINIMUM_SECONDS
        seconds = math.ceil(Decimal(self.seconds))
        return max(least.value, seconds) if seconds > 0 else 0


@dataclass(frozen=True, slots=True)
class NatUsage:
    """A NAT gateway and its one public address."""

    seconds: Number
    gigabytes: Number = 0
    """Data processed, both directions together."""
    name: str = "NAT gateway"


@dataclass(frozen=True, slots=True)
class EndpointUsage:
    """A VPC endpoint. An interface endpoint is billed in each Availability Zone where it stands; a gateway endpoint is
    free."""

    service: str
    """ecr.api, ecr.dkr, s3, logs, ..."""
    seconds: Number
    zones: int = 1
    gigabytes: Number = 0
    gateway: bool = False


@dataclass(frozen=True, slots=True)
class AddressUsage:
    """A public IPv4 address, of a task or of anything else."""

    seconds: Number
    name: str = "public IPv4 address"


@dataclass(frozen=True, slots=True)
class BalancerUsage:
    """An Application Load Balancer."""

    seconds: Number
    capacity_units: Number = 0
    """Load balancer capacity units, as an average over the time."""


Usage = TaskUsage | NatUsage | EndpointUsage | AddressUsage | BalancerUsage
