"""What AWS charges for what stands around tasks: logs, storage, images, secrets, clusters, EC2 nodes; in us-east-1,
and for tasks elsewhere as far as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from simcloud.facts.fact import Fact

READ = "2026-11-23"
BY_THE_MONTH = Decimal(730 * 3600)
"""Seconds of the month (730 hours) by which GB-months and secret-months are counted here; AWS takes the real month."""


def _fact(value: str, source: str) -> Fact[Decimal]:
    """A price of AWS's list, read in a page that quotes it."""
    return Fact(Decimal(value), source, "observed", READ, "R-315")


# Per GB-month

EFS_GB_MONTH = _fact("0.30", "https://aws.amazon.com/efs/pricing/")
"""Standard storage, Regional."""
EBS_GP3_GB_MONTH = _fact("0.08", "https://aws.amazon.com/ebs/pricing/ as quoted by public price tables of 2026")
EBS_GP2_GB_MONTH = _fact("0.10", "https://aws.amazon.com/ebs/pricing/ as quoted by public price tables of 2026")
ECR_GB_MONTH = _fact("0.10", "https://cloudburn.io/blog/amazon-ecr-pricing (of https://aws.amazon.com/ecr/pricing/)")
"""Private repositories; pulls in the same region cost nothing."""
LOGS_GB_MONTH = _fact("0.03", "https://aws.amazon.com/cloudwatch/pricing/ as quoted by public price tables of 2026")
"""What log groups keep."""

# Per GB

LOGS_GB = _fact(
    "0.50",
    "https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/ "
    "(of https://aws.amazon.com/cloudwatch/pricing/)",
)
"""CloudWatch Logs takes in, Standard class; the 5 GB that are free each month are not taken off."""

# By the hour or the month

EKS_CLUSTER_HOUR = Fact(
    Decimal("0.10"),
    "https://aws.amazon.com/blogs/containers/amazon-eks-extended-support-for-kubernetes-versions-pricing/",
    read_on=READ,
    rule="R-316",
)
"""A cluster whose Kubernetes version is in standard support."""
EKS_EXTENDED_HOUR = Fact(Decimal("0.60"), EKS_CLUSTER_HOUR.source, read_on=READ, rule="R-316")
"""A cluster whose Kubernetes version is in extended support."""
SECRET_MONTH = _fact("0.40", "https://aws.amazon.com/secrets-manager/pricing/ as quoted by public price tables of 2026")


class Machine(NamedTuple):
    """A type of EC2 instance."""

    vcpu: int
    memory: int
    """MiB."""
    rate: Decimal
    """US dollars an hour, Linux, on demand."""
    architecture: str = "X86_64"
    gpus: int = 0


MACHINES: Fact[Mapping[str, Machine]] = Fact(
    {
        "t3.medium": Machine(2, 4096, Decimal("0.0416")),
        "t3.large": Machine(2, 8192, Decimal("0.0832")),
        "m5.large": Machine(2, 8192, Decimal("0.096")),
        "m5.xlarge": Machine(4, 16384, Decimal("0.192")),
        "m5.2xlarge": Machine(8, 32768, Decimal("0.384")),
        "m5.4xlarge": Machine(16, 65536, Decimal("0.768")),
        "c5.large": Machine(2, 4096, Decimal("0.085")),
        "c5.xlarge": Machine(4, 8192, Decimal("0.17")),
        "r5.large": Machine(2, 16384, Decimal("0.126")),
        "m6g.large": Machine(2, 8192, Decimal("0.077"), "ARM64"),
        "m6g.xlarge": Machine(4, 16384, Decimal("0.154"), "ARM64"),
        "g4dn.xlarge": Machine(4, 16384, Decimal("0.526"), gpus=1),
    },
    "https://aws.amazon.com/ec2/pricing/on-demand/ as quoted by public price tables of 2026",
    "observed",
    READ,
)
"""The instance types that the course prices."""
MACHINE_MINIMUM_SECONDS: Fact[int] = Fact(60, "https://aws.amazon.com/ec2/pricing/on-demand/", read_on=READ)
"""EC2 on Linux is billed by the second, a minute at least."""

PRODUCTS: Fact[Mapping[str, str]] = Fact(
    {
        "ecs": "Elastic Container Service",
        "eks": "Elastic Kubernetes Service",
        "ec2": "EC2 - Compute",
        "ec2-other": "EC2 - Other",
        "vpc": "Virtual Private Cloud",
        "elb": "Elastic Load Balancing",
        "logs": "CloudWatch",
        "efs": "Elastic File System",
        "ecr": "EC2 Container Registry",
        "secrets": "Secrets Manager",
        "lambda": "Lambda",
        "transfer": "Data Transfer",
        "plan": "Savings Plans for Compute usage",
    },
    "names of services in AWS Cost Explorer",
    "assumed",
    READ,
)
"""Under which name Cost Explorer shows a charge. NAT gateways and EBS volumes stand under EC2 - Other."""

HOST_MEMORY_SHARE: Fact[Decimal] = Fact(
    Decimal("0.93"),
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/memory-management.html",
    "assumed",
    READ,
)
"""Of an instance's memory, what is left for tasks or pods beside the system, its agent and its daemons."""
HOST_DISK_GIB: Fact[int] = Fact(
    30, "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-optimized_AMI.html", "assumed", READ
)
"""The gp3 root volume of a host."""

# Elsewhere than in us-east-1

OTHER_REGIONS: Fact[Mapping[str, tuple[Decimal, Decimal]]] = Fact(
    {"eu-central-1": (Decimal("0.04656") / 3600, Decimal("0.00511") / 3600)},
    "AWS price list, AmazonECS eu-central-1: EUC1-Fargate-vCPU-Hours:perCPU and EUC1-Fargate-GB-Hours of 2026-07-07",
    "observed",
    READ,
)
"""Linux on x86, per vCPU-second and per GB-second, by region. Only what was read is here."""
