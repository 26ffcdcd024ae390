"""Definitions as people write them, sent through boto3. The real AWS takes them; too strict is as wrong as too lax."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import accepted_details
import accepted_plain
import boto3
import pytest
from requests_as_written import efs, fargate, without

from simcloud import Cloud

ACCEPTED = [
    *accepted_plain.PLAIN,
    *accepted_details.IMAGES,
    *accepted_details.CONTAINERS,
    *accepted_details.NETWORKS,
    *accepted_details.KERNEL,
    *accepted_details.LOGS_AND_SECRETS,
    *accepted_details.VOLUMES,
]
READ_ONLY = (
    "taskDefinitionArn",
    "revision",
    "status",
    "registeredAt",
    "registeredBy",
    "compatibilities",
    "requiresAttributes",
)


@pytest.fixture(scope="module")
def ecs() -> Iterator[Any]:
    with Cloud():
        yield boto3.client("ecs", region_name="us-east-1")


@pytest.mark.parametrize("request_", ACCEPTED)
def test_the_definition_is_accepted(request_: dict[str, Any], ecs: Any) -> None:
    registered = ecs.register_task_definition(**request_)["taskDefinition"]
    assert registered["status"] == "ACTIVE"
    assert set(registered["compatibilities"]) >= set(request_.get("requiresCompatibilities", ()))


@pytest.mark.parametrize("request_", ACCEPTED)
@pytest.mark.operation("ecs:RegisterTaskDefinition", "ecs:DescribeTaskDefinition")
def test_what_was_described_can_be_registered_again(request_: dict[str, Any], ecs: Any) -> None:
    arn = ecs.register_task_definition(**request_)["taskDefinition"]["taskDefinitionArn"]
    described = ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]
    again = ecs.register_task_definition(**without(described, *READ_ONLY))["taskDefinition"]
    assert again["revision"] == described["revision"] + 1
    changing = ("taskDefinitionArn", "revision", "registeredAt")
    assert without(again, *changing) == without(described, *changing)


def test_a_router_that_names_no_user_is_root(ecs: Any) -> None:
    app = {"name": "app", "image": "nginx", "logConfiguration": {"logDriver": "awsfirelens"}}
    router = {"name": "router", "image": "fluent-bit", "firelensConfiguration": {"type": "fluentbit"}}
    own = {**router, "name": "own", "user": "1000"}
    stored = ecs.register_task_definition(**fargate(app, router, own))["taskDefinition"]["containerDefinitions"]
    assert [each.get("user") for each in stored] == [None, "0", "1000"]


@pytest.mark.parametrize(("given", "kept"), [({}, "/"), ({"rootDirectory": ""}, "/"), ({"rootDirectory": "/a"}, "/a")])
def test_a_file_system_is_mounted_from_its_root_unless_said_otherwise(ecs: Any, given: Any, kept: str) -> None:
    (volume,) = ecs.register_task_definition(**efs(**given))["taskDefinition"]["volumes"]
    assert volume["efsVolumeConfiguration"] == {"fileSystemId": "fs-0123456789abcdef0", "rootDirectory": kept}


def test_there_are_many_accepted_definitions() -> None:
    assert len(ACCEPTED) >= 110
