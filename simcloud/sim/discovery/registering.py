"""Tasks come into Cloud Map when their containers run, and leave it when they are to stop: for service discovery
(serviceRegistries) and for Service Connect.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import Effect

if TYPE_CHECKING:
    from simcloud.sim.discovery.effects import RegisterInstance
    from simcloud.sim.release import Release
    from simcloud.sim.task import Task
    from simcloud.sim.world import World


@after(e.NamespaceNamed)
def name(world: World, event: e.NamespaceNamed) -> Iterator[Effect]:
    """A namespace is known by its name too."""
    world.namespaces[event.name] = event.arn
    world.namespace_names[event.arn] = event.name
    yield from ()


def _release(world: World, task: Task) -> Release | None:
    service = world.services.get(task.service)
    return service.release(task.deployment) if service else None


@after(e.TaskAsked)
def learn(world: World, event: e.TaskAsked) -> Iterator[Effect]:
    """The first task of a deployment decides which endpoints all of its tasks know."""
    release = _release(world, event.asked)
    if release is not None and release.endpoints is None and release.configuration.get("serviceConnectConfiguration"):
        from simcloud.sim.discovery import endpoints

        release.endpoints = endpoints.known(world, world.services[event.asked.service], release)
    yield from ()


@after(e.Activated)
def register(world: World, event: e.Activated) -> Iterator[Effect]:
    """Its containers run: others may find it."""
    task = world.tasks[event.task]
    release = _release(world, task)
    members = ("serviceRegistries", "serviceConnectConfiguration")
    if release is None or not any(release.configuration.get(each) for each in members):
        return
    for each in (*_registries(world, task, release), *_connected(world, task, release)):
        task.instances = (*task.instances, each.service)
        what = each.name or each.service.rsplit("/", 1)[-1]
        world.tell(task, f"is registered with service {what} of Cloud Map as {task.interface.address}")
        yield each


def _attributes(world: World, task: Task, port: int) -> tuple[tuple[str, str], ...]:
    given = {
        "AWS_INSTANCE_IPV4": task.interface.address,
        "AWS_INSTANCE_PORT": str(port) if port else "",
        "AVAILABILITY_ZONE": task.interface.zone,
        "REGION": task.region,
        "ECS_SERVICE_NAME": task.service.rsplit("/", 1)[-1],
        "ECS_CLUSTER_NAME": world.clusters[task.cluster].name,
        "ECS_TASK_DEFINITION_FAMILY": task.definition.family,
    }
    return tuple((key, value) for key, value in given.items() if value)


def _registries(world: World, task: Task, release: Release) -> Iterator[RegisterInstance]:
    from simcloud.sim.discovery.effects import RegisterInstance

    registries: list[dict[str, Any]] = release.configuration.get("serviceRegistries") or []
    for each in registries:
        port = int(each.get("port") or each.get("containerPort") or 0)
        yield RegisterInstance(each["registryArn"], task.id, _attributes(world, task, port), _well(task))


def _connected(world: World, task: Task, release: Release) -> Iterator[RegisterInstance]:
    from simcloud.sim.discovery import endpoints
    from simcloud.sim.discovery.effects import RegisterInstance

    service = world.services[task.service]
    namespace = endpoints.namespace_of(world, service, release)
    for each in endpoints.connect(release).get("services") or ():
        found = endpoints.discovery_name(each)
        override = int(each.get("ingressPortOverride") or 0)
        offered = endpoints.Endpoint("", 0, service.arn, str(each["portName"]), override)
        attributes = _attributes(world, task, endpoints.container_port(world, task.definition.arn, offered))
        arn = endpoints.cloud_map_service(world, service.arn, found)
        yield RegisterInstance(arn, task.id, attributes, _well(task), namespace, found)


def _well(task: Task) -> bool:
    """May others be sent to it? A task with health checks is unhealthy until they succeed."""
    checked = [each for each in task.containers.values() if task.definition.container(each.name).health_interval]
    return all(each.health == "HEALTHY" for each in checked if each.essential)


@after(e.ContainerHealthy, e.ContainerUnhealthy)
def show(world: World, event: e.TaskEvent) -> Iterator[Effect]:
    """Cloud Map hears how its containers are."""
    task = world.tasks[event.task]
    if task.instances:
        from simcloud.sim.discovery.effects import ShowInstanceHealth

        yield from (ShowInstanceHealth(each, task.id, _well(task)) for each in task.instances)


@after(e.StopAsked, e.EssentialContainerExited, e.Drained)
def deregister(world: World, event: e.TaskEvent) -> Iterator[Effect]:
    """It is to stop: nobody shall find it any more."""
    task = world.tasks.get(event.task)
    if task is None or task.wanted or not task.instances:
        return
    from simcloud.sim.discovery.effects import DeregisterInstance

    world.tell(task, "is taken out of Cloud Map")
    yield from (DeregisterInstance(each, task.id) for each in task.instances)
    task.instances = ()
