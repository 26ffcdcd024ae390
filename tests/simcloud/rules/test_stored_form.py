"""How ECS keeps a task definition."""

from __future__ import annotations

from typing import Any

import pytest

from simcloud.rules.engine import normalise_task_definition

ROLE = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1"
LOG = {"awslogs-group": "/ecs/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"}


def definition(container: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    return {
        "family": "web",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "1 vCPU",
        "memory": "2 GB",
        "containerDefinitions": [container or {"name": "app", "image": "nginx"}],
        **changes,
    }


def test_a_definition_comes_back_with_its_defaults() -> None:
    container = {
        "name": "app",
        "image": ECR,
        "portMappings": [{"containerPort": 80}],
        "healthCheck": {"command": ["CMD", "/check"], "retries": 5},
        "logConfiguration": {"logDriver": "awslogs", "options": LOG},
    }
    assert normalise_task_definition(definition(container, executionRoleArn=ROLE, tags=[{"key": "a"}])) == {
        "family": "web",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "1024",
        "memory": "2048",
        "executionRoleArn": ROLE,
        "containerDefinitions": [
            {
                "name": "app",
                "image": ECR,
                "cpu": 0,
                "essential": True,
                "portMappings": [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}],
                "environment": [],
                "mountPoints": [],
                "volumesFrom": [],
                "systemControls": [],
                "healthCheck": {"command": ["CMD", "/check"], "interval": 30, "timeout": 5, "retries": 5},
                "logConfiguration": {"logDriver": "awslogs", "options": LOG},
            }
        ],
        "volumes": [],
        "placementConstraints": [],
        "compatibilities": ["EC2", "FARGATE", "MANAGED_INSTANCES"],
        "requiresAttributes": [
            {"name": "com.amazonaws.ecs.capability.logging-driver.awslogs"},
            {"name": "ecs.capability.execution-role-awslogs"},
            {"name": "com.amazonaws.ecs.capability.docker-remote-api.1.19"},
            {"name": "com.amazonaws.ecs.capability.ecr-auth"},
            {"name": "ecs.capability.execution-role-ecr-pull"},
            {"name": "com.amazonaws.ecs.capability.docker-remote-api.1.24"},
            {"name": "ecs.capability.container-health-check"},
            {"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"},
            {"name": "ecs.capability.task-eni"},
        ],
    }


@pytest.mark.parametrize(
    ("request_", "fits"),
    [
        (definition(), ["EC2", "FARGATE", "MANAGED_INSTANCES"]),
        (definition(requiresCompatibilities=[]), ["EC2", "FARGATE", "MANAGED_INSTANCES"]),
        (definition(requiresCompatibilities=["EC2"]), ["EC2", "FARGATE", "MANAGED_INSTANCES"]),
        (definition(requiresCompatibilities=[], cpu="300"), ["EC2", "MANAGED_INSTANCES"]),
        (
            definition({"name": "app", "image": "nginx", "privileged": True}, requiresCompatibilities=[]),
            ["EC2", "MANAGED_INSTANCES"],
        ),
        (definition(runtimePlatform={"operatingSystemFamily": "WINDOWS_SERVER_2022_CORE"}), ["EC2", "FARGATE"]),
        (definition(requiresCompatibilities=["EC2"], networkMode="bridge"), ["EXTERNAL", "EC2"]),
    ],
)
def test_a_definition_says_what_it_could_run_on(request_: dict[str, Any], fits: list[str]) -> None:
    #
    assert normalise_task_definition(request_)["compatibilities"] == fits


def test_what_was_not_asked_for_is_not_there() -> None:
    # recorded: https://github.com/radkawar/stackd (testdata/aws/ecs/controls.json, task-register-revision-1-defaults)
    request = {
        "family": "main",
        "containerDefinitions": [{"name": "app", "image": "busybox:latest", "memory": 64}],
        "tags": [{"key": "owner", "value": "me"}],
    }
    assert normalise_task_definition(request) == {
        "family": "main",
        "containerDefinitions": [
            {
                "name": "app",
                "image": "busybox:latest",
                "cpu": 0,
                "memory": 64,
                "portMappings": [],
                "essential": True,
                "environment": [],
                "mountPoints": [],
                "volumesFrom": [],
                "systemControls": [],
            }
        ],
        "volumes": [],
        "placementConstraints": [],
        "compatibilities": ["EXTERNAL", "EC2"],
    }


def test_a_log_driver_needs_the_docker_api_that_knows_it() -> None:
    # recorded there too: ec2-awslogs-options
    options = {"awslogs-group": "/probe", "awslogs-region": "us-east-1"}
    request = {
        "family": "main",
        "requiresCompatibilities": ["EC2"],
        "networkMode": "bridge",
        "containerDefinitions": [
            {
                "name": "app",
                "image": "busybox",
                "memory": 64,
                "logConfiguration": {"logDriver": "awslogs", "options": options},
            }
        ],
    }
    assert normalise_task_definition(request)["requiresAttributes"] == [
        {"name": "com.amazonaws.ecs.capability.logging-driver.awslogs"},
        {"name": "com.amazonaws.ecs.capability.docker-remote-api.1.19"},
    ]


def test_a_time_limit_needs_an_agent_that_orders_containers() -> None:
    # recorded there too: timeout-fargate-stopTimeout-2
    request = definition({"name": "app", "image": "busybox", "stopTimeout": 2})
    assert normalise_task_definition(request)["requiresAttributes"] == [
        {"name": "ecs.capability.container-ordering"},
        {"name": "com.amazonaws.ecs.capability.docker-remote-api.1.18"},
        {"name": "ecs.capability.task-eni"},
    ]


@pytest.mark.parametrize(
    ("features", "attributes"),
    [
        ({"pidMode": "task"}, {"ecs.capability.pid-ipc-namespace-sharing"}),
        (
            {"volumes": [{"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-12345678"}}]},
            {"ecs.capability.efs", "com.amazonaws.ecs.capability.docker-remote-api.1.25"},
        ),
        ({"taskRoleArn": "app"}, {"com.amazonaws.ecs.capability.task-iam-role"}),
        ({"proxyConfiguration": {"containerName": "app"}}, {"ecs.capability.aws-appmesh"}),
    ],
)
def test_features_need_attributes(features: dict[str, Any], attributes: set[str]) -> None:
    named = {each["name"] for each in normalise_task_definition(definition(**features))["requiresAttributes"]}
    assert named >= attributes


@pytest.mark.parametrize(("mode", "port"), [("bridge", 0), ("host", 80), ("awsvpc", 80)])
def test_the_network_mode_gives_the_host_port(mode: str, port: int) -> None:
    container = {"name": "app", "image": "nginx", "portMappings": [{"containerPort": 80, "protocol": "http"}]}
    stored = normalise_task_definition(definition(container, networkMode=mode, requiresCompatibilities=[]))
    [mapping] = stored["containerDefinitions"][0]["portMappings"]
    assert mapping == {"containerPort": 80, "hostPort": port, "protocol": "tcp"}


def test_a_volume_with_a_name_alone_is_kept_as_an_empty_host() -> None:
    stored = normalise_task_definition(definition(volumes=[{"name": "shared"}]))
    assert stored["volumes"] == [{"name": "shared", "host": {}}]


def test_the_request_is_not_changed_and_not_shared() -> None:
    request = definition({"name": "app", "image": "nginx", "environment": [{"name": "A", "value": "1"}]})
    stored = normalise_task_definition(request)
    stored["containerDefinitions"][0]["environment"][0]["value"] = "2"
    assert request["containerDefinitions"][0] == {
        "name": "app",
        "image": "nginx",
        "environment": [{"name": "A", "value": "1"}],
    }
