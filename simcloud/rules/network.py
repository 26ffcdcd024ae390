"""Laws on the network configuration of a launch."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, PREFLIGHT, issue
from simcloud.facts.words import launch as said
from simcloud.rules.engine import rule
from simcloud.rules.launch import LAUNCHES, NAMES, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

INVALID = "InvalidParameterException"
AT = "networkConfiguration.awsvpcConfiguration"


def _awsvpc(seen: Seen) -> bool | None:
    """Is the definition's network mode awsvpc? None where there is no definition."""
    return None if seen.definition is None else seen.definition.get("networkMode") == "awsvpc"


@rule("FG320", on=LAUNCHES, source=issue("fabfuel/ecs-deploy", 133), status="observed")
def awsvpc_tasks_need_a_network(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A task in awsvpc mode, and so every Fargate task, is launched into subnets that the request names."""
    if _awsvpc(seen) and launch.network is None:
        yield Refusal(
            "networkConfiguration",
            words.NETWORK_REQUIRED,
            "the definition's networkMode is awsvpc, and no subnets are given",
            code=INVALID,
        )


@rule("FG321", on=LAUNCHES, source=f"{PREFLIGHT} (pf-ecs-service-network-config-mode)", status="observed")
def other_modes_take_no_network(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """Only a task in awsvpc mode takes a network configuration."""
    if _awsvpc(seen) is False and launch.network is not None:
        yield Refusal(
            "networkConfiguration",
            words.NETWORK_NOT_VALID,
            f"the definition's networkMode is {(seen.definition or {}).get('networkMode', 'bridge')}",
            code=INVALID,
        )


@rule("FG322", on=LAUNCHES, source=issue("opensearch-project/opensearch-migrations", 1430), status="observed")
def subnets_and_groups_keep_their_limits(launch: Launch) -> Iterator[Refusal]:
    """A launch names 1 to 16 subnets and at most 5 security groups; without groups it is the VPC's default group."""
    if launch.network is None:
        return
    if not launch.subnets:
        yield Refusal(f"{AT}.subnets", words.NO_SUBNETS, "no subnet is given", code=INVALID)
    for what, given, most in (
        ("subnets", launch.subnets, quotas.SUBNETS.value),
        ("securityGroups", launch.groups, quotas.SECURITY_GROUPS.value),
    ):
        if len(given) > most:
            yield Refusal(
                f"{AT}.{what}", words.TOO_MANY.format(what=what, most=most), f"{len(given)} are given", code=INVALID
            )


@rule("FG1208", on=LAUNCHES, source=issue("awslabs/fargatecli", 73), status="observed")
def subnets_and_groups_have_names(launch: Launch) -> Iterator[Refusal]:
    """Neither a subnet nor a security group of a launch is an empty text."""
    for what, given, text in (
        ("subnets", launch.subnets, said.BLANK_SUBNET),
        ("securityGroups", launch.groups, said.BLANK_GROUP),
    ):
        if any(not each.strip() for each in given):
            yield Refusal(f"{AT}.{what}", text, "one of them is empty", code=INVALID)


@rule("FG323", on=LAUNCHES, source=issue("eddmann/serverless-fargate", 20), status="observed")
def subnets_exist(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """Every subnet of a launch exists in the account and region."""
    missing = [subnet for subnet in launch.subnets if subnet.strip() and subnet not in seen.subnets]
    if missing:
        form = words.SUBNET_NOT_FOUND if len(missing) == 1 else words.SUBNETS_NOT_FOUND
        text = form.format(asked=", ".join(launch.subnets), missing=", ".join(missing))
        got = f"there is no subnet '{missing[0]}' in {seen.region}"
        yield Refusal(f"{AT}.subnets[{launch.subnets.index(missing[0])}]", text, got, code=INVALID)


@rule("FG324", on=LAUNCHES, source=FIELD_REPORT, status="observed")
def security_groups_exist(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """Every security group of a launch exists in the account and region."""
    missing = [group for group in launch.groups if group.strip() and group not in seen.security_groups]
    if missing:
        form = words.GROUP_NOT_FOUND if len(missing) == 1 else words.GROUPS_NOT_FOUND
        text = form.format(asked=", ".join(launch.groups), missing=", ".join(missing))
        got = f"there is no security group '{missing[0]}' in {seen.region}"
        yield Refusal(f"{AT}.securityGroups[{launch.groups.index(missing[0])}]", text, got, code=INVALID)


@rule("FG325", on=LAUNCHES, source=API_MODEL)
def subnets_are_of_one_vpc(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """All subnets of a launch are in one VPC."""
    vpcs = sorted({seen.subnets[subnet].vpc for subnet in launch.subnets if subnet in seen.subnets})
    if len(vpcs) > 1:
        yield Refusal(f"{AT}.subnets", words.SUBNETS_OF_TWO_VPCS, f"they are in {' and '.join(vpcs)}", code=INVALID)


@rule("FG326", on=LAUNCHES, source=FIELD_REPORT, status="observed")
def security_groups_are_of_that_vpc(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The security groups of a launch are in the VPC of its subnets."""
    vpcs = {seen.subnets[subnet].vpc for subnet in launch.subnets if subnet in seen.subnets}
    if len(vpcs) != 1:
        return
    for index, group in enumerate(launch.groups):
        vpc = seen.security_groups.get(group)
        if vpc is not None and vpc not in vpcs:
            yield Refusal(
                f"{AT}.securityGroups[{index}]",
                words.GROUP_OF_OTHER_VPC.format(group=group),
                f"'{group}' is in {vpc}, the subnets are in {min(vpcs)}",
                code=INVALID,
            )


@rule("FG327", on=NAMES, source=FIELD_REPORT, status="observed")
def instances_bring_their_own_address(launch: Launch) -> Iterator[Refusal]:
    """A public address is assigned on Fargate alone; on EC2 it is the instance that has one."""
    if launch.public_ip == "ENABLED" and launch.capacity == "EC2":
        yield Refusal(f"{AT}.assignPublicIp", words.PUBLIC_IP_ON_EC2, "the launch type is EC2", code=INVALID)
