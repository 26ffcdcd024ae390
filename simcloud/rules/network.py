"""Laws on the network configuration of a launch."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, PREFLIGHT, issue
from simcloud.rules.engine import rule
from simcloud.rules.launch import NAMES, Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

INVALID = "InvalidParameterException"
AT = "networkConfiguration.awsvpcConfiguration"


def _awsvpc(seen: Seen) -> bool | None:
    """Is the definition's network mode awsvpc? None where there is no definition."""
    return None if seen.definition is None else seen.definition.get("networkMode") == "awsvpc"


@rule("FG320", on=NAMES, source=issue("fabfuel/ecs-deploy", 133), status="observed")
def awsvpc_tasks_need_a_network(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A task in awsvpc mode, and so every Fargate task, is launched into subnets that the request names."""
    if _awsvpc(seen) and launch.network is None and launch.controller != "EXTERNAL":
        yield Refusal(
            "networkConfiguration",
            words.NETWORK_REQUIRED,
            "the definition's networkMode is awsvpc, and no subnets are given",
            code=INVALID,
        )


@rule("FG321", on=NAMES, source=f"{PREFLIGHT} (pf-ecs-service-network-config-mode)", status="observed")
def other_modes_take_no_network(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """Only a task in awsvpc mode takes a network configuration."""
    if _awsvpc(seen) is False and launch.network is not None:
        yield Refusal(
            "networkConfiguration",
            words.NETWORK_NOT_VALID,
            f"the definition's networkMode is {(seen.definition or {}).get('networkMode', 'bridge')}",
            code=INVALID,
        )


@rule("FG322", on=NAMES, source=API_MODEL)
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


@rule("FG323", on=NAMES, source=API_MODEL)
def subnets_exist(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """Every subnet of a launch exists in the account and region."""
    for index, subnet in enumerate(launch.subnets):
        if subnet not in seen.subnets:
            yield Refusal(
                f"{AT}.subnets[{index}]",
                words.SUBNET_NOT_FOUND.format(subnet=subnet),
                f"there is no subnet '{subnet}' in {seen.region}",
                code=INVALID,
            )


@rule("FG324", on=NAMES, source=FIELD_REPORT, status="observed")
def security_groups_exist(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """Every security group of a launch exists in the account and region."""
    for index, group in enumerate(launch.groups):
        if group not in seen.security_groups:
            yield Refusal(
                f"{AT}.securityGroups[{index}]",
                words.GROUP_NOT_FOUND.format(group=group),
                f"there is no security group '{group}' in {seen.region}",
                code=INVALID,
            )


@rule("FG325", on=NAMES, source=API_MODEL)
def subnets_are_of_one_vpc(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """All subnets of a launch are in one VPC."""
    vpcs = sorted({seen.subnets[subnet].vpc for subnet in launch.subnets if subnet in seen.subnets})
    if len(vpcs) > 1:
        yield Refusal(f"{AT}.subnets", words.SUBNETS_OF_TWO_VPCS, f"they are in {' and '.join(vpcs)}", code=INVALID)


@rule("FG326", on=NAMES, source=FIELD_REPORT, status="observed")
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
