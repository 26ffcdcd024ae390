"""What was used: the values from which a bill is made. Times are in seconds, sizes as AWS counts them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from simcloud.facts import prices
from simcloud.price.around import CapacityUsage, ClusterUsage, DataUsage, MachineUsage, SecretUsage, StorageUsage
from simcloud.price.functions import LambdaUsage
from simcloud.price.spell import Number, Owner, Spell

__all__ = [
    "AddressUsage",
    "BalancerUsage",
    "CapacityUsage",
    "ClusterUsage",
    "DataUsage",
    "EndpointUsage",
    "LambdaUsage",
    "MachineUsage",
    "NatUsage",
    "Number",
    "Owner",
    "Purchase",
    "SecretUsage",
    "StorageUsage",
    "TaskUsage",
    "Usage",
]

Purchase = Literal["on-demand", "spot", "savings-plan"]
HOME = "us-east-1"
"""The region of the price lists."""


@dataclass(frozen=True, slots=True)
class TaskUsage(Spell):
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
    count: Number = 1
    """How many such tasks; part of one where a share of it is priced otherwise."""
    kubernetes: bool = False
    """A pod of EKS."""
    region: str = HOME

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
        seconds = math.ceil(self.length)
        return max(least.value, seconds) if seconds > 0 else 0


@dataclass(frozen=True, slots=True)
class NatUsage(Spell):
    """A NAT gateway and its one public address."""

    seconds: Number
    gigabytes: Number = 0
    """Data processed, both directions together, evenly over the time; what is known by the moment is DataUsage."""
    public: bool = True
    """A private NAT gateway has no public address."""

    def _spread(self) -> tuple[str, ...]:
        return ("gigabytes",)


@dataclass(frozen=True, slots=True)
class EndpointUsage(Spell):
    """A VPC endpoint. An interface endpoint is billed in each Availability Zone where it stands; a gateway endpoint is
    free."""

    service: str
    """ecr.api, ecr.dkr, s3, logs, ..."""
    seconds: Number
    zones: int = 1
    gigabytes: Number = 0
    gateway: bool = False

    def _spread(self) -> tuple[str, ...]:
        return ("gigabytes",)


@dataclass(frozen=True, slots=True)
class AddressUsage(Spell):
    """A public IPv4 address, of a task or of anything else."""

    seconds: Number


@dataclass(frozen=True, slots=True)
class BalancerUsage(Spell):
    """An Application Load Balancer."""

    seconds: Number
    capacity_units: Number = 0
    """Load balancer capacity units, as an average over the time."""


Usage = (
    TaskUsage
    | NatUsage
    | EndpointUsage
    | AddressUsage
    | BalancerUsage
    | CapacityUsage
    | StorageUsage
    | DataUsage
    | ClusterUsage
    | MachineUsage
    | SecretUsage
    | LambdaUsage
)
