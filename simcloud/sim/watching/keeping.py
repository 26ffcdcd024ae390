"""Alarms are put, deleted, switched and tried out; metrics are put; and what wakes an alarm."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from operator import itemgetter
from typing import TYPE_CHECKING

from simcloud.facts.words import watching as words
from simcloud.sim import events as e
from simcloud.sim.after import after
from simcloud.sim.apps.events import QueueChanged
from simcloud.sim.effects import Effect
from simcloud.sim.load import events as le
from simcloud.sim.watching import events as we
from simcloud.sim.watching import expressions
from simcloud.sim.watching.evaluating import change, due_in, next_step, remember, spoken, wake
from simcloud.sim.watching.state import Said

if TYPE_CHECKING:
    from simcloud.sim.world import World

_moment = itemgetter(0)


@after(we.AlarmPut)
def put(world: World, event: we.AlarmPut) -> Iterator[Effect]:
    """A new alarm knows nothing yet. One that gets new values keeps its state until it is evaluated."""
    alarm, held = event.made, world.watching.alarms.get(event.made.name)
    world.watching.alarms[alarm.name] = alarm
    alarm.since = world.now
    if held is None:
        world.watching.made += 1
        alarm.place = world.watching.made
    else:
        alarm.place = held.place
        alarm.state, alarm.why = held.state, held.why
        alarm.since, alarm.turn, alarm.history = held.since, held.turn, held.history
    verb = "updated" if held else "created"
    remember(world, alarm, "ConfigurationUpdate", words.CONFIGURED.format(name=alarm.name, verb=verb), "{}")
    ids = {query.id for query in alarm.queries}
    for query in alarm.queries:
        if query.expression and (why := expressions.unread(query.expression, ids)):
            world.story.tell(world.now, f"alarm {spoken(alarm)}", "its expression has no data", why, (alarm.name,))
    yield from due_in(world, alarm, next_step(world, alarm))


@after(we.AlarmsDeleted)
def delete(world: World, event: we.AlarmsDeleted) -> Iterator[Effect]:
    """What is planned of them is stale."""
    for name in event.names:
        world.watching.alarms.pop(name, None)
    yield from ()


@after(we.AlarmActionsSwitched)
def switch(world: World, event: we.AlarmActionsSwitched) -> Iterator[Effect]:
    """An alarm whose actions are off changes its state and calls nothing."""
    for name in event.names:
        if (alarm := world.watching.alarms.get(name)) is not None:
            alarm.enabled = event.enabled
            yield from wake(world, alarm)


@after(we.AlarmStateSet)
def try_out(world: World, event: we.AlarmStateSet) -> Iterator[Effect]:
    """It acts as if its metric had done it, until it is evaluated again."""
    alarm = world.watching.alarms.get(event.alarm)
    if alarm is not None:
        if alarm.state != event.state:
            yield from change(world, alarm, event.state, Said(event.reason, event.data))
        yield from wake(world, alarm)


@after(we.MetricsPut)
def keep(world: World, event: we.MetricsPut) -> Iterator[Effect]:
    """The values, in the order of their moments; alarms on the metric look at them."""
    for metric, moment, found, unit in event.data:
        insort(world.watching.put.setdefault(metric, []), (moment, found, unit), key=_moment)
    named = {metric for metric, *_ in event.data}
    for alarm in list(world.watching.alarms.values()):
        if any(query.metric in named for query in alarm.queries):
            yield from wake(world, alarm)


@after(le.CensusChanged)
def notice(world: World, event: le.CensusChanged) -> Iterator[Effect]:
    """The service serves more or less than before, or is asked for more or less."""
    service = world.services[event.service]
    held = world.loads.census.get(event.service)
    groups = held[-1].groups if held else ()
    names = {service.name, *(arn.rpartition(":")[2] for arn in groups)}
    names |= {balancer for arn in groups for balancer in world.loads.balancers.get(arn, ())}
    names |= {queue.name for queue in world.loads.queues.values() if queue.worker == event.service}
    cluster = world.clusters[service.cluster].name
    for alarm in list(world.watching.alarms.values()):
        concerned = alarm.watched & names or cluster in alarm.clusters
        if concerned and not (event.serves_alike and alarm.of_what_is_served):
            yield from wake(world, alarm)


@after(QueueChanged)
def notice_queue(world: World, event: QueueChanged) -> Iterator[Effect]:
    """A message of a queue came or went."""
    for alarm in list(world.watching.alarms.values()):
        if event.queue in alarm.watched:
            yield from wake(world, alarm)


@after(e.ServiceUpdated, e.ServiceCreated)
def notice_update(world: World, event: e.Event) -> Iterator[Effect]:
    """What a scaling policy may do has changed with the service."""
    for alarm in list(world.watching.alarms.values()):
        if alarm.idle:
            yield from wake(world, alarm)
