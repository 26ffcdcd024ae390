"""A scaling policy is called by an alarm, and sets the service's desired count (R-244 to R-258)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from simcloud.facts import scaling
from simcloud.facts.words import scaling as words
from simcloud.sim.after import after
from simcloud.sim.effects import Effect
from simcloud.sim.events import Event
from simcloud.sim.scaling import events as se
from simcloud.sim.scaling.activities import into_range, set_count, waiting
from simcloud.sim.scaling.capacity import Bounds, Wish, by_steps, by_tracking, together
from simcloud.sim.scaling.cooldown import Cooldown, allowed
from simcloud.sim.scaling.state import Policy, Target
from simcloud.sim.scaling.targets import tell
from simcloud.sim.service import Service
from simcloud.sim.watching.calling import repeats
from simcloud.sim.watching.evaluating import newest, wake
from simcloud.sim.watching.events import AlarmChanged, PolicyCalled
from simcloud.sim.watching.state import ANY_VALUE, NO_VALUE, Alarm
from simcloud.sim.watching.verdict import ALARM

if TYPE_CHECKING:
    from simcloud.sim.world import World


class Range(NamedTuple):
    """What a policy starts from."""

    base: int
    """To scale out."""
    measured: int
    """So many tasks the metric speaks of."""
    capacity: int
    """So many are asked for."""
    bounds: Bounds


TRACK, STEP = "TargetTrackingScaling", "StepScaling"
WAITS = "others"
"""Why an alarm rests: another policy does not agree to scale in."""
IN_OFF, OUT_OFF = "DynamicScalingInSuspended", "DynamicScalingOutSuspended"


@after(PolicyCalled)
def act(world: World, event: PolicyCalled) -> Iterator[Effect]:
    """Scale out or in, as far as bounds, cooldown, a deployment and other policies let it."""
    alarm = world.watching.alarms.get(event.alarm)
    found = _called(world, event.action)
    if alarm is None or found is None:
        return
    target, policy = found
    service = world.services.get(target.service)
    value = newest(world, alarm)
    if service is None or service.status != "ACTIVE" or value is None:
        alarm.stir("value")
        return
    capacity = _capacity(world, service)
    bounds = Bounds(target.minimum, target.maximum)
    if bounds.clamp(capacity) != capacity:
        yield from into_range(world, target)
        return
    last = policy.last
    range_ = _range(world, service, last, capacity, bounds)
    wanted = _wanted(world, target, policy, value - alarm.threshold, range_)
    final = allowed(wanted, capacity, last, world.now)
    held = _held_back(target, service, capacity, final)
    if held or final == capacity:
        _rest(world, target, policy, alarm, capacity, bounds, held)
        _tell_once(world, target, held)
        return
    out = final > capacity
    policy.last = Cooldown(range_.base if out else capacity, final, world.now, _wait(policy, out=out))
    cause = words.TRIGGERED_BY.format(alarm=alarm.name, state=alarm.state, policy=policy.name)
    yield from set_count(world, target, final, cause)


@after(se.TargetRegistered, se.TargetChanged, se.PolicyPut, se.PolicyDeleted, se.ActionDue)
def notice_change(world: World, event: Event) -> Iterator[Effect]:
    """What the policies may do has changed."""
    for alarm in list(world.watching.alarms.values()):
        if alarm.idle:
            yield from wake(world, alarm)


def _called(world: World, action: str) -> tuple[Target, Policy] | None:
    for target in world.scaling.targets.values():
        for policy in target.policies.values():
            if action == policy.arn or action.startswith(f"{policy.arn}:createdBy/"):
                return target, policy
    return None


def _capacity(world: World, service: Service) -> int:
    """What is asked for already counts, before the service has it."""
    asked = waiting(world, service.arn)
    return asked.count if asked is not None and asked.count is not None else service.desired


def _range(world: World, service: Service, last: Cooldown | None, capacity: int, bounds: Bounds) -> Range:
    """The metric speaks of the tasks that there were before what is being carried out now; a scale-out counts what the
    policy added while it cools down as part of the next (R-258)."""
    asked = waiting(world, service.arn)
    measured = capacity if asked is None or asked.before is None else asked.before
    own = measured if last is None else last.base(measured, world.now)
    return Range(min(measured, own), measured, capacity, bounds)


def _wanted(world: World, target: Target, policy: Policy, beyond: float, held: Range) -> int:
    """Each alarm calls for its own policy: out as that one wants; in, only where all that track a target agree (R-250).
    `beyond`: the newest value less the alarm's threshold."""
    if policy.kind == STEP:
        out = by_steps(policy.configuration, held.base, beyond, held.bounds)
        inward = by_steps(policy.configuration, held.measured, beyond, held.bounds)
        return max(out, held.capacity) if out > held.base else min(inward, held.capacity)
    if policy.kind != TRACK:
        return held.capacity
    wishes = {name: _wish(world, each, held) for name, each in target.policies.items() if each.kind == TRACK}
    own = wishes[policy.name]
    return (
        own.capacity if own.capacity > held.capacity else min(held.capacity, together(held.capacity, wishes.values()))
    )


def _wish(world: World, policy: Policy, held: Range) -> Wish:
    """What a target tracking policy wants whose alarms are as they are now."""
    goal = float(policy.configuration["TargetValue"])
    scales_in = not policy.configuration.get("DisableScaleIn")
    wanted = held.capacity
    for name in policy.alarms:
        alarm = world.watching.alarms.get(name)
        if alarm is not None and alarm.state == ALARM and (value := newest(world, alarm)) is not None:
            out = value > goal
            needed = by_tracking(goal, held.base if out else held.measured, value, held.bounds, scales_in=scales_in)
            wanted = max(needed, held.capacity) if out else min(needed, held.capacity)
            break
    return Wish(wanted, tracks=True, scales_in=scales_in)


def _held_back(target: Target, service: Service, capacity: int, wanted: int) -> str:
    """Why the count stays although the policy wants another; '' where nothing speaks against it."""
    if wanted > capacity and target.suspended.get(OUT_OFF):
        return "scaling out is suspended"
    if wanted < capacity and target.suspended.get(IN_OFF):
        return "scaling in is suspended"
    rolling = len(service.deployments) > 1 or any(each.rollout == "IN_PROGRESS" for each in service.deployments)
    if wanted < capacity and rolling:
        return "a deployment is in progress, and scale-in waits for its end"
    return ""


def _rest(world: World, target: Target, policy: Policy, alarm: Alarm, capacity: int, bounds: Bounds, held: str) -> None:
    """Nothing is to be done now. Until when, or for which values, would the policy say so again? What holds it back is
    looked at every minute."""
    alarm.stir()
    last = policy.last if policy.last is not None and policy.last.runs(world.now) else None
    others = [each for each in target.policies.values() if each.kind == TRACK and each is not policy]
    if held or sum(1 for _ in repeats(alarm)) > 1 or (last and (others or policy.kind != TRACK)):
        return
    if not last and policy.kind == TRACK and capacity == (bounds.maximum if _is_high(alarm) else bounds.minimum):
        alarm.idle = "bound"
    elif policy.kind != TRACK:
        alarm.idle = "value"
    elif not others and capacity:
        alarm.idle, alarm.again = "value", last.at + last.seconds if last else math.inf
        alarm.quiet = _quiet(float(policy.configuration["TargetValue"]), capacity, last, high=_is_high(alarm))
    elif not _is_high(alarm) and any(_holds_back(world, each) for each in others):
        alarm.idle, alarm.quiet = WAITS, ANY_VALUE


def _holds_back(world: World, policy: Policy) -> bool:
    """Does the policy not agree to scale in, whatever its metric is, until one of its alarms changes?"""
    alarms = [world.watching.alarms.get(name) for name in policy.alarms]
    low = [alarm for alarm in alarms if alarm is not None and not _is_high(alarm)]
    return not policy.configuration.get("DisableScaleIn") and all(alarm.state != ALARM for alarm in low)


@after(AlarmChanged)
def notice_alarm(world: World, event: AlarmChanged) -> Iterator[Effect]:
    """Another policy of the target agrees to scale in, or no longer: who waits for it looks again this very moment."""
    for target in world.scaling.targets.values():
        names = [name for policy in target.policies.values() for name in policy.alarms]
        for alarm in (world.watching.alarms.get(name) for name in names if event.alarm in names):
            if alarm is not None and alarm.idle == WAITS and alarm.name != event.alarm:
                yield from wake(world, alarm, at_once=True)


def _is_high(alarm: Alarm) -> bool:
    return alarm.operator.startswith("Greater")


def _quiet(goal: float, capacity: int, last: Cooldown | None, *, high: bool) -> tuple[float, float]:
    """Above which value, and up to which, a policy that tracks a target leaves the capacity alone. While it cools down
    it scales in at none, and out where more is needed than it has added already."""
    if high:
        return (-math.inf, goal * capacity / last.before) if last and last.out and last.before else NO_VALUE
    return ANY_VALUE if last else (goal * (capacity - 1) / capacity, math.inf)


def _tell_once(world: World, target: Target, held: str) -> None:
    if held and target.told != held:
        tell(world, target, "stays as it is", held)
    target.told = held


def _wait(policy: Policy, *, out: bool) -> float:
    """Seconds of cooldown."""
    if policy.kind == STEP:
        return float(policy.configuration.get("Cooldown", scaling.COOLDOWN.value))
    name = "ScaleOutCooldown" if out else "ScaleInCooldown"
    return float(policy.configuration.get(name, scaling.COOLDOWN.value))
