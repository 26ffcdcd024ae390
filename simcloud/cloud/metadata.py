"""What a container reads at ${ECS_CONTAINER_METADATA_URI_V4}: the documents of the task metadata endpoint, version 4.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-fargate-response.html
(R-294, R-295)
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from ipaddress import IPv4Network
from typing import Any

from simcloud.cloud.live import Live
from simcloud.facts import attempts
from simcloud.sim.steps.pull import snapshotter
from simcloud.sim.task import Container, Task

UNITS_A_VCPU = 1024
STORAGE_SHOWN = {20: 20496}
"""MiB that the document shows for a storage of so many GiB: 20 GiB are 20496 (R-295)."""
MIB_A_GIB = 1024
SUPERVISOR = "aws-fargate-supervisor"
"""Runs beside the containers of a task with EFS (R-180)."""
LINK_LOCAL = "169.254.170.2"
"""Where a container reads its metadata and fetches the keys of its task role."""
CLOCK = {"ClockErrorBound": 0.5, "ClockSynchronizationStatus": "SYNCHRONIZED"}


def injected(task: Task, container: Container) -> dict[str, str]:
    """The environment variables that Fargate adds to a container's own (R-156, R-294, R-296). The path of the
    credentials is there with a task role alone."""
    added = {
        "AWS_DEFAULT_REGION": task.region,
        "AWS_EXECUTION_ENV": "AWS_ECS_FARGATE",
        "AWS_REGION": task.region,
        "ECS_AGENT_URI": f"http://{LINK_LOCAL}/api/{container.runtime_id}",
        "ECS_CONTAINER_METADATA_URI": f"http://{LINK_LOCAL}/v3/{container.runtime_id}",
        "ECS_CONTAINER_METADATA_URI_V4": f"http://{LINK_LOCAL}/v4/{container.runtime_id}",
    }
    if task.definition.task_role:
        added["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = f"/v2/credentials/{uuid.UUID(hex=task.id)}"
    return added


def documents(live: Live, task: Task, container: str) -> dict[str, Any]:
    """The documents by path, as one container reads them. Raises LookupError for a container that does not run: only
    a running process can ask."""
    found = task.containers.get(container)
    if found is None or found.started_at is None or found.exit_code is not None:
        raise LookupError(f"no container {container} of task {task.id} runs: nobody is there to ask the endpoint")
    whole = _task(live, task)
    tags = dict(live.world.tags.get(task.arn, {}))
    running = [each for each in task.containers.values() if each.started_at is not None]
    return {
        "": _container(live, task, found),
        "/task": whole,
        "/taskWithTags": {**whole, "TaskTags": tags},
        "/stats": _stats(task, found),
        "/task/stats": {each.runtime_id: _stats(task, each) for each in running},
    }


def _task(live: Live, task: Task) -> dict[str, Any]:
    plan = task.definition
    shown = STORAGE_SHOWN.get(plan.ephemeral_gib, plan.ephemeral_gib * MIB_A_GIB)
    used = sum(each.behaviour.size_mib for each in task.containers.values() if each.behaviour) or 0
    named = [_container(live, task, each) for each in task.containers.values()]
    return {
        "Cluster": task.cluster,
        "TaskARN": task.arn,
        "Family": plan.family,
        "Revision": plan.arn.rsplit(":", 1)[-1],
        "DesiredStatus": task.desired,
        "KnownStatus": task.status,
        "Limits": {"CPU": plan.cpu / UNITS_A_VCPU, "Memory": plan.memory},
        "PullStartedAt": _time(task.pull_started_at),
        "PullStoppedAt": _time(task.pull_stopped_at),
        "AvailabilityZone": task.interface.zone,
        "LaunchType": "FARGATE",
        "Containers": [*named, *([_supervisor(task)] if plan.file_systems else [])],
        "EphemeralStorageMetrics": {"Utilized": round(used * attempts.LAYER_SPACE.value), "Reserved": shown},
        "ClockDrift": {**CLOCK, "ReferenceTimestamp": _time(live.world.now)},
        "FaultInjectionEnabled": False,
    }


def _container(live: Live, task: Task, container: Container) -> dict[str, Any]:
    plan = task.definition.container(container.name)
    document: dict[str, Any] = {
        "DockerId": container.runtime_id,
        "Name": container.name,
        "DockerName": container.name,
        "Image": container.image,
        "ImageID": container.digest,
        "Labels": {
            "com.amazonaws.ecs.cluster": task.cluster,
            "com.amazonaws.ecs.container-name": container.name,
            "com.amazonaws.ecs.task-arn": task.arn,
            "com.amazonaws.ecs.task-definition-family": task.definition.family,
            "com.amazonaws.ecs.task-definition-version": task.definition.arn.rsplit(":", 1)[-1],
        },
        "DesiredStatus": task.desired,
        "KnownStatus": container.status,
        "Limits": {"CPU": plan.cpu, **({"Memory": plan.memory} if plan.memory else {})},
        "CreatedAt": _time(container.started_at),
        "StartedAt": _time(container.started_at),
        "Type": "NORMAL",
        "Networks": [_network(live, task)],
        "ContainerARN": container.arn,
        "Snapshotter": snapshotter(task, container.name),
    }
    if plan.log_driver:
        document |= {"LogDriver": plan.log_driver, "LogOptions": dict(plan.log_options)}
    if plan.restart is not None:
        document["RestartCount"] = max(0, container.runs - 1)
    if plan.health is not None:
        document["Health"] = {"status": container.health}
    if container.exit_code is not None:
        document["ExitCode"] = container.exit_code
    return document


def _supervisor(task: Task) -> dict[str, Any]:
    return {
        "Name": f"~internal~{SUPERVISOR}",
        "DockerName": SUPERVISOR,
        "DesiredStatus": task.desired,
        "KnownStatus": task.status,
        "Type": SUPERVISOR,
    }


def _network(live: Live, task: Task) -> dict[str, Any]:
    from moto.ec2.models import ec2_backends

    interface = task.interface
    subnets = ec2_backends[live.account][live.region].subnets.values()
    subnet = next((zone[interface.subnet] for zone in subnets if interface.subnet in zone), None)
    document = {
        "NetworkMode": "awsvpc",
        "IPv4Addresses": [interface.address],
        "AttachmentIndex": 0,
        "MACAddress": interface.mac,
        "DomainNameSearchList": [f"{live.region}.compute.internal" if live.region != "us-east-1" else "ec2.internal"],
        "PrivateDNSName": interface.private_name,
    }
    if subnet is not None:
        block = IPv4Network(subnet.cidr_block)
        document |= {
            "IPv4SubnetCIDRBlock": str(block),
            "DomainNameServers": [str(block[2])],
            "SubnetGatewayIpv4Address": f"{block[1]}/{block.prefixlen}",
        }
    return document


def _stats(task: Task, container: Container) -> dict[str, Any]:
    """The members of Docker's statistics that the simulation knows: memory."""
    used = container.behaviour.memory_mib if container.behaviour else 0
    limit = task.definition.container(container.name).memory or task.definition.memory
    return {
        "id": container.runtime_id,
        "name": container.name,
        "memory_stats": {"usage": used * MIB_A_GIB * MIB_A_GIB, "limit": limit * MIB_A_GIB * MIB_A_GIB},
    }


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond:06d}Z"
