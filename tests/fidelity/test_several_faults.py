"""Several faults in one definition: AWS names one, and we explain all. The orders asserted here were seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from requests_as_written import SECRET, app, fargate, without

from simcloud import Cloud

FAULTS = [
    pytest.param(
        # recorded: https://github.com/radkawar/stackd (controls.json, validation-order-network-cpu-essential)
        fargate(app(essential=False), networkMode="bridge", cpu="bad"),
        ["Invalid 'cpu' setting for task.", "network mode", "essential container"],
        id="cpu-before-network-mode-and-containers",
    ),
    pytest.param(
        # https://github.com/badmintoncryer/cdk-preflight (pf-ecs-secrets-without-execution-role)
        fargate(app(secrets=[{"name": "S", "valueFrom": "arn:aws:ssm:us-east-1:210987654321:parameter/pf"}])),
        ["The Systems Manager parameter ARN has a different account ID", "'executionRoleArn'"],
        id="account-before-execution-role",
    ),
    pytest.param(
        # a field report of one definition that lost its faults in this order
        without(fargate(app(image="$IMAGE_NAME:$IMAGE_TAG", secrets=[{"name": "S", "valueFrom": SECRET}])), "memory"),
        [
            "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
            "Container.image contains invalid characters.",
            "At least one of 'memory' or 'memoryReservation' must be specified.",
        ],
        id="secrets-before-image-before-memory",
    ),
    pytest.param(
        # https://github.com/badmintoncryer/cdk-preflight (pf-ecs-container-memory-required, case e02)
        without(fargate(), "cpu", "memory"),
        [
            "Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.",
            "Fargate requires that 'cpu' be defined at the task level.",
            "Fargate requires that 'memory' be defined at the task level.",
        ],
        id="memory-of-the-container-before-cpu-of-the-task",
    ),
    pytest.param(
        # R-007, and the order of errors in a module's comments: the network mode first
        without(fargate(app(memory=64)), "cpu", "memory", "networkMode"),
        [
            "Fargate only supports network mode ‘awsvpc’.",
            "Fargate requires that 'cpu' be defined at the task level.",
            "Fargate requires that 'memory' be defined at the task level.",
        ],
        id="network-mode-before-cpu-before-memory",
    ),
    pytest.param(
        # recorded: https://github.com/radkawar/stackd (testdata/aws/ecs/controls.json, fargate-awslogs-missing-options)
        fargate(app(logConfiguration={"logDriver": "awslogs"})),
        [
            "Log driver awslogs requires options: awslogs-region, awslogs-group",
            "execution role ARN to support log driver awslogs",
        ],
        id="options-before-execution-role",
    ),
]


@pytest.fixture(scope="module")
def ecs() -> Iterator[Any]:
    with Cloud():
        yield boto3.client("ecs", region_name="us-east-1")


@pytest.mark.parametrize(("request_", "texts"), FAULTS)
def test_the_first_refusal_is_that_of_aws_and_all_are_explained(
    request_: dict[str, Any], texts: list[str], ecs: Any
) -> None:
    with pytest.raises(ClientError) as caught:
        ecs.register_task_definition(**request_)
    message = caught.value.response["Error"]["Message"]
    assert texts[0] in message
    assert not any(text in message for text in texts[1:])
    notes = "\n".join(caught.value.__notes__)
    assert all(text in notes for text in texts[1:])
