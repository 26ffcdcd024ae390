"""Whatever botocore lets through is answered or refused by a modelled error; a refusal changes nothing."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError, ParamValidationError
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from requests_from_shapes import requests, service

from simcloud import Cloud
from simcloud.cloud import wire

SERVICES = ("ecs", "application-autoscaling", "codedeploy", "eks")
COMMON = frozenset(
    {
        *("NotSimulated", "AccessDeniedException", "ValidationException", "ThrottlingException"),
        *("InvalidParameterException", "ClientException", "ServerException", "SerializationException"),
    }
)
"""Errors that AWS's services give without listing them at each operation."""
UNLISTED = {
    "eks": frozenset(
        {
            *("ResourceNotFoundException", "ResourceInUseException"),
            *("InvalidRequestException", "ResourceLimitExceededException"),
        }
    )
}
"""Errors of one service that its operations give though their model does not list them: observed for Fargate profiles
(R-269, R-271)."""


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    """A world in which a cluster, a definition, a service and a task are there to be named."""
    with Cloud(seed=3) as cloud:
        ecs = boto3.client("ecs")
        ecs.create_cluster(clusterName="demo", capacityProviders=["FARGATE", "FARGATE_SPOT"])
        image = "public.ecr.aws/docker/library/nginx:latest"
        ecs.register_task_definition(
            family="web",
            requiresCompatibilities=["FARGATE"],
            networkMode="awsvpc",
            cpu="256",
            memory="512",
            containerDefinitions=[{"name": "app", "image": image, "portMappings": [{"containerPort": 80}]}],
        )
        subnet = boto3.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
        network = {"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "ENABLED"}}
        launch = {"cluster": "demo", "taskDefinition": "web", "launchType": "FARGATE", "networkConfiguration": network}
        ecs.create_service(serviceName="web", desiredCount=1, **launch)
        ecs.run_task(**launch)
        cloud.advance(minutes=3)
        yield cloud


def held(cloud: Cloud) -> list[str]:
    """What a request may name."""
    task = cloud.tasks("demo")[0]
    subnet = boto3.client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
    return [task.arn, task.arn.rpartition("/")[2], subnet, *cloud.world.services, *cloud.world.clusters]


@functools.cache
def modelled(name: str, operation: str) -> frozenset[str]:
    errors = service(name).operation_model(operation).error_shapes
    return (
        COMMON
        | UNLISTED.get(name, frozenset())
        | {one.metadata.get("error", {}).get("code", one.name) for one in errors}
        | {e.name for e in errors}
    )


def ask(name: str, operation: str, request: dict[str, Any], cloud: Cloud) -> None:
    before = pickle.dumps(cloud.world)
    wire.faults.clear()
    refusal: ClientError | None = None
    try:
        getattr(boto3.client(name), xform_name(operation))(**request)
    except ParamValidationError:
        reject()
    except ClientError as error:
        refusal = error
    if refusal is None:
        cloud.world.check()
        return
    code = refusal.response["Error"]["Code"]
    assert code != "SimulatorFault", wire.faults[-1]
    assert code in modelled(name, operation), f"{operation} has no error {code}"
    assert pickle.dumps(cloud.world) == before, f"{operation} was refused ({refusal}), and changed the world"


def examined(examples: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=[*slow, HealthCheck.function_scoped_fixture],
        database=None,
    )


@pytest.mark.parametrize("name", SERVICES)
def test_any_request_is_answered_or_refused_in_order(cloud: Cloud, name: str) -> None:
    words = held(cloud)

    @examined(75)
    @given(requests(name, words))
    def each(asked: tuple[str, dict[str, Any]]) -> None:
        with cloud.copy() as trial:
            ask(name, *asked, trial)

    each()


@pytest.mark.long
@pytest.mark.parametrize("name", SERVICES)
def test_ten_thousand_requests_are_answered_or_refused_in_order(cloud: Cloud, name: str) -> None:
    words = held(cloud)

    @examined(7000 if name == "ecs" else 1000)
    @given(st.data())
    def each(data: st.DataObject) -> None:
        with cloud.copy() as trial:
            ask(name, *data.draw(requests(name, words)), trial)

    each()
