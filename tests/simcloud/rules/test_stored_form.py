"""How ECS keeps a task definition."""

from __future__ import annotations

from typing import Any

import pytest

from simcloud.rules.engine import normalise_task_definition

ROLE = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1"


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
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/web"}},
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
                "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/web"}},
            }
        ],
        "volumes": [],
        "placementConstraints": [],
        "enableFaultInjection": False,
        "compatibilities": ["EC2"],
        "requiresAttributes": [
            {"name": "com.amazonaws.ecs.capability.logging-driver.awslogs"},
            {"name": "ecs.capability.execution-role-awslogs"},
            {"name": "com.amazonaws.ecs.capability.ecr-auth"},
            {"name": "ecs.capability.execution-role-ecr-pull"},
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
        (definition(requiresCompatibilities=[], cpu="300"), ["EC2"]),
        (definition({"name": "app", "image": "nginx", "privileged": True}, requiresCompatibilities=[]), ["EC2"]),
        (definition(requiresCompatibilities=["EC2"], networkMode="bridge"), ["EXTERNAL", "EC2"]),
    ],
)
def test_a_definition_says_what_it_could_run_on(request_: dict[str, Any], fits: list[str]) -> None:
    #
    assert normalise_task_definition(request_)["compatibilities"] == fits


def test_absent_network_mode_is_kept_as_bridge() -> None:
    request = {
        "family": "web",
        "containerDefinitions": [
            {"name": "app", "image": "nginx", "memory": 128, "portMappings": [{"containerPort": 80}]}
        ],
    }
    stored = normalise_task_definition(request)
    assert stored["networkMode"] == "bridge"
    assert stored["containerDefinitions"][0]["portMappings"] == [
        {"containerPort": 80, "hostPort": 0, "protocol": "tcp"}
    ]
    assert "cpu" not in stored


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
