"""ECS Service Action and ECS Deployment State Change (R-225).

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html and
.../ecs_service_deployment_events.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from simcloud.facts import words
from simcloud.facts.words import bus as bus_words
from simcloud.facts.words import capacity as capacity_words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.bus.envelope import milliseconds, put, wanted
from simcloud.sim.bus.task_events import ECS, kinds
from simcloud.sim.effects import After, Effect
from simcloud.sim.service import Service, ServiceMessage

if TYPE_CHECKING:
    from simcloud.sim.world import World

ACTION, DEPLOYMENT = "ECS Service Action", "ECS Deployment State Change"
NAMES: dict[str, tuple[str, str]] = {
    str(words.STEADY): ("INFO", "SERVICE_STEADY_STATE"),
    str(words.CANNOT_START): ("WARN", "SERVICE_TASK_START_IMPAIRED"),
    str(words.UNPLACED): ("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE"),
    str(words.NO_INSTANCE_FITS): ("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE"),
    str(words.LAUNCH_FAILED): ("ERROR", "SERVICE_TASK_CONFIGURATION_FAILURE"),
    str(capacity_words.BLOCKED_SERVICE): ("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE"),
    str(capacity_words.UNBALANCED): ("INFO", "SERVICE_REBALANCING_STARTED"),
    str(capacity_words.BALANCED): ("INFO", "SERVICE_REBALANCING_COMPLETED"),
    str(capacity_words.REBALANCING_STOPPED): ("INFO", "SERVICE_REBALANCING_STOPPED"),
    str(capacity_words.MOVED_IN): ("INFO", "TASKS_STARTED"),
    str(capacity_words.MOVED_OUT): ("INFO", "TASKS_STOPPED"),
    str(capacity_words.ZONE_FULL): ("ERROR", "SERVICE_TASK_PLACEMENT_FAILURE"),
}
"""By what a service says in its own events: eventType and eventName."""
ROLLOUTS = {"IN_PROGRESS": "INFO", "COMPLETED": "INFO", "FAILED": "ERROR"}


def watch_services(world: World) -> None:
    """What is true of the services now is no news."""
    for service in world.services.values():
        if service.events:
            world.bus.messages[service.arn] = service.events[0].id
        world.bus.rollouts[service.arn] = {each.id: each.rollout for each in service.deployments}


@after(*kinds(e.ServiceEvent))
def tell_service(world: World, event: e.ServiceEvent) -> Iterator[Effect]:
    """What the service has said and how its deployments have gone on since it was last told."""
    service = world.services.get(event.service)
    if world.bus is None or service is None:
        return
    yield from _actions(world, service)
    yield from _rollouts(world, service)


@after(e.ServiceCreated)
def tell_created(world: World, event: e.ServiceCreated) -> Iterator[Effect]:
    """Its first deployment begins."""
    if world.bus is not None:
        yield from _rollouts(world, event.asked)


def _actions(world: World, service: Service) -> Iterator[Effect]:
    if not service.events or world.bus.messages.get(service.arn) == service.events[0].id:
        return
    last = world.bus.messages.get(service.arn)
    world.bus.messages[service.arn] = service.events[0].id
    if not wanted(world, ECS, ACTION):
        return
    new: list[ServiceMessage] = []
    for message in service.events:
        if message.id == last:
            break
        new.append(message)
    for message in reversed(new):
        if message.template in NAMES:
            yield After(0.0, put(world, ECS, ACTION, (service.arn,), _action(world, service, message)))


def _action(world: World, service: Service, message: ServiceMessage) -> dict[str, Any]:
    kind, name = NAMES[message.template]
    if service.task_sets and name == "SERVICE_STEADY_STATE":
        name = "TASKSET_STEADY_STATE"
    detail: dict[str, Any] = {"eventType": kind, "eventName": name, "clusterArn": service.cluster}
    if name == "SERVICE_TASK_PLACEMENT_FAILURE":
        head = f"arn:aws:ecs:{world.region}:{world.account}:capacity-provider/"
        providers = [head + each["capacityProvider"] for each in service.releases[0].strategy]
        detail |= {"capacityProviderArns": providers} if providers else {}
        detail["reason"] = str(bus_words.NO_FARGATE)
    elif name == "SERVICE_TASK_CONFIGURATION_FAILURE":
        detail["reason"] = message.message.partition("(error ")[2].removesuffix(")")
    return {**detail, "createdAt": milliseconds(message.at)}


def _rollouts(world: World, service: Service) -> Iterator[Effect]:
    before = world.bus.rollouts.get(service.arn, {})
    now = {each.id: each.rollout for each in service.deployments}
    if before == now:
        return
    world.bus.rollouts[service.arn] = now
    if not wanted(world, ECS, DEPLOYMENT):
        return
    for each in reversed(service.deployments):
        if before.get(each.id) != each.rollout and each.rollout in ROLLOUTS:
            detail = {
                "eventType": ROLLOUTS[each.rollout],
                "eventName": f"SERVICE_DEPLOYMENT_{each.rollout}",
                "deploymentId": each.id,
                "updatedAt": milliseconds(each.updated_at),
                "reason": each.rollout_reason,
            }
            yield After(0.0, put(world, ECS, DEPLOYMENT, (service.arn,), detail))
