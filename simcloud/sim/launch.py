"""A new task from a definition and what was asked: by RunTask or by a service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simcloud.sim.definition import read
from simcloud.sim.task import STOPPED, Container, Interface, Task
from simcloud.sim.volumes import managed_volumes

if TYPE_CHECKING:
    from simcloud.sim.cluster import Cluster
    from simcloud.sim.world import World

ID_LENGTH = 32


@dataclass(frozen=True)
class Launch:
    """What one task is to be."""

    cluster: Cluster
    stored: Mapping[str, Any]
    """The stored task definition."""
    network: Mapping[str, Any]
    """awsvpcConfiguration as the API spells it."""
    launch_type: str = "FARGATE"
    provider: str = ""
    group: str = ""
    started_by: str = ""
    service: str = ""
    deployment: str = ""
    round: int = 0
    exec_enabled: bool = False
    overrides: Mapping[str, Any] = field(default_factory=dict)
    volumes: Sequence[Mapping[str, Any]] = ()
    """volumeConfigurations as the API spells them."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The image digest that a service's deployment keeps to, by container."""


def new_task(world: World, launch: Launch, beside: Sequence[Task] = (), crowd: Mapping[str, int] | None = None) -> Task:
    """Make the task, with ids of its own, in the subnet with the fewest tasks of its group. `beside` are tasks of the
    same call that the world does not hold yet; or give `crowd`, the tasks of the group by subnet."""
    definition = read(launch.stored, launch.overrides)
    task_id = world.fresh("task", ID_LENGTH)
    group = launch.group or f"family:{definition.family}"
    place = f"{launch.cluster.name}/{task_id}"
    head = f"arn:aws:ecs:{world.region}:{world.account}"
    network = launch.network
    containers = {
        plan.name: Container(
            name=plan.name,
            arn=f"{head}:container/{place}/{world.uuid('container')}",
            image=plan.image.text,
            essential=plan.essential,
            environment=dict(plan.environment),
            exec_agent="PENDING" if launch.exec_enabled else "",
            pinned=launch.digests.get(plan.name, "") if plan.pinned else "",
        )
        for plan in definition.containers
    }
    return Task(
        id=task_id,
        arn=f"{head}:task/{place}",
        cluster=launch.cluster.arn,
        definition=definition,
        interface=Interface(
            attachment=world.uuid("attachment"),
            subnet=spread(launch, crowded(world, launch, group, beside) if crowd is None else crowd),
            groups=tuple(network.get("securityGroups") or ()),
            public=network.get("assignPublicIp") == "ENABLED",
        ),
        containers=containers,
        created_at=world.now,
        launch_type=launch.launch_type,
        provider=launch.provider,
        group=group,
        started_by=launch.started_by,
        service=launch.service,
        deployment=launch.deployment,
        round=launch.round,
        overrides=dict(launch.overrides),
        exec_enabled=launch.exec_enabled,
        volumes=managed_volumes(world, launch.volumes),
    )


def crowded(world: World, launch: Launch, group: str, beside: Sequence[Task] = ()) -> Counter[str]:
    """How many tasks of the group each subnet holds. The group of a service is its own tasks."""
    if launch.service and not beside:
        return Counter(world.roster.crew(launch.service).subnets)
    return Counter(
        task.interface.subnet
        for task in (*world.tasks.values(), *beside)
        if task.cluster == launch.cluster.arn and task.group == group and task.status != STOPPED and task.wanted
    )


def spread(launch: Launch, crowd: Mapping[str, int]) -> str:
    """The subnet that holds the fewest tasks of the group; of several the first one named."""
    return str(min(launch.network["subnets"], key=lambda subnet: crowd.get(subnet, 0)))
