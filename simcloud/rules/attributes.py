"""The attributes that a definition requires of what runs it, by name, as DescribeTaskDefinition lists them.

Read from definitions that people published. The further Docker API versions are left out: on Fargate they say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.rules import reading
from simcloud.rules.roles import ECR_IMAGE
from simcloud.rules.task_definition import TaskDefinition

OLD = "com.amazonaws.ecs.capability."
NEW = "ecs.capability."


def _wanted(task: TaskDefinition) -> Iterator[str]:
    drivers = {container.log_driver for container in task.containers} - {""}
    yield from (f"{OLD}logging-driver.{driver}" for driver in sorted(drivers))
    if "awslogs" in drivers and task.execution_role:
        yield f"{NEW}execution-role-awslogs"
    if any(ECR_IMAGE.fullmatch(container.image) for container in task.containers):
        yield f"{OLD}ecr-auth"
        if task.execution_role:
            yield f"{NEW}execution-role-ecr-pull"
    if task.task_role:
        yield f"{OLD}task-iam-role"
    yield from _wanted_by_containers(task)
    if any(volume.get("efsVolumeConfiguration") for volume in task.volumes):
        yield f"{NEW}efs"
    yield f"{OLD}docker-remote-api.1.18"
    if task.awsvpc:
        yield f"{NEW}task-eni"


def _wanted_by_containers(task: TaskDefinition) -> Iterator[str]:
    if any(container.raw.get("healthCheck") for container in task.containers):
        yield f"{NEW}container-health-check"
    if any(container.raw.get("dependsOn") for container in task.containers):
        yield f"{NEW}container-ordering"
    values = [reading.text(secret, "valueFrom") for container in task.containers for _, secret in container.secrets]
    if any(":secretsmanager:" in value for value in values):
        yield f"{NEW}secrets.asm.environment-variables"
    if any(":secretsmanager:" not in value for value in values):
        yield f"{NEW}secrets.ssm.environment-variables"


def required_attributes(task: TaskDefinition) -> tuple[str, ...]:
    """Names, each once."""
    return tuple(dict.fromkeys(_wanted(task)))
