"""From an event on a bus to its targets: what matches is delivered, tried again, or buried in a dead-letter queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simcloud.facts import events as facts
from simcloud.sim.after import after
from simcloud.sim.bus import events as be
from simcloud.sim.bus.counting import NAMESPACE, count
from simcloud.sim.bus.effects import BuryEvent, Invoke
from simcloud.sim.bus.keeping import held, trigger
from simcloud.sim.bus.matching import any_fits
from simcloud.sim.bus.state import Invocation, Outcome, Rule
from simcloud.sim.effects import After, Effect
from simcloud.sim.story import counted
from simcloud.sim.watching.evaluating import wake

if TYPE_CHECKING:
    from simcloud.sim.world import World

BUS = ":event-bus/"


@after(be.EventPut)
def match(world: World, event: be.EventPut) -> Iterator[Effect]:
    """Every rule of the bus that is enabled and whose pattern fits is triggered, in the order of their making."""
    bus, fitting = held(world), []
    for rule in bus.on(event.region, event.bus):
        if (not event.rule or rule.arn == event.rule) and any_fits(rule.wanted, event.event):
            fitting.append(rule)
    if fitting and bus.matched != event.event["id"]:
        bus.matched = str(event.event["id"])
        count(world, "MatchedEvents")
    for rule in fitting:
        if _goes_round(world, rule, event.event):
            count(world, "DeadLetterInvocations", rule.name)
            _tell(world, rule, "does nothing for this event", _round(rule))
        else:
            yield from trigger(world, rule, dict(event.event), forwarded=event.forwarded)
    if fitting:
        yield from _wake_alarms(world)


def _goes_round(world: World, rule: Rule, event: Mapping[str, Any]) -> bool:
    """Is the event about a task of a task of a task that the rule itself started?"""
    behind = (world.bus.started.get(arn, ("", 0)) for arn in event.get("resources") or ())
    return any(arn == rule.arn and number >= facts.LOOPS.value for arn, number in behind)


def _round(rule: Rule) -> str:
    return f"it is about a task that {rule.name} started for events of its own tasks: it would go on for ever"


def _tell(world: World, rule: Rule, what: str, why: str) -> None:
    world.story.tell(world.now, f"rule {rule.name}", what, why, (rule.name, rule.arn))


@after(be.InvocationDue)
def invoke(world: World, event: be.InvocationDue) -> Iterator[Effect]:
    """One after the other: what comes of one is told before the next is tried."""
    waiting = held(world).waiting
    waiting.append(event.invocation)
    if len(waiting) == 1:
        yield from _begin(world, event.invocation)


def _begin(world: World, made: Invocation) -> Iterator[Effect]:
    """Another bus of the account gets the event itself; every other target is invoked in its own way."""
    arn = str(made.target["Arn"])
    if BUS in arn and not made.scheduled:
        yield from _forward(world, made, arn)
    else:
        yield Invoke(made)


def _forward(world: World, made: Invocation, arn: str) -> Iterator[Effect]:
    """An event goes from bus to bus once (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-bus-to-bus.html)."""
    region, account, bus = arn.split(":")[3], arn.split(":")[4], arn.rpartition("/")[2]
    if made.forwarded:
        outcome = Outcome(False, f"sends nothing to bus {bus}", "the event came from another bus already", idle=True)
    elif account != world.account:
        why = "buses of other accounts are not simulated: send to an SQS queue, and read it there"
        outcome = Outcome(False, f"sends nothing to bus {bus}", why, idle=True)
    else:
        outcome = Outcome(True, f"sends the event to bus {bus}")
        yield After(0.0, be.EventPut(made.event, region, bus, forwarded=True))
    yield After(0.0, be.Delivered(made, outcome))


@after(be.Delivered)
def settle(world: World, event: be.Delivered) -> Iterator[Effect]:
    """Count it and tell it. A failure that may pass is tried again; another one ends in the dead-letter queue."""
    made, outcome = event.invocation, event.outcome
    if outcome.idle or outcome.done:
        if outcome.done:
            count(world, "Invocations", made.name)
        _told(world, made, outcome.says, outcome.why)
        _remember(world, made, outcome)
    elif outcome.again and not (exhausted := _exhausted(world, made)):
        wait = _wait(made.retries)
        _told(world, made, outcome.says, f"{outcome.why}; tried again in {wait:g} s")
        yield After(wait, be.InvocationDue(replace(made, retries=made.retries + 1)))
    else:
        count(world, "Invocations", made.name)
        count(world, "FailedInvocations", made.name)
        gave_up = f", after {counted(made.retries, 'retry').replace('retrys', 'retries')}" if made.retries else ""
        _told(world, made, f"{outcome.says}{gave_up}: {outcome.code}", outcome.why)
        if (made.target.get("DeadLetterConfig") or {}).get("Arn"):
            yield BuryEvent(made, outcome, exhausted if outcome.again else "")
    yield from _wake_alarms(world)
    world.bus.waiting.popleft()
    if world.bus.waiting:
        yield from _begin(world, world.bus.waiting[0])


def _remember(world: World, made: Invocation, outcome: Outcome) -> None:
    """Which rule started the tasks, and how many of its own tasks stand behind them."""
    behind = [world.bus.started[arn] for arn in made.event.get("resources") or () if arn in world.bus.started]
    number = max((number for arn, number in behind if arn == made.source), default=0)
    for task in outcome.tasks:
        world.bus.started[task] = (made.source, number + 1)


def _wait(retries: int) -> float:
    """Seconds to the next attempt: twice as long each time."""
    return float(min(facts.FIRST_WAIT_SECONDS.value * 2.0 ** min(retries, 32), facts.LONGEST_WAIT_SECONDS.value))


def _exhausted(world: World, made: Invocation) -> str:
    """Which limit of the retry policy the next attempt would break; '' for none."""
    policy = made.target.get("RetryPolicy") or {}
    attempts, age = policy.get("MaximumRetryAttempts"), policy.get("MaximumEventAgeInSeconds")
    if made.retries >= (facts.RETRIES.value if attempts is None else int(attempts)):
        return "MaximumRetryAttempts"
    oldest = made.first_at + (facts.AGE_SECONDS.value if age is None else float(age))
    return "MaximumEventAgeInSeconds" if world.now + _wait(made.retries) > oldest else ""


def _told(world: World, made: Invocation, what: str, why: str) -> None:
    event = made.event
    about = (made.name, made.source, *(str(arn) for arn in event.get("resources") or ()))
    world.story.tell(world.now, made.who, what, why, about)


@after(be.DeadLettered)
def bury(world: World, event: be.DeadLettered) -> Iterator[Effect]:
    """The event is kept for somebody to look at, or lost."""
    made = event.invocation
    if event.why:
        count(world, "InvocationsFailedToBeSentToDlq", made.name)
        _told(world, made, f"cannot put the event into its dead-letter queue {event.queue}: it is lost", event.why)
    else:
        count(world, "InvocationsSentToDlq", made.name)
        _told(world, made, f"puts the event into its dead-letter queue {event.queue}", "")
    yield from _wake_alarms(world)


def _wake_alarms(world: World) -> Iterator[Effect]:
    """Alarms on EventBridge's metrics look at them."""
    for alarm in list(world.watching.alarms.values()):
        if any(query.metric is not None and query.metric.namespace == NAMESPACE for query in alarm.queries):
            yield from wake(world, alarm)
