"""Requests as people write them: a valid one of each kind, to be changed by the cases."""

from __future__ import annotations

from typing import Any

ROLE = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
ECR = "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1.0"
SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf"
AWSLOGS = {
    "logDriver": "awslogs",
    "options": {"awslogs-group": "/ecs/web", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "web"},
}


def app(**changes: Any) -> dict[str, Any]:
    """A container called app."""
    return {"name": "app", "image": "public.ecr.aws/nginx/nginx:1.27", **changes}


def sidecar(**changes: Any) -> dict[str, Any]:
    """A container called sidecar, not essential."""
    return {"name": "sidecar", "image": "public.ecr.aws/docker/library/busybox:1.36", "essential": False, **changes}


def without(request: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The request without these members."""
    return {key: value for key, value in request.items() if key not in keys}


def fargate(*containers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A RegisterTaskDefinition request for Fargate."""
    return {
        "family": "web",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": list(containers) or [app()],
        **changes,
    }


def ec2(*containers: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A RegisterTaskDefinition request for EC2 alone."""
    return {
        "family": "web",
        "requiresCompatibilities": ["EC2"],
        "containerDefinitions": list(containers) or [app(memory=512)],
        **changes,
    }


def linux(**parameters: Any) -> dict[str, Any]:
    """A Fargate definition whose container sets these linuxParameters."""
    return fargate(app(linuxParameters=parameters))


def efs(**settings: Any) -> dict[str, Any]:
    """A Fargate definition with an EFS volume, mounted."""
    volume = {"name": "data", "efsVolumeConfiguration": {"fileSystemId": "fs-0123456789abcdef0", **settings}}
    return fargate(app(mountPoints=[{"sourceVolume": "data", "containerPath": "/data"}]), volumes=[volume])
