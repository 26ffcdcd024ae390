"""What AWS charges in us-east-1, in US dollars, exactly as the price lists print it."""

from __future__ import annotations

from decimal import Decimal

from simcloud.facts.fact import Fact
from simcloud.facts.sources import FARGATE_PRICING

VPC_PRICING = "https://aws.amazon.com/vpc/pricing/"
PRIVATELINK_PRICING = "https://aws.amazon.com/privatelink/pricing/"
BALANCER_PRICING = "https://aws.amazon.com/elasticloadbalancing/pricing/"

# Fargate: per vCPU-second, per GB-second (1 GB = 1024 MiB)

LINUX_X86_VCPU: Fact[Decimal] = Fact(Decimal("0.000011244"), FARGATE_PRICING, rule="R-303")
LINUX_X86_GB: Fact[Decimal] = Fact(Decimal("0.000001235"), FARGATE_PRICING, rule="R-303")
LINUX_ARM_VCPU: Fact[Decimal] = Fact(Decimal("0.0000089944"), FARGATE_PRICING, rule="R-304")
LINUX_ARM_GB: Fact[Decimal] = Fact(Decimal("0.0000009889"), FARGATE_PRICING, rule="R-304")
WINDOWS_VCPU: Fact[Decimal] = Fact(Decimal("0.0000254167"), FARGATE_PRICING, rule="R-306")
WINDOWS_GB: Fact[Decimal] = Fact(Decimal("0.0000027778"), FARGATE_PRICING, rule="R-306")
WINDOWS_LICENCE: Fact[Decimal] = Fact(Decimal("0.0000127778"), FARGATE_PRICING, rule="R-306")
"""The operating system, per vCPU-second, on top of the vCPU."""
STORAGE_GB: Fact[Decimal] = Fact(Decimal("0.0000000308"), FARGATE_PRICING, rule="R-305")
"""Ephemeral storage beyond what is included, per GB-second."""
STORAGE_FREE_GB: Fact[int] = Fact(20, FARGATE_PRICING, rule="R-305")
SPOT_DISCOUNT: Fact[Decimal] = Fact(Decimal("0.70"), FARGATE_PRICING, rule="R-314")
"""Spot is *up to* this much cheaper; AWS moves the real price slowly."""
SAVINGS_PLAN_DISCOUNT: Fact[Decimal] = Fact(Decimal("0.50"), FARGATE_PRICING, rule="R-314")
"""Compute Savings Plans are *up to* this much cheaper; they do not apply to Spot."""
LINUX_MINIMUM_SECONDS: Fact[int] = Fact(60, FARGATE_PRICING, rule="R-307")
WINDOWS_MINIMUM_SECONDS: Fact[int] = Fact(300, FARGATE_PRICING, rule="R-307")
HOURS_A_MONTH: Fact[int] = Fact(730, FARGATE_PRICING, "assumed", rule="R-313")
"""The customary month of cost estimates."""

# The network around it

NAT_HOUR: Fact[Decimal] = Fact(Decimal("0.045"), VPC_PRICING, rule="R-315")
"""Per NAT gateway and hour, begun hours whole."""
NAT_GB: Fact[Decimal] = Fact(Decimal("0.045"), VPC_PRICING, rule="R-315")
"""Per GB that a NAT gateway processes, in either direction."""
ENDPOINT_HOUR: Fact[Decimal] = Fact(
    Decimal("0.01"),
    f"{PRIVATELINK_PRICING} (the rule; the figure from pages that quote it, such as "
    "https://awsnegotiations.com/privatelink-cost-analysis.html)",
    "observed",
    rule="R-315",
)
"""Per interface endpoint, Availability Zone and hour, begun hours whole."""
ENDPOINT_GB: Fact[Decimal] = Fact(Decimal("0.01"), PRIVATELINK_PRICING, rule="R-315")
"""Per GB through interface endpoints, up to 1 PB a month."""
GATEWAY_ENDPOINT_HOUR: Fact[Decimal] = Fact(
    Decimal("0"), "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html", rule="R-315"
)
"""Gateway endpoints (S3, DynamoDB) cost nothing, neither by the hour nor by the GB."""
PUBLIC_IPV4_HOUR: Fact[Decimal] = Fact(
    Decimal("0.005"),
    "https://aws.amazon.com/blogs/aws/new-aws-public-ipv4-address-charge-public-ip-insights/",
    rule="R-315",
)
"""Per public IPv4 address and hour; the address of a NAT gateway counts too."""
BALANCER_HOUR: Fact[Decimal] = Fact(Decimal("0.0225"), BALANCER_PRICING, rule="R-315")
"""Per Application Load Balancer and hour."""
BALANCER_LCU_HOUR: Fact[Decimal] = Fact(Decimal("0.008"), BALANCER_PRICING, rule="R-315")
"""Per load balancer capacity unit and hour, of the dimension that is used most."""
LCU_CONNECTIONS: Fact[int] = Fact(25, BALANCER_PRICING, rule="R-315")
"""New connections a second that one capacity unit holds."""
LCU_GB: Fact[int] = Fact(1, BALANCER_PRICING, rule="R-315")
"""GB an hour that one capacity unit holds, for containers as targets."""
INTERNET_OUT_GB: Fact[Decimal] = Fact(
    Decimal("0.09"),
    "AWS price list, AWSDataTransfer us-east-1, as read by a third party on 2026-09-29",
    "observed",
    rule="R-315",
)
"""Per GB out to the internet, the first 10 TB of a month; the first 100 GB, which are free, are not taken off."""
