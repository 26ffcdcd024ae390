"""Was no more changed than was wrong? What is left of an environment, held against the same one without its fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import boto3
from botocore.exceptions import ClientError

from autograder.checks.asking import asked, definition_of, network_of
from autograder.checks.check import expect
from autograder.checks.labs.incidents.plan import Planted
from autograder.checks.labs.incidents.site import Site
from autograder.checks.labs.incidents.world import ENDPOINTS, GOOD, GRACE, TASKS
from simcloud.cloud import network
from simcloud.cloud.asking import Asking
from simcloud.reason.filters import into_groups, out_of_groups
from simcloud.reason.network import Interface, Network

STRANGER = Interface("somebody on the internet", "", "203.0.113.9", ())
OTHER_PORTS = (22, 442, 444, 3389, 65000)
"""Two of them beside HTTPS: a range is more than the one port that is needed."""
LONGEST_GRACE = 900
CHECKED = {"interval": 10, "retries": 3, "startPeriod": 30}
"""How often a container's health check asks, in seconds, how often it may fail, and the seconds before that counts."""
COMMANDS = ("CMD", "CMD-SHELL")
"""What the command of a health check begins with
(https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html, read 2026-11-23)."""
MEMORY = "1024"
"""The smallest that is sold with a quarter vCPU and is enough, where memory was the cause."""
KEPT = ("DeleteService", "CreateService", "DeleteRole", "DeleteLogGroup", "DeleteSecret", "DeleteLoadBalancer")
"""Calls that take away, or make anew, what a learner found."""


def must_be_least(here: Site, one: Planted, transcript: Sequence[Mapping[str, Any]]) -> None:
    """Raise Miss at the first thing in the environment that is another than it has to be."""
    _must_keep_what_was_there(one, transcript)
    _must_have_the_place(here, one)
    _must_have_the_definition(here, one)
    _must_have_the_roles(here, one)
    _must_have_the_doors(here, one)
    if one.is_private:
        _must_be_private(here, one)
    if one.cause.kind == "front":
        _must_be_asked_as_before(here, one)


def _as_before(condition: object, one: Planted, what: str, got: object, hint: str = "") -> None:
    expect(
        condition,
        expected=f"{one.service}: {what}",
        got=got,
        hint=hint or "set right the one thing that was wrong, and leave the rest as you found it",
    )


def _must_keep_what_was_there(one: Planted, transcript: Sequence[Mapping[str, Any]]) -> None:
    mine = {one.service, one.execution, one.task_role, one.group, one.secret}
    for entry in transcript:
        if entry.get("kind") != "call" or "error" in entry or entry.get("op") not in KEPT:
            continue
        named = {str(value).rsplit("service/", 1)[-1].split("/")[-1] for value in entry.get("params", {}).values()}
        named |= {str(value) for value in entry.get("params", {}).values()}
        _as_before(
            not named & mine,
            one,
            "what you found there is mended, not deleted and made again",
            f"{entry['op']} {', '.join(sorted(named & mine))}",
        )


def _must_have_the_place(here: Site, one: Planted) -> None:
    """Subnets, groups, public IP, count."""
    held = here.service(one)
    place = network_of(held)
    public = "DISABLED" if one.is_private else "ENABLED"
    _as_before(place["assignPublicIp"] == public, one, f"assignPublicIp is {public}", place["assignPublicIp"])
    _as_before(held["desiredCount"] == 1, one, "it wants one task, as before", held["desiredCount"])
    names = _group_names(place["securityGroups"])
    _as_before(names == [f"{one.service}-tasks"], one, f"its group is {one.service}-tasks alone", names)
    wanted = sorted(_subnets(one))
    _as_before(sorted(place["subnets"]) == wanted, one, "its subnets are the two it had", place["subnets"])


def _group_names(groups: Sequence[str]) -> list[str]:
    if not groups:
        return []
    found = asked(boto3.client("ec2").describe_security_groups, "its security groups", GroupIds=list(groups))
    return sorted(str(group["GroupName"]) for group in found["SecurityGroups"])


def _subnets(one: Planted) -> list[str]:
    ec2 = boto3.client("ec2")
    if one.is_private:
        found = ec2.describe_subnets(Filters=[{"Name": "tag:service", "Values": [one.service]}])["Subnets"]
        return [str(each["SubnetId"]) for each in found]
    found = ec2.describe_subnets(Filters=[{"Name": "default-for-az", "Values": ["true"]}])["Subnets"]
    return [str(each["SubnetId"]) for each in sorted(found, key=lambda each: str(each["AvailabilityZone"]))[:2]]


# --- the definition

DEFAULTS = ("essential", "name", "image", "portMappings", "secrets", "logConfiguration", "healthCheck")
"""Members of a container that are looked at one by one; any other must be empty, as it was."""
SAID_BY_AWS = (
    "compatibilities", "containerDefinitions", "cpu", "executionRoleArn", "family", "memory", "networkMode",
    "registeredAt", "registeredBy", "requiresAttributes", "requiresCompatibilities", "revision", "runtimePlatform",
    "status", "taskDefinitionArn", "taskRoleArn",
)  # fmt: skip


def _must_have_the_definition(here: Site, one: Planted) -> None:
    held = definition_of(here.plan.cluster, one.service)
    memory = MEMORY if one.key == "program-memory" else "512"
    size = (held.get("cpu"), held.get("memory"))
    _as_before(size == ("256", memory), one, f"256 CPU units and {memory} MiB", f"{size[0]} and {size[1]}")
    for member, role in (("executionRoleArn", one.execution), ("taskRoleArn", one.task_role)):
        name = str(held.get(member, "")).rsplit("/", 1)[-1]
        _as_before(name == role, one, f"its {member} is {role}", name or "none")
    fits = held.get("requiresCompatibilities", [])
    _as_before(fits == ["FARGATE"], one, "it is registered for FARGATE (requiresCompatibilities)", fits)
    built = held.get("runtimePlatform", {}).get("cpuArchitecture", "X86_64")
    _as_before(built == "X86_64", one, "its tasks run on X86_64, for which the image is built", built)
    more = [name for name, value in held.items() if value and name not in SAID_BY_AWS]
    _as_before(not more, one, "nothing more stands in its definition", more)
    containers = held["containerDefinitions"]
    _as_before(len(containers) == 1, one, "one container", [each["name"] for each in containers])
    _must_have_the_container(one, containers[0])


def _must_have_the_container(one: Planted, held: Mapping[str, Any]) -> None:
    more = [name for name, value in held.items() if value and name not in DEFAULTS]
    _as_before(not more, one, "nothing more stands in its container's definition", more)
    image = str(held["image"])
    right = image.endswith(f"/{one.repository}:{GOOD}") or f"/{one.repository}@sha256:" in image
    _as_before(right, one, f"its image is {one.repository}:{GOOD}, which runs well", image)
    options = held.get("logConfiguration", {}).get("options", {})
    group = options.get("awslogs-group", "no log")
    _as_before(group == one.group, one, f"it writes to its own log group {one.group}", group)
    named = [secret["valueFrom"] for secret in held.get("secrets", [])]
    right = len(named) == 1 and f"secret:{one.secret}" in named[0] and ":password:" in named[0]
    _as_before(right, one, f"its one secret is {one.secret}, key password", named)
    if one.cause.kind == "program":
        _must_be_asked_inside(one, held.get("healthCheck", {}))


def _must_be_asked_inside(one: Planted, check: Mapping[str, Any]) -> None:
    """The container's health check asks what the program answers, and is as strict as it was."""
    words = check.get("command", ["none"])
    command, asks = " ".join(words), f":{one.port}{one.path}"
    _as_before(asks in command, one, f"its health check asks the program itself, at {asks}", command)
    begins = f"the command of its health check begins with {' or '.join(COMMANDS)}"
    _as_before(words[0] in COMMANDS, one, begins, command)
    seen = {name: check.get(name) for name in CHECKED}
    _as_before(seen == CHECKED, one, f"its health check: {_listed(CHECKED)}", _listed(seen))


# --- the roles


def _must_have_the_roles(here: Site, one: Planted) -> None:
    asks = Asking(here.cloud._live)
    region, account = here.cloud.region, here.cloud.account
    other = next(each for each in here.plan.planted if each != one)
    for name, never in (
        (one.execution, list(_never_by_execution(here, one, other))),
        (one.task_role, list(_never_by_task(here, one, other))),
    ):
        role = f"arn:aws:iam::{account}:role/{name}"
        for action, resource in never:
            found = asks.may(role, "check", action, resource.replace("REGION", region).replace("ACCOUNT", account))
            _as_before(
                not found.allowed,
                one,
                f"{name} may do what it is used for, and nothing else",
                f"it may {action} on {resource.replace('REGION', region).replace('ACCOUNT', account)}",
                f"{found.why}; name the one action and the one resource that the denial named",
            )
        _must_be_trusted_by_tasks_alone(one, asks, name, role)


def _must_be_trusted_by_tasks_alone(one: Planted, asks: Asking, name: str, role: str) -> None:
    _as_before(asks.assumable(role).allowed, one, f"{name} trusts {TASKS}", "it does not")
    trusted = asks.assumable(role, "lambda.amazonaws.com").allowed
    try:
        boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="check")
        by_you = True
    except ClientError:
        by_you = False
    got = "others may take it on too"
    _as_before(not (trusted or by_you), one, f"{name} trusts {TASKS}, and nobody is added beside it", got)


def _never_by_execution(here: Site, one: Planted, other: Planted) -> Iterator[tuple[str, str]]:
    arn = "arn:aws:{}:REGION:ACCOUNT:{}".format
    yield "secretsmanager:GetSecretValue", arn("secretsmanager", f"secret:{other.secret}-AbCdEf")
    yield "secretsmanager:PutSecretValue", arn("secretsmanager", f"secret:{one.secret}-AbCdEf")
    yield "ecr:BatchGetImage", arn("ecr", f"repository/{other.repository}")
    yield "ecr:PutImage", arn("ecr", f"repository/{one.repository}")
    yield "logs:CreateLogStream", arn("logs", f"log-group:{other.group}:log-stream:app/app/0123")
    yield "logs:DeleteLogGroup", arn("logs", f"log-group:{one.group}")
    yield "kms:Decrypt", arn("kms", "key/00000000-0000-0000-0000-000000000000")
    yield "kms:ScheduleKeyDeletion", arn("kms", "key/00000000-0000-0000-0000-000000000000")
    yield "s3:PutObject", f"arn:aws:s3:::{here.plan.bucket}/{one.service}/manifest.json"
    yield "iam:PassRole", "arn:aws:iam::ACCOUNT:role/anybody"


def _never_by_task(here: Site, one: Planted, other: Planted) -> Iterator[tuple[str, str]]:
    arn = "arn:aws:{}:REGION:ACCOUNT:{}".format
    mine = f"arn:aws:s3:::{here.plan.bucket}/{one.service}/manifest.json"
    yield "s3:PutObject", f"arn:aws:s3:::{here.plan.bucket}/{other.service}/manifest.json"
    yield "s3:PutObject", "arn:aws:s3:::ferryline-accounts/2026.csv"
    yield "s3:DeleteObject", mine
    yield "s3:PutObjectAcl", mine
    yield "secretsmanager:GetSecretValue", arn("secretsmanager", f"secret:{one.secret}-AbCdEf")
    yield "ecr:BatchGetImage", arn("ecr", f"repository/{one.repository}")
    yield "iam:PassRole", "arn:aws:iam::ACCOUNT:role/anybody"


# --- the network


def _must_have_the_doors(here: Site, one: Planted) -> None:
    """The tasks' group lets in the load balancer alone, or nobody, and lets out HTTPS."""
    net = network.picture(here.cloud.region, here.cloud.account)
    tasks = network_of(here.service(one))["securityGroups"]
    ports = (one.port, 443, 80, *OTHER_PORTS)
    _must_keep_out(net, one, tasks, STRANGER, ports, "its tasks let nobody in from outside")
    for port in OTHER_PORTS:
        passage = out_of_groups(net, tasks, None, STRANGER.address, port)
        got = f"at port {port} too, by {passage.by}"
        _as_before(not passage.passes, one, "its tasks get out at port 443, and no other is opened", got)


def _must_be_private(here: Site, one: Planted) -> None:
    """Its VPC has no way to the internet, and the five endpoints that a task needs, no more."""
    ec2, mine = boto3.client("ec2"), [{"Name": "tag:service", "Values": [one.service]}]
    vpcs = ec2.describe_vpcs(Filters=mine)["Vpcs"]
    _as_before(len(vpcs) == 1, one, "its VPC is there", f"{len(vpcs)}")
    inside = [{"Name": "vpc-id", "Values": [vpcs[0]["VpcId"]]}]
    for table in ec2.describe_route_tables(Filters=inside)["RouteTables"]:
        out = [route for route in table["Routes"] if route.get("DestinationCidrBlock") == "0.0.0.0/0"]
        _as_before(not out, one, "its VPC has no way to the internet", f"{table['RouteTableId']} has a default route")
    found = [each for each in ec2.describe_vpc_endpoints(Filters=inside)["VpcEndpoints"] if each["State"] != "deleted"]
    kinds = sorted(f"{each['ServiceName'].split('.', 3)[-1]} ({each['VpcEndpointType']})" for each in found)
    wanted = sorted([*(f"{short} (Interface)" for short in ENDPOINTS), "s3 (Gateway)"])
    _as_before(sorted(set(kinds)) == wanted, one, f"its endpoints are {', '.join(wanted)}", kinds)
    for endpoint in found:
        _must_let_in_its_tasks_alone(here, one, [group["GroupId"] for group in endpoint.get("Groups", [])])


def _must_let_in_its_tasks_alone(here: Site, one: Planted, doors: Sequence[str]) -> None:
    """The groups of an endpoint let in the tasks, at port 443."""
    net = network.picture(here.cloud.region, here.cloud.account)
    place = network_of(here.service(one))
    address = net.subnets[place["subnets"][0]].cidr.split("/")[0]
    task = Interface(f"a task of {one.service}", place["subnets"][0], address, tuple(place["securityGroups"]))
    shut = "its endpoints let in its own tasks, not everybody"
    _must_keep_out(net, one, doors, STRANGER, (443, *OTHER_PORTS), shut)
    _must_keep_out(net, one, doors, task, OTHER_PORTS, "its endpoints let in its tasks at port 443 alone")


def _must_keep_out(
    net: Network, one: Planted, doors: Sequence[str], who: Interface, ports: Sequence[int], what: str
) -> None:
    for port in ports:
        passage = into_groups(net, doors, who, who.address, port)
        _as_before(not passage.passes, one, what, f"{who.id} comes in at port {port}, by {passage.by}")


def _must_be_asked_as_before(here: Site, one: Planted) -> None:
    """The load balancer's health check is as strict as it was, and asks what the program answers."""
    groups = here.groups(one)
    _as_before(len(groups) == 1, one, "it registers with its target group", groups)
    ask = boto3.client("elbv2").describe_target_groups
    held = asked(ask, "its target group", TargetGroupArns=groups)["TargetGroups"][0]
    seen = {
        "path": held.get("HealthCheckPath"),
        "codes": held.get("Matcher", {}).get("HttpCode"),
        "seconds between checks": held.get("HealthCheckIntervalSeconds"),
        "failed checks until it is ill": held.get("UnhealthyThresholdCount"),
    }
    wanted = dict(zip(seen, (one.path, "200", 10, 2), strict=True))
    _as_before(seen == wanted, one, f"its health check: {_listed(wanted)}", _listed(seen))
    port = held.get("HealthCheckPort")
    _as_before(port in ("traffic-port", str(one.port)), one, f"it is asked at its own port {one.port}", port)
    grace = int(here.service(one).get("healthCheckGracePeriodSeconds") or 0)
    least, most = (one.slow, LONGEST_GRACE) if one.key == "front-too-soon" else (GRACE, GRACE)
    what = f"a grace period of {least} to {most} s" if least != most else f"its grace period of {GRACE} s"
    _as_before(least <= grace <= most, one, what, f"{grace} s")


def _listed(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())
