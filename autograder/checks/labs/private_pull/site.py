"""A learner's world as the checks find it: by address blocks and ids, never by a name that nobody asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.checks.asking import active_service, network_of
from autograder.checks.check import Miss
from autograder.checks.labs.private_pull.plan import Plan, plan_of
from simcloud.cloud import network
from simcloud.reason.network import Network, RouteTable, VpcEndpoint


@dataclass(frozen=True)
class Site:
    """The learner's VPC as it stands now, and where the service has to run in it."""

    cloud: Any
    plan: Plan
    net: Network
    vpc: str
    private: tuple[str, ...]
    known: dict[str, dict[str, Any]] = field(default_factory=dict, compare=False, repr=False)
    """What AWS has been asked already: no check changes the service, and each has a site of its own."""

    @property
    def region(self) -> str:
        return str(self.cloud.region)

    def host(self, short: str) -> str:
        """The host behind a key, or behind the logs."""
        return {
            "ecr.api": f"api.ecr.{self.region}.amazonaws.com",
            "ecr.dkr": f"{self.cloud.account}.dkr.ecr.{self.region}.amazonaws.com",
            "s3": f"prod-{self.region}-starport-layer-bucket.s3.{self.region}.amazonaws.com",
            "logs": f"logs.{self.region}.amazonaws.com",
        }[short]

    def table_of(self, subnet: str) -> RouteTable:
        """The route table that decides for a subnet; without one of its own, and without a main one, an empty one."""
        return self.net.route_table_of(subnet) or RouteTable("no route table", self.vpc, ())

    def interface_endpoints(self) -> list[VpcEndpoint]:
        """The interface endpoints of the VPC."""
        return [one for one in self.net.endpoints_in(self.vpc) if one.kind == "interface"]


def site(cloud: Any, variant: Mapping[str, Any]) -> Site:
    """The site of a variant. Raises Miss where the learner has deleted the VPC or a subnet of it."""
    plan = plan_of(variant["ticket"])
    net = network.picture(cloud.region, cloud.account)
    vpc = next((one.id for one in net.vpcs.values() if plan.vpc in one.cidrs), "")
    found = {one.cidr: one.id for one in net.subnets.values() if one.vpc == vpc}
    lost = [cidr for cidr in plan.private if cidr not in found]
    if lost:
        expected = f"the VPC {plan.vpc} with its private subnets"
        raise Miss(expected, f"no subnet {lost[0]} any more", "begin again: lab.reset()")
    return Site(cloud, plan, net, vpc, tuple(found[cidr] for cidr in plan.private))


def described(here: Site) -> dict[str, Any]:
    """The service as DescribeServices shows it. Raises Miss where it is gone."""
    return active_service(here.plan.cluster, here.plan.service)


def tasks_network(here: Site) -> dict[str, Any]:
    """Subnets, security groups and public IP of the service's tasks, as its network configuration says."""
    if "tasks" not in here.known:
        here.known["tasks"] = network_of(described(here))
    return dict(here.known["tasks"])
