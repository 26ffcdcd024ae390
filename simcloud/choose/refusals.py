"""What the laws say of a workload on ECS with Fargate, and what Fargate's scheduler says of it as a pod."""

from __future__ import annotations

from typing import Any

from simcloud.choose.verdict import Reason
from simcloud.choose.workload import Workload
from simcloud.facts.words import pod as pod_words
from simcloud.rules.engine import judge, normalise_task_definition
from simcloud.rules.seen import Seen, Subnet
from simcloud.sim.eks.pod import Container, Pod, Volume
from simcloud.sim.eks.pod_support import Claim, unsupported

IMAGE = "public.ecr.aws/docker/library/busybox:stable"
CLUSTER, SUBNET = "default", "subnet-0123456789abcdef0"
EBS = "ebs.csi.aws.com"


def on_ecs(work: Workload) -> tuple[Reason, ...]:
    """Why ECS refuses it on Fargate: at registration, else when its service is created. Empty where it does not."""
    request = definition(work)
    found = judge("RegisterTaskDefinition", request, Seen())
    if not found:
        found = judge("CreateService", service(work), _seen(request))
    return tuple(Reason("rule", each.aws, each.source, each.rule) for each in found)


def definition(work: Workload) -> dict[str, Any]:
    """The workload as a request to RegisterTaskDefinition for Fargate."""
    container: dict[str, Any] = {"name": "app", "image": IMAGE}
    volumes: list[dict[str, Any]] = []
    if work.privileged:
        container["privileged"] = True
    if work.gpus:
        container["resourceRequirements"] = [{"type": "GPU", "value": str(work.gpus)}]
    if work.host_files:
        volumes.append({"name": "host", "host": {"sourcePath": "/var/lib"}})
        container["mountPoints"] = [{"sourceVolume": "host", "containerPath": "/host"}]
    size = work.fargate_size
    return {
        "family": "work",
        "requiresCompatibilities": ["FARGATE"],
        "networkMode": "awsvpc",
        "cpu": str(size.cpu if size else work.cpu),
        "memory": str(size.memory if size else work.memory),
        "runtimePlatform": {
            "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE" if work.windows else "LINUX",
            "cpuArchitecture": work.architecture,
        },
        "containerDefinitions": [container],
        "volumes": volumes,
    }


def service(work: Workload) -> dict[str, Any]:
    """The workload as a request to CreateService."""
    count = {"schedulingStrategy": "DAEMON"} if work.daemon else {"desiredCount": work.count}
    network = {"awsvpcConfiguration": {"subnets": [SUBNET]}}
    return {
        "serviceName": "work",
        "taskDefinition": "work",
        "launchType": "FARGATE",
        "networkConfiguration": network,
        **count,
    }


def _seen(request: dict[str, Any]) -> Seen:
    stored = {**normalise_task_definition(request), "status": "ACTIVE"}
    return Seen(clusters={CLUSTER: ()}, definition=stored, subnets={SUBNET: Subnet("vpc-1", "us-east-1a")})


def on_eks(work: Workload) -> tuple[Reason, ...]:
    """Why Fargate's scheduler leaves it pending as a pod (R-276, R-277)."""
    said = unsupported(pod(work), {"data": Claim("vol-1", EBS)})
    return (Reason("rule", said, pod_words.UNSUPPORTED.source),) if said else ()


def pod(work: Workload) -> Pod:
    """The workload as a pod."""
    container = Container(
        name="app",
        image=IMAGE,
        cpu=work.units,
        memory=work.mebibytes,
        resources=("nvidia.com/gpu",) if work.gpus else (),
        privileged=work.privileged,
    )
    volumes = [Volume("host", "hostPath")] if work.host_files else []
    if work.block_storage:
        volumes.append(Volume("data", "persistentVolumeClaim", "data"))
    selector = {"kubernetes.io/os": "windows"} if work.windows else {}
    if work.architecture == "ARM64":
        selector["kubernetes.io/arch"] = "arm64"
    return Pod(
        name="work",
        containers=(container,),
        volumes=tuple(volumes),
        node_selector=selector,
        owner=("DaemonSet", "work") if work.daemon else None,
    )
