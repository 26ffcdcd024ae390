"""Install: the replacement task set is made in the ECS service, and CodeDeploy waits until it is steady (R-237)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from simcloud.facts import codedeploy as facts
from simcloud.facts.words import deployment as words
from simcloud.facts.words import run as words_run
from simcloud.sim.codedeploy import routing
from simcloud.sim.codedeploy.deployment import Deployment
from simcloud.sim.codedeploy.ending import fail, move_in, tell
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import TaskSetCreated, TaskSetDeleted
from simcloud.sim.release import TaskSet
from simcloud.sim.service import Service
from simcloud.sim.task_sets import new_task_set

if TYPE_CHECKING:
    from simcloud.sim.world import World

CLIENT, PARAMETER = "ClientException", "InvalidParameterException"
_NAMED = re.compile(r"^(?:arn:[^/]+/)?(?P<family>[A-Za-z0-9_-]+)(?::(?P<revision>\d+))?$")


class Refusal(Exception):
    """ECS refused what CodeDeploy asked of it: its error code and message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def begin_install(world: World, deployment: Deployment) -> Iterator[Effect]:
    """Make the replacement task set, behind the target group that the original one is not behind."""
    service = world.services.get(deployment.service)
    try:
        service, blue = _original(service)
        configuration = _configuration(world, deployment, blue)
    except Refusal as refusal:
        message = words.ECS_UPDATE.format(message=refusal.message, code=refusal.code, request=world.uuid("ecs-request"))
        yield from fail(world, deployment, "ECS_UPDATE_ERROR", message)
        return
    if configuration is None:
        yield from fail(world, deployment, "ELASTIC_LOAD_BALANCING_INVALID", str(words.PAIR))
        return
    for left_over in service.task_sets:
        if left_over.status == "ACTIVE":
            yield After(0.0, TaskSetDeleted(service.arn, left_over.id))
    deployment.blue = blue
    deployment.green = new_task_set(world, service, configuration, external_id=deployment.id, started_by="CODE_DEPLOY")
    deployment.install_by = world.now + facts.INSTALL_SECONDS.value
    tell(world, deployment, f"Install: makes the replacement task set {deployment.green.id}")
    yield from routing.look(world, deployment)
    yield After(0.0, TaskSetCreated(service.arn, deployment.green))
    yield from move_in(deployment, facts.REVIEW_SECONDS.value, "review the installation")


def review_install(world: World, deployment: Deployment) -> Iterator[Effect]:
    """On, once the replacement is steady; after an hour CodeDeploy gives up."""
    assert deployment.green is not None, "Install made the replacement"
    if deployment.green.steady:
        tell(world, deployment, f"Install: the replacement task set {deployment.green.id} is steady")
        yield from move_in(deployment, 0.0, "end")
    elif world.now >= deployment.install_by:
        yield from fail(world, deployment, "TIMEOUT", str(words.REPLACEMENT_TIMEOUT))
    else:
        yield from move_in(deployment, facts.REVIEW_SECONDS.value, "review the installation")


def _original(service: Service | None) -> tuple[Service, TaskSet]:
    """The service and its primary task set. Raises Refusal."""
    if service is None or service.status == "INACTIVE":
        raise Refusal("ServiceNotFoundException", "Service not found.")
    if service.status != "ACTIVE":
        raise Refusal("ServiceNotActiveException", "Service was not ACTIVE.")
    primary = next((each for each in service.task_sets if each.status == "PRIMARY"), None)
    if primary is None:
        raise Refusal(PARAMETER, "The service has no primary task set.")
    return service, primary


def _configuration(world: World, deployment: Deployment, blue: TaskSet) -> dict[str, Any] | None:
    """The original's configuration with what the AppSpec replaces; None where the target groups are not its pair.
    Raises Refusal."""
    plan = deployment.plan
    assert plan is not None, "a deployment without a plan has failed before"
    stored = _definition(world, plan.definition)
    container = next((each for each in stored["containerDefinitions"] if each["name"] == plan.container), None)
    if container is None:
        raise Refusal(PARAMETER, words.CONTAINER_MISSING.format(name=plan.container))
    if all(each.get("containerPort") != plan.port for each in container.get("portMappings", ())):
        raise Refusal(PARAMETER, words.PORT_MISSING.format(name=plan.container, port=plan.port))
    balancers = blue.configuration.get("loadBalancers") or [{}]
    other = [arn for arn in deployment.groups.values() if arn != balancers[0].get("targetGroupArn")]
    if len(other) != 1 or not other[0]:
        return None
    behind = {"targetGroupArn": other[0], "containerName": plan.container, "containerPort": plan.port}
    asked = {**blue.configuration, **plan.changes, "taskDefinition": stored["taskDefinitionArn"]}
    if plan.changes.get("capacityProviderStrategy"):
        asked.pop("launchType", None)
    return {**asked, "loadBalancers": [behind]}


def _definition(world: World, named: str) -> Mapping[str, Any]:
    """The task definition that the AppSpec names, as ECS finds it. Raises Refusal."""
    found = _NAMED.match(named)
    if found is None:
        revision = named.rsplit(":", 1)[-1]
        raise Refusal(PARAMETER, f"Invalid revision number. Number: {revision}")
    revisions = [
        stored
        for stored in world.definitions.values()
        if stored["family"] == found["family"] and found["revision"] in (None, str(stored["revision"]))
    ]
    if found["revision"] is None:
        revisions = [each for each in revisions if each["status"] == "ACTIVE"]
    if not revisions:
        raise Refusal(CLIENT, str(words_run.DEFINITION_NOT_FOUND))
    newest = max(revisions, key=lambda stored: int(stored["revision"]))
    if newest["status"] != "ACTIVE":
        raise Refusal(CLIENT, str(words_run.DEFINITION_INACTIVE))
    return newest
