"""What stands around tasks: storage, data, EKS clusters, EC2 machines, secrets; used, and what that costs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from simcloud.facts import prices, prices_around
from simcloud.facts.fact import Fact
from simcloud.price.bill import BillLine, charge
from simcloud.price.spell import Number, Spell, exact

MONTH = int(prices_around.BY_THE_MONTH)
HOUR = 3600
Stored = Literal["efs", "gp3", "gp2", "ecr", "logs"]
Moved = Literal["logs", "nat", "endpoint", "gateway", "internet"]

_STORED: Mapping[str, tuple[str, Fact[Decimal], str]] = {
    "efs": ("EFS storage", prices_around.EFS_GB_MONTH, "efs"),
    "gp3": ("EBS gp3 storage", prices_around.EBS_GP3_GB_MONTH, "ec2-other"),
    "gp2": ("EBS gp2 storage", prices_around.EBS_GP2_GB_MONTH, "ec2-other"),
    "ecr": ("ECR storage", prices_around.ECR_GB_MONTH, "ecr"),
    "logs": ("CloudWatch Logs storage", prices_around.LOGS_GB_MONTH, "logs"),
}
_MOVED: Mapping[str, tuple[str, Fact[Decimal], str]] = {
    "logs": ("CloudWatch Logs ingestion", prices_around.LOGS_GB, "logs"),
    "nat": ("NAT gateway data", prices.NAT_GB, "ec2-other"),
    "endpoint": ("interface endpoint data", prices.ENDPOINT_GB, "vpc"),
    "gateway": ("gateway endpoint data", prices.GATEWAY_ENDPOINT_HOUR, "vpc"),
    "internet": ("data out to the internet", prices.INTERNET_OUT_GB, "transfer"),
}


@dataclass(frozen=True, slots=True)
class StorageUsage(Spell):
    """GB that are kept."""

    kind: Stored
    gigabytes: Number
    seconds: Number


@dataclass(frozen=True, slots=True)
class DataUsage(Spell):
    """GB that were moved, at the moment `begin`."""

    kind: Moved
    gigabytes: Number
    service: str = ""
    """To or from which service, where that is known: s3, logs; `internet` for what is none of AWS's."""


@dataclass(frozen=True, slots=True)
class CapacityUsage(Spell):
    """Capacity units of an Application Load Balancer in the hour that starts at `begin`."""

    units: Number


@dataclass(frozen=True, slots=True)
class ClusterUsage(Spell):
    """The control plane of an EKS cluster. That of ECS costs nothing (R-316)."""

    seconds: Number
    extended: bool = False
    """Is its Kubernetes version in extended support?"""


@dataclass(frozen=True, slots=True)
class MachineUsage(Spell):
    """EC2 instances on Linux, on demand. Types with a price are the keys of MACHINES."""

    type: str
    seconds: Number
    count: Number = 1


@dataclass(frozen=True, slots=True)
class SecretUsage(Spell):
    """Secrets in Secrets Manager. Calls are not counted."""

    seconds: Number
    count: int = 1


def storage_lines(used: StorageUsage) -> Iterator[BillLine]:
    """GB-months."""
    what, rate, product = _STORED[used.kind]
    yield charge(what, Decimal(used.gigabytes) * exact(used.seconds), "GB-months", rate, product, per=MONTH)


def data_lines(used: DataUsage) -> Iterator[BillLine]:
    """GB."""
    what, rate, product = _MOVED[used.kind]
    yield charge(what, Decimal(used.gigabytes), "GB", rate, product)


def capacity_lines(used: CapacityUsage) -> Iterator[BillLine]:
    """LCU-hours."""
    units = Decimal(used.units)
    yield charge("load balancer capacity units", units, "LCU-hours", prices.BALANCER_LCU_HOUR, "elb")


def cluster_lines(used: ClusterUsage) -> Iterator[BillLine]:
    """Hours, begun ones whole."""
    rate = prices_around.EKS_EXTENDED_HOUR if used.extended else prices_around.EKS_CLUSTER_HOUR
    what = "EKS cluster hours, extended support" if used.extended else "EKS cluster hours"
    yield charge(what, Decimal(math.ceil(exact(used.seconds) / HOUR)), "hours", rate, "eks")


def machine_lines(used: MachineUsage) -> Iterator[BillLine]:
    """By the second, a minute at least. A type of which no price was read stands there with nothing, and says so."""
    machines = prices_around.MACHINES
    seconds = math.ceil(exact(used.seconds))
    billed = max(prices_around.MACHINE_MINIMUM_SECONDS.value, seconds) if seconds > 0 else 0
    known = machines.value.get(used.type)
    rate = Fact(known.rate if known else Decimal(0), machines.source, machines.status)
    line = charge(f"EC2 {used.type}", Decimal(used.count) * billed, "hours", rate, "ec2", per=HOUR, family="ec2")
    yield line if known else replace(line, note="not priced: no price of this type was read")


def secret_lines(used: SecretUsage) -> Iterator[BillLine]:
    """Secret-months."""
    amount = used.count * exact(used.seconds)
    yield charge("Secrets Manager secrets", amount, "months", prices_around.SECRET_MONTH, "secrets", per=MONTH)
