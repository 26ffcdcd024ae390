"""Laws on who deploys a service: what a deployment controller leaves to UpdateService, and what must be forced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import words
from simcloud.facts.sources import FIELD_REPORT, GUIDE, issue
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.launch import Launch
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen

UPDATE = "UpdateService"
INVALID = "InvalidParameterException"
BY_CODE_DEPLOY = {
    "taskDefinition": "task definition",
    "networkConfiguration": "network parameters",
    "loadBalancers": "load balancers",
    "platformVersion": "platform version",
    "serviceRegistries": "service registries",
    "serviceConnectConfiguration": "service connect configuration",
    "volumeConfigurations": "volume configurations",
    "vpcLatticeConfigurations": "VPC Lattice configurations",
}
"""Members that go through a deployment of CodeDeploy, as AWS's message calls them."""
BY_TASK_SETS = {**BY_CODE_DEPLOY, "capacityProviderStrategy": "capacity provider strategy"}


@rule("FG1304", on="CreateService", source=issue("aws/aws-cdk", 6245), status="observed")
def task_sets_bring_the_definition(launch: Launch) -> Iterator[Refusal]:
    """A service with an external deployment controller names neither task definition nor launch type: each of its task
    sets does."""
    if launch.controller != "EXTERNAL":
        return
    for member, text in (("taskDefinition", words.DEFINITION_BLANK), ("launchType", words.LAUNCH_TYPE_BLANK)):
        if launch.raw.get(member):
            yield Refusal(member, text, "CreateTaskSet names it", code=INVALID)


@rule("FG1300", on=UPDATE, source=FIELD_REPORT, status="observed")
def code_deploy_changes_what_tasks_are_made_of(launch: Launch) -> Iterator[Refusal]:
    """Of a service that CodeDeploy deploys, UpdateService changes neither task definition nor network nor load
    balancers nor platform version: that takes a deployment of CodeDeploy."""
    #
    if launch.controller != "CODE_DEPLOY":
        return
    for member, what in BY_CODE_DEPLOY.items():
        if member in launch.raw:
            yield Refusal(
                member, words.CODE_DEPLOY_UPDATES.format(what=what), "CodeDeploy deploys the service", code=INVALID
            )


@rule("FG1301", on=UPDATE, source=FIELD_REPORT, status="observed")
def code_deploy_starts_its_deployments(launch: Launch) -> Iterator[Refusal]:
    """A new deployment of a service that CodeDeploy deploys cannot be forced by UpdateService."""
    #
    if launch.controller == "CODE_DEPLOY" and launch.raw.get("forceNewDeployment"):
        yield Refusal("forceNewDeployment", words.CODE_DEPLOY_FORCES, "CodeDeploy deploys the service", code=INVALID)


@rule("FG1302", on=UPDATE, source=GUIDE + "deployment-type-external.html")
def task_sets_change_what_tasks_are_made_of(launch: Launch) -> Iterator[Refusal]:
    """Of a service with an external deployment controller, UpdateService changes neither task definition nor network
    nor load balancers nor platform version, and starts no deployment: that takes a new task set."""
    #
    if launch.controller != "EXTERNAL":
        return
    for member, what in BY_TASK_SETS.items():
        if member in launch.raw:
            yield Refusal(
                member, words.EXTERNAL_UPDATES.format(what=what), "a task set brings that with it", code=INVALID
            )
    if launch.raw.get("forceNewDeployment"):
        yield Refusal("forceNewDeployment", words.EXTERNAL_FORCES, "a new task set is a new deployment", code=INVALID)


@rule("FG1303", on=UPDATE, source=FIELD_REPORT, status="observed")
def a_new_strategy_is_forced(launch: Launch, seen: Seen) -> Iterator[Refusal]:
    """A service goes to another capacity provider strategy, or from a launch type to one, only together with a forced
    deployment; one that CodeDeploy deploys cannot force any, and so never does.

    The second: https://github.com/kayac/ecspresso/pull/481.
    """
    if launch.controller == "EXTERNAL" or launch.raw.get("forceNewDeployment"):
        return
    before = seen.services.get(launch.service)
    if before is not None and _items(before) != _items(launch.raw):
        yield Refusal(
            "capacityProviderStrategy",
            words.FORCE_FOR_STRATEGY,
            "the strategy is not the one that the service has, and forceNewDeployment is not set",
            code=INVALID,
        )


def _items(request: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """A strategy's items with the API's defaults; the order is not told apart."""
    return sorted(
        (
            reading.text(item, "capacityProvider"),
            reading.number(item, "weight") or 0,
            reading.number(item, "base") or 0,
        )
        for item in reading.structures(request, "capacityProviderStrategy")
    )
