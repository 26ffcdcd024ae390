"""A small VPC made from a few choices: enough to try each way in which a task finds, or does not find, its image."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.reason.network import (
    GroupRule,
    Interface,
    InternetGateway,
    NatGateway,
    Network,
    PrefixList,
    Route,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
    VpcEndpoint,
)

ANYWHERE = "0.0.0.0/0"
VPC_CIDR = "10.0.0.0/16"
S3_CIDR = "52.216.0.0/15"
"""A block of S3's prefix list in us-east-1."""
TASK = "eni-task"


@dataclass(frozen=True)
class Choices:
    """What stands in the VPC and what is switched on. The task's subnet is public where its route says so."""

    public_subnet: bool = False
    public_ip: bool = False
    nat: bool = False
    """A NAT gateway in the other, public subnet, and the task's default route to it (in a private subnet)."""
    endpoints: frozenset[str] = frozenset()
    """Of ecr.api, ecr.dkr, logs, secretsmanager (interface endpoints) and s3 (the gateway endpoint)."""
    private_dns: bool = True
    endpoints_let_in: bool = True
    """Does the security group of the interface endpoints let TCP 443 in from the VPC?"""
    lets_out: bool = True
    """Does the security group of the task let everything out?"""


def sketch(choices: Choices, *, region: str = "us-east-1", account: str = "123456789012") -> Network:
    """The network of the choices. The task's interface is `eni-task`."""
    public = choices.public_subnet
    default = [Route(ANYWHERE, "igw-1")] if public else [Route(ANYWHERE, "nat-1")] if choices.nat else []
    gateway = [Route("pl-s3", "vpce-s3")] if "s3" in choices.endpoints else []
    tables = (
        RouteTable("rtb-task", "vpc-1", (*default, *gateway), ("subnet-task",)),
        RouteTable("rtb-public", "vpc-1", (Route(ANYWHERE, "igw-1"),), ("subnet-public",), main=True),
    )
    task = Interface(TASK, "subnet-task", "10.0.1.10", ("sg-task",), "203.0.113.10" if choices.public_ip else "")
    out = (GroupRule(ANYWHERE, "-1"),) if choices.lets_out else ()
    let_in = (GroupRule(VPC_CIDR, "tcp", (443, 443)),) if choices.endpoints_let_in else ()
    return Network(
        region,
        account,
        vpcs={"vpc-1": Vpc("vpc-1", (VPC_CIDR,))},
        subnets={
            "subnet-task": Subnet("subnet-task", "vpc-1", "10.0.1.0/24", f"{region}a"),
            "subnet-public": Subnet("subnet-public", "vpc-1", "10.0.0.0/24", f"{region}a"),
        },
        route_tables={table.id: table for table in tables},
        internet_gateways={"igw-1": InternetGateway("igw-1", "vpc-1")},
        nat_gateways={"nat-1": NatGateway("nat-1", "subnet-public", "10.0.0.5", "203.0.113.5")} if choices.nat else {},
        endpoints={one.id: one for one in _endpoints(choices, region)},
        groups={
            "sg-task": SecurityGroup("sg-task", "vpc-1", egress=out),
            "sg-endpoints": SecurityGroup("sg-endpoints", "vpc-1", let_in),
        },
        interfaces={TASK: task},
        prefix_lists={"pl-s3": PrefixList("pl-s3", f"com.amazonaws.{region}.s3", (S3_CIDR,))},
    )


def _endpoints(choices: Choices, region: str) -> list[VpcEndpoint]:
    found: list[VpcEndpoint] = []
    for number, short in enumerate(sorted(choices.endpoints - {"s3"})):
        identity = f"vpce-{short.replace('.', '-')}"
        eni = Interface(f"eni-{short.replace('.', '-')}", "subnet-task", f"10.0.1.{200 + number}", ("sg-endpoints",))
        service = f"com.amazonaws.{region}.{short}"
        found.append(VpcEndpoint(identity, "vpc-1", service, "interface", (eni,), choices.private_dns))
    if "s3" in choices.endpoints:
        found.append(
            VpcEndpoint("vpce-s3", "vpc-1", f"com.amazonaws.{region}.s3", "gateway", route_tables=("rtb-task",))
        )
    return found
