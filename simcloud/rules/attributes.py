"""The attributes that a definition requires of what runs it, by name, as DescribeTaskDefinition lists them.

Read from definitions that people published and from `sources.RECORDED`: a definition that needs nothing lists nothing.
The versions of the Docker API are those that published definitions show with the feature.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.rules import reading
from simcloud.rules.container import Container
from simcloud.rules.roles import ECR_IMAGE
from simcloud.rules.task_definition import TaskDefinition

OLD = "com.amazonaws.ecs.capability."
NEW = "ecs.capability."
DOCKER = f"{OLD}docker-remote-api."


def _of_logs(task: TaskDefinition) -> Iterator[str]:
    drivers = {container.log_driver for container in task.containers} - {""}
    yield from (f"{OLD}logging-driver.{driver}" for driver in sorted(drivers))
    if "awslogs" in drivers and task.execution_role:
        yield f"{NEW}execution-role-awslogs"
    for container in task.containers:
        if router := reading.mapping(container.raw, "firelensConfiguration"):
            yield f"{NEW}firelens.{reading.text(router, 'type')}"
            if source := reading.text(reading.mapping(router, "options"), "config-file-type"):
                yield f"{NEW}firelens.options.config.{source}"
    if drivers:
        yield f"{DOCKER}1.19"


def _of_images(task: TaskDefinition) -> Iterator[str]:
    if any(ECR_IMAGE.fullmatch(container.image) for container in task.containers):
        yield f"{OLD}ecr-auth"
        if task.execution_role:
            yield f"{NEW}execution-role-ecr-pull"
    if any(container.raw.get("repositoryCredentials") for container in task.containers):
        yield f"{NEW}private-registry-authentication.secretsmanager"


def _of_volumes(task: TaskDefinition) -> Iterator[str]:
    systems = [reading.mapping(volume, "efsVolumeConfiguration") for volume in task.volumes]
    if any(system.get("authorizationConfig") for system in systems):
        yield f"{NEW}efsAuth"
    if any(systems):
        yield from (f"{NEW}efs", f"{DOCKER}1.25")
    if any(volume.get("configuredAtLaunch") for volume in task.volumes):
        yield f"{NEW}storage.ebs-task-volume-attach"
    if any(volume.get("dockerVolumeConfiguration") for volume in task.volumes):
        yield f"{NEW}docker-plugin.local"


def _of_secrets(secrets: list[Mapping[str, Any]], arrival: str) -> Iterator[str]:
    values = [reading.text(secret, "valueFrom") for secret in secrets]
    if any(":secretsmanager:" in value for value in values):
        yield f"{NEW}secrets.asm.{arrival}"
    if any(":secretsmanager:" not in value for value in values):
        yield f"{NEW}secrets.ssm.{arrival}"


def _of_containers(containers: tuple[Container, ...]) -> Iterator[str]:
    raw = [container.raw for container in containers]
    if any(each.get("healthCheck") for each in raw):
        yield from (f"{DOCKER}1.24", f"{NEW}container-health-check")
    if any(each.get("dependsOn") or "startTimeout" in each or "stopTimeout" in each for each in raw):
        yield f"{NEW}container-ordering"
    own = [secret for each in raw for secret in reading.structures(each, "secrets")]
    of_logs = [
        secret
        for each in raw
        for secret in reading.structures(reading.mapping(each, "logConfiguration"), "secretOptions")
    ]
    yield from _of_secrets(own, "environment-variables")
    yield from _of_secrets(of_logs, "bootstrap.log-driver")
    if any(each.get("environmentFiles") for each in raw):
        yield f"{NEW}env-files.s3"
    if any(reading.switch(each, "privileged") for each in raw):
        yield f"{OLD}privileged-container"


def _wanted(task: TaskDefinition) -> Iterator[str]:
    yield from _of_logs(task)
    yield from _of_images(task)
    if task.task_role:
        yield f"{OLD}task-iam-role" + ("-network-host" if task.network_mode == "host" else "")
    yield from _of_containers(task.containers)
    yield from _of_volumes(task)
    if task.raw.get("pidMode") or task.raw.get("ipcMode"):
        yield f"{NEW}pid-ipc-namespace-sharing"
    if task.raw.get("proxyConfiguration"):
        yield f"{NEW}aws-appmesh"
    if task.raw.get("enableFaultInjection"):
        yield f"{NEW}fault-injection"
    if task.awsvpc:
        yield from (f"{DOCKER}1.18", f"{NEW}task-eni")


def required_attributes(task: TaskDefinition) -> tuple[str, ...]:
    """Names, each once."""
    return tuple(dict.fromkeys(_wanted(task)))
