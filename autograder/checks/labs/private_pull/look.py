"""How the checks look at a learner's world: by address blocks and behaviour, never by a name that nobody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from ipaddress import IPv4Network
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from autograder.checks.check import Miss, NotAttempted
from autograder.checks.labs.private_pull.plan import Plan, plan_of
from simcloud.cloud import network
from simcloud.reason.filters import into_groups
from simcloud.reason.network import Interface, Network, RouteTable, VpcEndpoint
from simcloud.reason.path import Path, find_path

HTTPS = 443
KEYS = ("ecr.api", "ecr.dkr", "s3")
PATIENCE_MINUTES = 12
"""A task that cannot start has stopped by then: twice the 289 s of R-108, and the steps between."""
STRANGER_GROUP = "sg-of-a-stranger"


@dataclass(frozen=True)
class Site:
    """The learner's VPC as it stands now, and where the service has to run in it."""

    cloud: Any
    plan: Plan
    net: Network
    vpc: str
    private: tuple[str, ...]

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
        raise Miss(f"the VPC {plan.vpc} with its private subnets", f"no subnet {lost[0]} any more", "begin again: lab.reset()")
    return Site(cloud, plan, net, vpc, tuple(found[cidr] for cidr in plan.private))


def asked(call: Any, what: str, **parameters: Any) -> Any:
    """Make a call for a check. What AWS refuses is the learner's world, not our fault: a Miss with AWS's words."""
    try:
        return call(**parameters)
    except (ClientError, BotoCoreError) as refused:
        raise Miss(what, f"AWS answers: {refused}", "mend what AWS names, then check again") from None


def described(here: Site) -> dict[str, Any]:
    """The service as DescribeServices shows it. Raises Miss where it is gone."""
    plan = here.plan
    what = f"a service {plan.service} in cluster {plan.cluster}"
    found = asked(boto3.client("ecs").describe_services, what, cluster=plan.cluster, services=[plan.service])["services"]
    active = [service for service in found if service["status"] == "ACTIVE"]
    if not active:
        raise Miss(what, "no such active service", f"make it again: {plan.service} must run in {plan.cluster}")
    return dict(active[0])


def tasks_network(here: Site) -> dict[str, Any]:
    """Subnets, security groups and public IP of the service's tasks, as its network configuration says."""
    configured = described(here).get("networkConfiguration", {}).get("awsvpcConfiguration", {})
    return {"subnets": [], "securityGroups": [], "assignPublicIp": "DISABLED", **configured}


def way(here: Site, subnet: str, short: str, *, port: int = HTTPS) -> Path:
    """The way from a task of the service, were it in this subnet, to the host behind a key."""
    return path(here, subnet, tasks_network(here)["securityGroups"], here.host(short), port)


def path(here: Site, subnet: str, groups: Iterable[str], host: str, port: int) -> Path:
    """The way from a planned interface of these groups. It is called `a task in subnet-...` in every sentence."""
    block = IPv4Network(here.net.subnets[subnet].cidr)
    free = (str(one) for one in list(block.hosts())[100:] if here.net.standing_at(here.vpc, str(one)) is None)
    return find_path(here.net, Interface(f"a task in {subnet}", subnet, next(free), tuple(groups)), host, port)


def by_endpoint(way_found: Path) -> bool:
    """Is the way open, and does it end at a VPC endpoint?"""
    return way_found.open and way_found.decided_by.kind in ("interface-endpoint", "gateway-endpoint")


def must_reach_by_endpoint(here: Site, subnet: str, short: str) -> None:
    """Raise Miss unless a task in the subnet reaches the host behind a key through a VPC endpoint."""
    found = way(here, subnet, short)
    if by_endpoint(found):
        return
    expected = f"a task in {subnet} reaches {here.host(short)} through a VPC endpoint"
    if found.open:
        by = found.decided_by
        hint = f"the ticket allows no way through {by.id}: open an endpoint for {short} and take that way out again"
        raise Miss(expected, f"it gets there through {by.id}", hint)
    raise Miss(expected, "it does not get there", found.why)


def newly_open(here: Site) -> list[str]:
    """The keys that were shut when the lab began and are open now, from one private subnet at least."""
    shut = here.plan.faults.shut
    return [key for key in shut if any(by_endpoint(way(here, subnet, key)) for subnet in here.private)]


def must_have_opened_something(here: Site) -> None:
    """Raise NotAttempted while every key that was shut is shut: before that there is no door to judge."""
    if not newly_open(here):
        raise NotAttempted("No key is open yet that was shut before: work on `open-the-keys` first.")


def lived(here: Site, subnet: str) -> Any:
    """Start one task of the service in this subnet, on the copy, let it live or die, and show it."""
    service, ecs = described(here), boto3.client("ecs")
    configured = {**tasks_network(here), "subnets": [subnet], "assignPublicIp": "DISABLED"}
    answer = asked(
        ecs.run_task,
        f"a task of {here.plan.service} can be started in {subnet}",
        cluster=here.plan.cluster,
        taskDefinition=service["taskDefinition"],
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": configured},
    )
    here.cloud.advance(minutes=PATIENCE_MINUTES)
    return here.cloud.task(answer["tasks"][0]["taskArn"])


def first_lines(here: Site, task: Any) -> list[str]:
    """What the task has written to the log group that its task definition names. Raises Miss where it names none."""
    definition = boto3.client("ecs").describe_task_definition(taskDefinition=task.definition)["taskDefinition"]
    configured = definition["containerDefinitions"][0].get("logConfiguration", {})
    group = configured.get("options", {}).get("awslogs-group", "")
    if configured.get("logDriver") != "awslogs" or not group:
        raise Miss(
            f"{task.definition} sends its lines to CloudWatch Logs",
            f"its log driver is {configured.get('logDriver', 'none')}",
            "the ticket is about the network: put the service back on the task definition with the awslogs driver",
        )
    logs = boto3.client("logs")
    what = f"a log group {group}"
    streams = asked(logs.describe_log_streams, what, logGroupName=group)["logStreams"]
    mine = [stream["logStreamName"] for stream in streams if stream["logStreamName"].endswith(task.id)]
    events = [
        event
        for name in mine
        for event in asked(logs.get_log_events, what, logGroupName=group, logStreamName=name)["events"]
    ]
    return [event["message"] for event in events]


def stranger(address: str, who: str) -> Interface:
    """A caller that is in no group of the tasks. `who` names it in a sentence."""
    return Interface(who, "", address, (STRANGER_GROUP,))


def one_of_the_tasks(here: Site, subnet: str) -> Interface:
    """A caller as the tasks of the service are, in this subnet."""
    address = str(IPv4Network(here.net.subnets[subnet].cidr)[100])
    return Interface(f"a task in {subnet}", subnet, address, tuple(tasks_network(here)["securityGroups"]))


def callers_let_in(here: Site, callers: Iterable[Interface], ports: Iterable[int]) -> list[str]:
    """Which callers come in at which interface endpoint and port, and by which security group, in words."""
    return [
        f"{caller.id} comes in to {endpoint.id} ({endpoint.short}) at port {port}, by {passage.by}"
        for endpoint in here.interface_endpoints()
        for caller, port in product(callers, ports)
        for passage in [into_groups(here.net, _groups(endpoint), caller, caller.address, port)]
        if passage.passes
    ]


def _groups(endpoint: VpcEndpoint) -> list[str]:
    return sorted({group for interface in endpoint.interfaces for group in interface.groups})
