"""What the live world has used until now, as values that `simcloud.price` makes a bill of.

    price(usage_of(cloud.world))

Data through NAT gateways and interface endpoints is not counted by the simulation: give it by hand where it matters.
Gateways and endpoints that were deleted are not counted either.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from simcloud.price.usage import AddressUsage, EndpointUsage, NatUsage, TaskUsage, Usage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simcloud.sim.eks.kubernetes import PodState
    from simcloud.sim.task import Task
    from simcloud.sim.world import World


def usage_of(world: World) -> list[Usage]:
    """Tasks and their public addresses, pods, NAT gateways and VPC endpoints, from their beginning until now."""
    used: list[Usage] = []
    for task in world.tasks.values():
        if task.launch_type == "FARGATE" and (seconds := _seconds(task, world.now)) > 0:
            used.append(_task_usage(task, seconds))
            if task.interface.public_address:
                used.append(AddressUsage(str(seconds)))
    return [*used, *_pods(world), *_around(world)]


def _seconds(task: Task, now: float) -> float:
    """From the start of the pull until the task stopped, or until now (R-307)."""
    if task.pull_started_at is None:
        return 0.0
    return (task.stopped_at if task.stopped_at is not None else now) - task.pull_started_at


def _task_usage(task: Task, seconds: float) -> TaskUsage:
    definition = task.definition
    return TaskUsage(
        seconds=str(seconds),
        cpu=definition.cpu,
        memory=definition.memory,
        storage=definition.ephemeral_gib,
        architecture=definition.architecture,
        windows=definition.system.startswith("WINDOWS"),
        purchase="spot" if task.provider == "FARGATE_SPOT" else "on-demand",
    )


def _pods(world: World) -> Iterator[TaskUsage]:
    """The pods of EKS that had a node, from when it joined until it was gone: a pod that ended keeps it (R-285)."""
    if world.eks is None:
        return
    ended: list[PodState] = [*world.eks.past]
    for kube in world.eks.kubernetes.values():
        ended += kube.gone
        for pod in kube.nodes():
            yield _pod_usage(pod, world.now)
    for pod in ended:
        yield _pod_usage(pod, pod.ended_at or world.now)


def _pod_usage(pod: PodState, end: float) -> TaskUsage:
    """In the size that Fargate gave the pod, with its own 256 MiB (R-273, R-307)."""
    assert pod.size is not None  # it had a node
    assert pod.billed_from is not None
    return TaskUsage(seconds=str(end - pod.billed_from), cpu=pod.size.cpu, memory=pod.size.memory, storage=pod.storage)


def _around(world: World) -> list[Usage]:
    """NAT gateways and VPC endpoints that stand."""
    from moto.ec2.models import ec2_backends

    backend = ec2_backends[world.account][world.region]
    used: list[Usage] = []
    for gateway in backend.nat_gateways.values():
        if gateway.state == "available":
            used.append(NatUsage(_standing(gateway._created_at, world.now)))
    for endpoint in backend.vpc_end_points.values():
        used.append(
            EndpointUsage(
                service=endpoint.service_name.split(".", 3)[-1],
                seconds=_standing(endpoint.creation_timestamp, world.now),
                zones=len({backend.get_subnet(subnet).availability_zone for subnet in endpoint.subnet_ids or ()}),
                gateway=endpoint.vpc_endpoint_type == "Gateway",
            )
        )
    return used


def _standing(made: datetime, now: float) -> str:
    """Seconds from the making (moto's clock is naive UTC) until now."""
    return str(max(0.0, now - made.replace(tzinfo=UTC).timestamp()))
