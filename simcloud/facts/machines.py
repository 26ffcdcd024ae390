"""What an EC2 node of EKS has left for pods, by its instance type."""

from __future__ import annotations

from decimal import Decimal

from simcloud.facts.fact import Fact

AMI = "https://github.com/awslabs/amazon-eks-ami, nodeadm's kubelet configuration"
READ = "2026-11-23"

RESERVED_CPU: Fact[tuple[Decimal, ...]] = Fact(
    (Decimal("0.06"), Decimal("0.01"), Decimal("0.005"), Decimal("0.005"), Decimal("0.0025")), AMI, "assumed", READ
)
"""Share of a vCPU that the node keeps of its first, second, third, fourth vCPU, and of each one after those."""
RESERVED_MEMORY_MIB: Fact[int] = Fact(255, AMI, "assumed", READ)
RESERVED_MEMORY_OF_A_POD_MIB: Fact[int] = Fact(11, AMI, "assumed", READ)
"""For each pod that the node may have."""
EVICTION_MIB: Fact[int] = Fact(100, AMI, "assumed", READ)
"""The kubelet evicts pods before less than this is free."""
WITH_DRIVERS: Fact[tuple[str, ...]] = Fact(
    ("GPU", "NVIDIA", "CUSTOM"),
    "https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html",
    read_on=READ,
)
"""Parts of the names of AMI types whose images have NVIDIA's drivers; an image of one's own is taken to have them."""
PODS: Fact[dict[str, int]] = Fact(
    {
        "t3.medium": 17,
        "t3.large": 35,
        "m5.large": 29,
        "m5.xlarge": 58,
        "m5.2xlarge": 58,
        "m5.4xlarge": 234,
        "c5.large": 29,
        "c5.xlarge": 58,
        "r5.large": 29,
        "m6g.large": 29,
        "m6g.xlarge": 58,
        "g4dn.xlarge": 29,
    },
    "https://github.com/awslabs/amazon-eks-ami, eni-max-pods.txt",
    "observed",
    READ,
)
"""The most pods on a node of the type: what its interfaces have addresses for."""
