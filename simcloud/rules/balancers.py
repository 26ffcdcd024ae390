"""Laws on the load balancers of a service."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.facts import launch_limits as limits
from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, PREFLIGHT, issue
from simcloud.facts.words import rollout as rollout_words
from simcloud.facts.words import traffic as said
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import Launch
from simcloud.rules.ports import span
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen
from simcloud.rules.task_definition import read_task_definition

BOTH = ("CreateService", "UpdateService", "CreateTaskSet")
INVALID = "InvalidParameterException"
AT = "loadBalancers"
GROUP_ARN = re.compile(r"arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup/[^/]+/[0-9a-f]+")


def _groups(launch: Launch) -> Iterator[tuple[str, str]]:
    """Where, and which target group, for every load balancer that names one; alternate ones too."""
    for index, balancer in enumerate(reading.structures(launch.raw, AT)):
        if arn := reading.text(balancer, "targetGroupArn"):
            yield f"{AT}[{index}].targetGroupArn", arn
        advanced = reading.mapping(balancer, "advancedConfiguration")
        if arn := reading.text(advanced, "alternateTargetGroupArn"):
            yield f"{AT}[{index}].advancedConfiguration.alternateTargetGroupArn", arn


@rule("FG1270", on=BOTH, source=issue("hashicorp/terraform", 25306), status="observed")
def a_service_has_five_target_groups(launch: Launch) -> Iterator[Refusal]:
    """A service is behind at most five target groups; one that CodeDeploy deploys behind one: the other is CodeDeploy's
    to know."""
    count, by_code_deploy = len(reading.structures(launch.raw, AT)), launch.controller == "CODE_DEPLOY"
    most = 1 if by_code_deploy else limits.BALANCERS.value
    if count > most:
        form = rollout_words.BALANCERS_OF_CODE_DEPLOY if by_code_deploy else said.BALANCERS_MOST
        yield Refusal(AT, form.format(most=most), f"{count} are given", code=INVALID)


@rule("FG1271", on="CreateService", source=f"{PREFLIGHT} (pf-ecs-svc-external-with-load-balancers)", status="observed")
def task_sets_bring_their_balancers(launch: Launch) -> Iterator[Refusal]:
    """A service with an external deployment controller names neither load balancers nor registries: its task sets
    do."""
    if launch.controller != "EXTERNAL":
        return
    if launch.raw.get(AT):
        yield Refusal(AT, rollout_words.LOAD_BALANCERS_BLANK, "CreateTaskSet names them", code=INVALID)
    if launch.raw.get("serviceRegistries"):
        text = rollout_words.MEMBER_BLANK.format(what="ServiceRegistries")
        yield Refusal("serviceRegistries", text, "CreateTaskSet names them", code=INVALID)


@rule("FG1272", on=BOTH, source=f"{PREFLIGHT} (pf-ecs-service-lb-target-exclusive)", status="observed")
def a_balancer_is_named_once(launch: Launch) -> Iterator[Refusal]:
    """An entry of loadBalancers has a target group (Application, Network and Gateway Load Balancers) or the name of a
    Classic Load Balancer: one of the two."""
    for index, balancer in enumerate(reading.structures(launch.raw, AT)):
        group, name = balancer.get("targetGroupArn"), balancer.get("loadBalancerName")
        if group and name:
            yield Refusal(f"{AT}[{index}].loadBalancerName", said.BALANCER_TWO_NAMES, "both are given", code=INVALID)
        elif not group and not name:
            yield Refusal(f"{AT}[{index}].targetGroupArn", said.BALANCER_NAMELESS, "neither is given", code=INVALID)


@rule("FG1273", on=BOTH, source=API_MODEL)
def a_balancer_leads_to_a_port(launch: Launch) -> Iterator[Refusal]:
    """An entry of loadBalancers names the container and the port that it leads to."""
    for index, balancer in enumerate(reading.structures(launch.raw, AT)):
        if not balancer.get("containerName"):
            yield Refusal(f"{AT}[{index}].containerName", said.BALANCER_CONTAINER, "it is not given", code=INVALID)
        elif balancer.get("containerPort") is None:
            yield Refusal(f"{AT}[{index}].containerPort", said.BALANCER_PORT, "it is not given", code=INVALID)


@rule("FG370", on=BOTH, source=f"{PREFLIGHT} (pf-ecs-svc-classic-lb-with-fargate)", status="observed")
def fargate_takes_no_classic_balancer(launch: Launch) -> Iterator[Refusal]:
    """A service on Fargate is behind an Application or Network Load Balancer, never a Classic one."""
    for index, balancer in enumerate(reading.structures(launch.raw, "loadBalancers")):
        if launch.on_fargate and balancer.get("loadBalancerName") and not balancer.get("targetGroupArn"):
            yield Refusal(
                f"loadBalancers[{index}].loadBalancerName",
                words.CLASSIC_BALANCER,
                "loadBalancerName names a Classic Load Balancer; give a targetGroupArn",
                code=INVALID,
            )


@rule("FG374", on=BOTH, source=f"{PREFLIGHT} (pf-ecs-svc-lb-container-name-missing)", status="observed")
def the_target_container_exists(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The container behind a load balancer is a container of the definition."""
    if seen.definition is None:
        return
    names = read_task_definition(seen.definition).names
    for index, balancer in enumerate(reading.structures(launch.raw, "loadBalancers")):
        name = reading.text(balancer, "containerName")
        if name and name not in names:
            yield Refusal(
                f"loadBalancers[{index}].containerName",
                words.TARGET_CONTAINER.format(name=name),
                f"the containers are {', '.join(sorted(names))}",
                code=INVALID,
            )


@rule("FG375", on=BOTH, source=f"{PREFLIGHT} (pf-ecs-svc-lb-container-port-missing)", status="observed")
def the_target_port_is_open(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The container behind a load balancer maps the port that the load balancer forwards to."""
    containers = {container.name: container for container in read_task_definition(seen.definition or {}).containers}
    for index, balancer in enumerate(reading.structures(launch.raw, "loadBalancers")):
        container = containers.get(reading.text(balancer, "containerName"))
        port = reading.number(balancer, "containerPort")
        if container is not None and port is not None and not any(port in span(each) for each in container.ports):
            yield Refusal(
                f"loadBalancers[{index}].containerPort",
                words.TARGET_PORT.format(name=container.name, port=port),
                f"{container.called} does not map port {port}",
                code=INVALID,
            )


@rule("FG1274", on=BOTH, source=issue("trussworks/terraform-aws-ecs-service", 335), status="observed")
def a_target_group_has_an_arn(launch: Launch) -> Iterator[Refusal]:
    """A target group is named by its ARN: neither by its name nor by the ARN of a load balancer."""
    for at, arn in _groups(launch):
        if not GROUP_ARN.fullmatch(arn):
            yield Refusal(at, words.TARGET_NOT_VALIDATED, f"{arn} is no target group's ARN", code=INVALID)


@rule("FG371", on=BOTH, source=API_MODEL)
def the_target_group_exists(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A service's target group exists in the account and region."""
    for at, arn in _groups(launch):
        if GROUP_ARN.fullmatch(arn) and arn not in seen.target_groups:
            yield Refusal(at, words.TARGET_NOT_FOUND, f"there is no target group {arn}", code=INVALID)


@rule("FG372", on=BOTH, source=FIELD_REPORT, status="observed")
def targets_are_addresses(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """The target group of a service of awsvpc tasks has the target type ip: a task is an address, not an instance."""
    if seen.definition is None or seen.definition.get("networkMode") != "awsvpc":
        return
    for at, arn in _groups(launch):
        group = seen.target_groups.get(arn)
        if group is not None and group.kind != "ip":
            yield Refusal(
                at, words.TARGET_TYPE.format(arn=arn, kind=group.kind), f"its type is {group.kind}", code=INVALID
            )


@rule("FG373", on=BOTH, source=FIELD_REPORT, status="observed")
def the_target_group_is_listened_for(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A service's target group is attached to a load balancer: a listener forwards to it."""
    for at, arn in _groups(launch):
        group = seen.target_groups.get(arn)
        if group is not None and not group.balanced and at.endswith("].targetGroupArn"):
            yield Refusal(at, words.TARGET_UNBALANCED.format(arn=arn), "no listener forwards to it", code=INVALID)


@rule("FG376", on="CreateService", source=f"{PREFLIGHT} (pf-ecs-service-codedeploy-lb)", status="observed")
def code_deploy_shifts_traffic(launch: Launch) -> Iterator[Refusal]:
    """A service that CodeDeploy deploys is behind a load balancer, since CodeDeploy shifts its traffic."""
    if launch.controller == "CODE_DEPLOY" and not launch.raw.get("loadBalancers"):
        yield Refusal("loadBalancers", words.CODE_DEPLOY_BALANCER, "no load balancer is given", code=INVALID)
