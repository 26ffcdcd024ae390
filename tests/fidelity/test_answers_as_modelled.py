"""Every operation of ECS that is answered, answered by members of the API's model alone, and every list in pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from botocore.validate import ParamValidator
from launching import HEAD, World, by_controller, run, task_set

from simcloud import Cloud
from simcloud.cloud import wire

MODEL = boto3.client("ecs", region_name="us-east-1").meta.service_model
REFUSED = {"DeregisterContainerInstance", "UpdateContainerAgent", "PutAttributes", "DeleteAttributes", "StartTask"}
"""Answered as in an account without container instances: never."""
LEFT_OUT = (
    *("Daemon", "Gateway", "ExpressGateway", "RegisterContainerInstance"),
    *("SubmitAttachment", "SubmitContainer", "SubmitTask"),
)
"""Families of operations that the course leaves out."""
NOBODY = "0" * 32
BREAKER = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}


PAGED: list[tuple[str, str, dict[str, Any]]] = [
    ("list_clusters", "clusterArns", {}),
    ("list_services", "serviceArns", {}),
    ("list_tasks", "taskArns", {}),
    ("list_task_definitions", "taskDefinitionArns", {"sort": "DESC"}),
    ("list_task_definition_families", "families", {}),
    ("list_service_deployments", "serviceDeployments", {"service": "standing"}),
    ("list_services_by_namespace", "serviceArns", {"namespace": "shop"}),
    ("list_account_settings", "settings", {"effectiveSettings": True}),
    ("describe_capacity_providers", "capacityProviders", {}),
]


class Answers:
    """What the handlers of ECS answered, before it goes over the wire."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.given: dict[str, list[dict[str, Any]]] = defaultdict(list)
        plain = wire.handlers

        def handlers(name: str) -> Mapping[str, Any]:
            table = plain(name)
            return {each: self.heard(each, table[each]) for each in table} if name == "ecs" else table

        patch.setattr(wire, "handlers", handlers)

    def heard(self, name: str, handler: Any) -> Any:
        def answer(request: dict[str, Any], call: Any) -> Any:
            value = handler(request, call)
            self.given[name].append(value)
            return value

        return answer


@pytest.fixture(scope="module")
def answers() -> Iterator[Answers]:
    patch = pytest.MonkeyPatch()
    with patch.context() as only_here, Cloud(seed=19) as cloud:
        heard = Answers(only_here)
        ask_everything(World(cloud))
        yield heard


def ask_everything(world: World) -> None:
    """Each operation at least once, where it is answered."""
    for operation, request in (
        ("put_account_setting", {"name": "containerInsights", "value": "enhanced"}),
        ("put_account_setting_default", {"name": "containerInsights", "value": "enabled"}),
        ("list_account_settings", {"effectiveSettings": True}),
        ("delete_account_setting", {"name": "containerInsights"}),
        ("update_cluster", {"cluster": "bare", "settings": [{"name": "containerInsights", "value": "enabled"}]}),
        ("update_cluster_settings", {"cluster": "bare", "settings": []}),
        ("put_cluster_capacity_providers", {"cluster": "bare", "capacityProviders": [], **NO_STRATEGY}),
        ("create_cluster", {"clusterName": "tagged", "tags": [{"key": "a", "value": "b"}]}),
        ("describe_clusters", {"clusters": ["default", "nope"], "include": CLUSTER_SHOWS}),
        ("describe_capacity_providers", {"include": ["TAGS"]}),
        ("update_capacity_provider", {"name": "old", "autoScalingGroupProvider": {"managedDraining": "DISABLED"}}),
        ("tag_resource", {"resourceArn": f"{HEAD}:service/default/standing", "tags": [{"key": "a", "value": "b"}]}),
        ("list_tags_for_resource", {"resourceArn": f"{HEAD}:service/default/standing"}),
        ("untag_resource", {"resourceArn": f"{HEAD}:service/default/standing", "tagKeys": ["a"]}),
        ("describe_task_definition", {"taskDefinition": "web", "include": ["TAGS"]}),
        ("delete_task_definitions", {"taskDefinitions": ["gone:1", "web:1", "nope:1"]}),
        ("update_service", {"service": "standing", "desiredCount": 2, "deploymentConfiguration": BREAKER}),
        ("update_service", {"service": "spread", "forceNewDeployment": True}),
        ("describe_services", {"services": ["standing", "spread", "balanced", "connected", "nope"], **TAGS}),
        ("describe_services", {"services": ["code", "external", "daemon"], **TAGS}),
        ("list_container_instances", {}),
        ("describe_container_instances", {"containerInstances": [NOBODY]}),
        ("update_container_instances_state", {"containerInstances": [NOBODY], "status": "DRAINING"}),
        ("discover_poll_endpoint", {}),
        ("list_attributes", {"targetType": "container-instance"}),
    ):
        world.call(operation, request)
    ask_of_deployments(world)
    ask_of_task_sets(world)
    ask_of_tasks(world)
    for operation, _, request in PAGED:
        world.call(operation, request)
    world.call("create_capacity_provider", {"name": "free", **FREE})
    world.call("delete_service", {"service": "standing", "force": True})
    world.call("delete_capacity_provider", {"capacityProvider": "free"})
    world.call("delete_cluster", {"cluster": "tagged"})


FREE = {"autoScalingGroupProvider": {"autoScalingGroupArn": "free"}}
NO_STRATEGY: dict[str, Any] = {"defaultCapacityProviderStrategy": []}
CLUSTER_SHOWS = ["ATTACHMENTS", "CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"]
TAGS = {"include": ["TAGS"]}


def ask_of_deployments(world: World) -> None:
    world.cloud.advance(seconds=30)
    listed = world.call("list_service_deployments", {"service": "spread"})["serviceDeployments"]
    world.call("describe_service_deployments", {"serviceDeploymentArns": [listed[0]["serviceDeploymentArn"]]})
    world.call("describe_service_revisions", {"serviceRevisionArns": [listed[0]["targetServiceRevisionArn"]]})
    ongoing = next(each for each in listed if each["status"] == "IN_PROGRESS")
    arn = {"serviceDeploymentArn": ongoing["serviceDeploymentArn"]}
    world.call("stop_service_deployment", {**arn, "stopType": "ROLLBACK"})
    with pytest.raises(ClientError):  # a deployment that rolls back waits for nobody
        world.call("continue_service_deployment", {**arn, "hookId": "x", "action": "CONTINUE"})


def ask_of_task_sets(world: World) -> None:
    made = [world.call("create_task_set", task_set())["taskSet"] for _ in "12"]
    held = {"cluster": "default", "service": "external"}
    world.call("describe_task_sets", {**held, "taskSets": [made[0]["id"], "ecs-svc/1"], **TAGS})
    world.call("update_task_set", {**held, "taskSet": made[0]["id"], "scale": {"value": 50.0, "unit": "PERCENT"}})
    world.call("update_service_primary_task_set", {**held, "primaryTaskSet": made[0]["id"]})
    world.call("delete_task_set", {**held, "taskSet": made[1]["id"], "force": True})
    world.call("create_service", {**by_controller("EXTERNAL"), "serviceName": "another"})


def ask_of_tasks(world: World) -> None:
    made = world.call("run_task", run(taskDefinition="roled", enableExecuteCommand=True, count=2))["tasks"]
    world.call("describe_tasks", {"tasks": [made[0]["taskArn"], NOBODY], **TAGS})
    of_service = world.call("list_tasks", {"serviceName": "standing"})["taskArns"]
    world.call("update_task_protection", {"cluster": "default", "tasks": of_service[:1], "protectionEnabled": True})
    world.call("get_task_protection", {"cluster": "default", "tasks": [*of_service[:1], NOBODY]})
    world.call("stop_task", {"task": made[0]["taskArn"], "reason": "enough"})
    world.cloud.advance(minutes=5)
    world.call("describe_tasks", {"tasks": [made[0]["taskArn"], made[1]["taskArn"]]})


def unmodelled(name: str, given: dict[str, Any]) -> str:
    """What in an answer is not in the model, or is of another type."""
    shape = MODEL.operation_model(name).output_shape
    return str(ParamValidator().validate(given, shape).generate_report())


def answered() -> list[str]:
    """The operations that are neither left out nor always refused."""
    return [
        name for name in MODEL.operation_names if name not in REFUSED and not any(family in name for family in LEFT_OUT)
    ]


@pytest.mark.parametrize("name", sorted({*answered()} - {"ContinueServiceDeployment", "ExecuteCommand"}))
def test_an_answer_has_members_of_the_model_alone(answers: Answers, name: str) -> None:
    assert answers.given[name], f"{name} was not asked"
    assert [unmodelled(name, given) for given in answers.given[name]] == [""] * len(answers.given[name])


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with Cloud(seed=20) as cloud:
        world = World(cloud)
        for name in ("second", "connected"):
            asked = {"service": name, "serviceConnectConfiguration": {"enabled": True, "namespace": "shop"}}
            world.call("update_service", asked)
        for _ in "12":
            cloud.advance(minutes=2)
            world.call("update_service", {"service": "standing", "forceNewDeployment": True})
        yield world


@pytest.mark.parametrize(("operation", "member", "request_"), PAGED, ids=[each[0] for each in PAGED])
def test_a_list_comes_in_pages_that_make_the_whole(
    world: World, operation: str, member: str, request_: dict[str, Any]
) -> None:
    first = world.call(operation, request_)
    rest = world.call(operation, {**request_, "nextToken": first["nextToken"]}) if "nextToken" in first else {}
    whole = [*first[member], *rest.get(member, ())]
    assert len(whole) > 1
    pages, token = [], ""
    while True:
        asked = {**request_, "maxResults": 1, **({"nextToken": token} if token else {})}
        answer = world.call(operation, asked)
        assert answer[member] == world.call(operation, asked)[member], "a token is good more than once"
        pages.append(answer[member])
        token = answer.get("nextToken", "")
        if not token:
            break
    assert [len(each) for each in pages] == [1] * len(whole), "the last page has no token"
    assert [one for page in pages for one in page] == whole
    with pytest.raises(ClientError) as caught:
        world.call(operation, {**request_, "nextToken": "made up"})
    assert caught.value.response["Error"]["Code"] == "InvalidParameterException"


def test_every_operation_with_pages_is_among_them() -> None:
    paged = {xform_name(name) for name in answered() if "maxResults" in MODEL.operation_model(name).input_shape.members}
    assert paged == {each[0] for each in PAGED} | {"list_container_instances", "list_attributes"}, "the two are empty"
