"""ECS shifts requests between the two target groups of a service, by the weights of its listener rules (R-230, R-234).

What the rules say is looked at whenever somebody may have changed them: requests follow the rules, not the deployment.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.load.census import recount
from simcloud.sim.release import Release
from simcloud.sim.service import Service
from simcloud.sim.traffic.effects import LookAtRules, SetWeights
from simcloud.sim.traffic.events import RulesSeen
from simcloud.sim.traffic.pairs import Pair, pairs, weights

if TYPE_CHECKING:
    from simcloud.sim.world import World


def look(world: World, service: Service) -> Iterator[Effect]:
    """Look at the rules of the service, if it has any."""
    held = tuple(pairs(service.asked))
    rules = [*(rule for pair in held for rule in pair.rules), *world.loads.routes.get(service.arn, ())]
    if rules:
        groups = [arn for pair in held for arn in (pair.group, pair.alternate)]
        yield LookAtRules(service.arn, tuple(dict.fromkeys(rules)), tuple(dict.fromkeys(groups)))


def shift_production(service: Service, release: Release, percent: float, stage: str) -> Iterator[Effect]:
    """Give this revision so much of the production traffic, the other side the rest."""
    for pair in pairs(release.configuration):
        yield from _set(service, release, pair, pair.production, percent, stage)


def shift_test(service: Service, release: Release, percent: float, stage: str) -> Iterator[Effect]:
    """Give this revision so much of the test traffic, where there is any."""
    for pair in pairs(release.configuration):
        if pair.test:
            yield from _set(service, release, pair, pair.test, percent, stage)


def _set(service: Service, release: Release, pair: Pair, rule: str, percent: float, stage: str) -> Iterator[Effect]:
    new, old = pair.side(alternate=release.alternate), pair.side(alternate=not release.alternate)
    yield SetWeights(service.arn, rule, weights(new, old, percent), pair.role, stage)


@after(e.ServiceCreated)
def begin(world: World, event: e.ServiceCreated) -> Iterator[Effect]:
    """The rules of its load balancers divide its requests."""
    yield from _route(world, event.asked)


@after(e.ServiceUpdated)
def change(world: World, event: e.ServiceUpdated) -> Iterator[Effect]:
    """They may be others from now on."""
    if "loadBalancers" in event.changes:
        yield from _route(world, world.services[event.service])


def _route(world: World, service: Service) -> Iterator[Effect]:
    rules = tuple(pair.production for pair in pairs(service.asked))
    if rules:
        world.loads.routes[service.arn] = rules
    elif service.controller == "ECS":
        world.loads.routes.pop(service.arn, None)
    yield from look(world, service)


@after(e.SurroundingsChanged)
def look_again(world: World, event: e.SurroundingsChanged) -> Iterator[Effect]:
    """Somebody may have changed a rule by hand."""
    for service in world.services.values():
        if service.arn in world.loads.routes and service.status != "INACTIVE":
            yield from look(world, service)


@after(RulesSeen)
def note(world: World, event: RulesSeen) -> Iterator[Effect]:
    """Requests go by what the rules say now."""
    for rule, found in event.rules:
        if found is None:
            world.loads.rules.pop(rule, None)
        else:
            world.loads.rules[rule] = found
    yield from recount(world, event.service)
