"""A task as DescribeTasks gives it."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any
from uuid import UUID

from simcloud.cloud.ecs import tags
from simcloud.cloud.ecs.seen import subnets
from simcloud.cloud.live import Call
from simcloud.sim.discovery import endpoints
from simcloud.sim.task import STOPPED, Container, Interface, Task
from simcloud.sim.volumes import ManagedVolume

PROXY = "ecs-service-connect"
"""Before a hyphen and six characters (https://github.com/aws/amazon-ecs-agent/issues/4397)."""
AGENT = "ExecuteCommandAgent"
TIMES = {
    "createdAt": "created_at",
    "connectivityAt": "connectivity_at",
    "pullStartedAt": "pull_started_at",
    "pullStoppedAt": "pull_stopped_at",
    "startedAt": "started_at",
    "stoppingAt": "stopping_at",
    "executionStoppedAt": "execution_stopped_at",
    "stoppedAt": "stopped_at",
}


def shape(call: Call, task: Task, include: Any = ()) -> dict[str, Any]:
    """All members that AWS fills; what has not come yet is absent."""
    plan = task.definition
    answer: dict[str, Any] = {
        "taskArn": task.arn,
        "clusterArn": task.cluster,
        "taskDefinitionArn": plan.arn,
        "group": task.group,
        "lastStatus": task.status,
        "desiredStatus": task.desired,
        "launchType": task.launch_type,
        "cpu": str(plan.cpu),
        "memory": str(plan.memory),
        "version": task.version,
        "healthStatus": task.health,
        "platformVersion": plan.platform_version,
        "platformFamily": plan.platform_family,
        "ephemeralStorage": {"sizeInGiB": plan.ephemeral_gib},
        "fargateEphemeralStorage": {"sizeInGiB": plan.ephemeral_gib, **_storage_key(call, task)},
        "enableExecuteCommand": task.exec_enabled,
        "attributes": [{"name": "ecs.cpu-architecture", "value": plan.architecture.lower()}],
        "attachments": [_attachment(task.interface), *map(_volume, task.volumes)],
        "containers": [*(_container(task, each) for each in task.containers.values()), *_proxy(call, task)],
        "overrides": _overrides(task),
        "tags": tags.of(call, task.arn) if "TAGS" in include else [],
    }
    zone = task.interface.zone or _zone(call, task.interface.subnet)
    optional = {
        "availabilityZone": zone,
        "capacityProviderName": task.provider,
        "startedBy": task.started_by,
        "stopCode": task.stop_code,
        "stoppedReason": task.stopped_reason,
        "connectivity": "CONNECTED" if task.connectivity_at is not None else "",
    }
    answer.update({name: value for name, value in optional.items() if value})
    for name, attribute in TIMES.items():
        if (moment := getattr(task, attribute)) is not None:
            answer[name] = moment
    return answer


def launched(call: Call, task: Task) -> dict[str, Any]:
    """A task as RunTask gives it: with its tags, and nothing said of its health yet (recorded, ecs/task_tags.json)."""
    answer = shape(call, task, ("TAGS",))
    for each in (answer, *answer["containers"]):
        each.pop("healthStatus", None)
    return answer


def stopping(call: Call, task: Task) -> dict[str, Any]:
    """A task as StopTask gives it: nothing is said of its health, and of one that had stopped before not what it was
    made of (recorded, ecs/task_tokens.json)."""
    answer = launched(call, task)
    answer["tags"] = []
    if task.status == STOPPED:
        answer.pop("attributes")
        answer.update(attachments=[], containers=[])
        answer["overrides"] = {"containerOverrides": [], "inferenceAcceleratorOverrides": []}
    return answer


def _attachment(interface: Interface) -> dict[str, Any]:
    details = {
        "subnetId": interface.subnet,
        "networkInterfaceId": interface.id,
        "macAddress": interface.mac,
        "privateDnsName": interface.private_name,
        "privateIPv4Address": interface.address,
    }
    return {
        "id": interface.attachment,
        "type": "ElasticNetworkInterface",
        "status": interface.status,
        "details": [{"name": name, "value": value} for name, value in details.items() if value],
    }


def _volume(volume: ManagedVolume) -> dict[str, Any]:
    details = {
        "roleArn": volume.role,
        "volumeName": volume.name,
        "deleteOnTermination": str(volume.deleted_with_task).lower(),
        "volumeId": volume.id,
        "volumeSize": str(volume.asked.get("sizeInGiB") or ""),
        "statusReason": volume.reason,
    }
    return {
        "id": volume.attachment,
        "type": "AmazonElasticBlockStorage",
        "status": volume.status,
        "details": [{"name": name, "value": value} for name, value in details.items() if value],
    }


def _storage_key(call: Call, task: Task) -> dict[str, str]:
    """The customer key with which the cluster encrypts its tasks' ephemeral storage, where it has one."""
    held = call.world.clusters.get(task.cluster)
    managed = (held.configuration.get("managedStorageConfiguration") or {}) if held else {}
    key = managed.get("fargateEphemeralStorageKmsKeyId")
    return {"kmsKeyId": key} if key else {}


def _container(task: Task, container: Container) -> dict[str, Any]:
    plan, interface = task.definition.container(container.name), task.interface
    answer: dict[str, Any] = {
        "containerArn": container.arn,
        "taskArn": task.arn,
        "name": container.name,
        "image": container.image,
        "lastStatus": "RUNNING" if task.lost and task.status == "RUNNING" else container.status,
        **({"networkBindings": []} if container.runtime_id and container.status in ("RUNNING", "STOPPED") else {}),
        "healthStatus": container.health,
        "cpu": str(plan.cpu),
        "networkInterfaces": [{"attachmentId": interface.attachment, "privateIpv4Address": interface.address}]
        if interface.address
        else [],
    }
    optional = {
        "imageDigest": container.digest,
        "runtimeId": container.runtime_id,
        "reason": container.reason,
        "memory": str(plan.memory or ""),
        "memoryReservation": str(plan.reservation or ""),
    }
    answer.update({name: value for name, value in optional.items() if value})
    if container.exit_code is not None:
        answer["exitCode"] = container.exit_code
    if container.exec_agent:
        since = {} if task.exec_agent_at is None else {"lastStartedAt": task.exec_agent_at}
        answer["managedAgents"] = [{"name": AGENT, "lastStatus": container.exec_agent, **since}]
    return answer


def _proxy(call: Call, task: Task) -> list[dict[str, Any]]:
    """The proxy of Service Connect, that ECS adds to the task: no container of the definition."""
    service = call.world.services.get(task.service)
    release = service.release(task.deployment) if service else None
    if not endpoints.connect(release):
        return []
    place, _, identity = task.arn.replace(":task/", ":container/").rpartition("/")
    digits = blake2b(task.id.encode(), digest_size=16).hexdigest()
    status = "RUNNING" if task.started_at is not None and task.execution_stopped_at is None else "PENDING"
    return [
        {
            "containerArn": f"{place}/{identity}/{UUID(hex=digits, version=4)}",
            "taskArn": task.arn,
            "name": f"{PROXY}-{digits[:6]}",
            "lastStatus": "STOPPED" if task.execution_stopped_at is not None else status,
            "networkBindings": [],
            "healthStatus": "HEALTHY" if status == "RUNNING" else "UNKNOWN",
            "cpu": "0",
            "networkInterfaces": [
                {"attachmentId": task.interface.attachment, "privateIpv4Address": task.interface.address}
            ]
            if task.interface.address
            else [],
        }
    ]


def _overrides(task: Task) -> dict[str, Any]:
    given = dict(task.overrides)
    by_name = {each.get("name"): each for each in given.get("containerOverrides", ())}
    given["containerOverrides"] = [dict(by_name.get(name, {"name": name})) for name in task.containers]
    return {**given, "inferenceAcceleratorOverrides": []}


def _zone(call: Call, subnet: str) -> str:
    held = subnets(call).get(subnet)
    return held.zone if held else ""
