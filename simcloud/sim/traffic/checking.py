"""Before ECS shifts traffic it looks whether the listener rules can carry it; where they cannot, it rolls back (R-234).

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshooting-blue-green.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from simcloud.facts.words import shift as words
from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.service_tasks import review_in
from simcloud.sim.traffic.events import RulesSeen, ShiftRefused, Weights
from simcloud.sim.traffic.pairs import Pair, pairs

if TYPE_CHECKING:
    from simcloud.sim.world import World


def problem(pair: Pair, rules: Mapping[str, Weights]) -> str:
    """What AWS says against these rules; '' where they can carry the shift."""
    if any(rule not in rules for rule in pair.rules):
        return str(words.RULES_MISSING)
    served = [group for group, weight in rules[pair.production] if weight > 0]
    if len(served) > 1:
        return words.SEVERAL_SERVE.format(rule=pair.production, count=len(served))
    for found in served:
        if found not in (pair.group, pair.alternate):
            return words.UNEXPECTED_GROUP.format(found=found, group=pair.group, alternate=pair.alternate)
    named = {group for rule in pair.rules for group, _ in rules[rule]}
    for group in (pair.group, pair.alternate):
        if group not in named:
            return words.NOT_ASSOCIATED.format(group=group)
    return ""


@after(RulesSeen)
def judge(world: World, event: RulesSeen) -> Iterator[Effect]:
    """A deployment of stages that has just begun may go on, or is to be rolled back."""
    service = world.services[event.service]
    ongoing = service.ongoing
    if ongoing is None or not ongoing.stage or ongoing.looked or event.shifted:
        return
    ongoing.looked = True
    found = next((text for pair in pairs(service.asked) if (text := problem(pair, world.loads.rules))), "")
    if found:
        world.tell_service(service, "its listener rules cannot carry the deployment", found)
        ongoing.become("ROLLBACK_REQUESTED", world.now, found)
    yield from review_in(world, service, 0.0)


@after(ShiftRefused)
def refuse(world: World, event: ShiftRefused) -> Iterator[Effect]:
    """The infrastructure role may not do it: back to the revision before."""
    service = world.services[event.service]
    world.tell_service(service, f"cannot shift its traffic at {event.stage}", event.why)
    ongoing = service.ongoing
    if ongoing is not None and ongoing.status == "IN_PROGRESS":
        ongoing.become("ROLLBACK_REQUESTED", world.now, event.reason)
        yield from review_in(world, service, 0.0)
