"""Laws on scheduled actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from simcloud.facts import scaling
from simcloud.facts.sources import PREFLIGHT
from simcloud.facts.words import scaling as words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.scaling.expressions import Schedule, UnreadableSchedule, read_schedule
from simcloud.rules.scaling.operations import PUT_ACTION, invalid, too_many
from simcloud.rules.scaling.seen import Seen

ACTION = "ScalableTargetAction"


def _bench(case: str) -> str:
    return f"{PREFLIGHT} (pf-appautoscaling-{case})"


def _held(request: Mapping[str, Any], seen: Seen) -> Mapping[str, Any]:
    """The action of this name that the target has, or nothing."""
    return seen.actions.get(reading.text(request, "ScheduledActionName"), {})


def _readable(request: Mapping[str, Any]) -> Schedule | None:
    try:
        return read_schedule(reading.text(request, "Schedule"))
    except UnreadableSchedule:
        return None


@rule("FG585", on=PUT_ACTION, source=scaling.SCALING_MODEL)
def a_new_action_has_a_schedule(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A new scheduled action says when it runs."""
    if not request.get("Schedule") and not _held(request, seen):
        yield invalid("Schedule", words.SCHEDULE_REQUIRED, "the target has no action of this name yet")


@rule("FG586", on=PUT_ACTION, source=_bench("schedule-expression-form"), status="observed")
def a_schedule_can_be_read(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A schedule is at() with a moment, rate() with a number of minutes, hours or days, or cron() with its fields."""
    if not request.get("Schedule"):
        return
    try:
        read_schedule(reading.text(request, "Schedule"))
    except UnreadableSchedule as wrong:
        yield invalid("Schedule", str(wrong), f"'{request['Schedule']}' is none of the three")


@rule("FG587", on=PUT_ACTION, source=_bench("schedule-rate-unit"), status="observed")
def an_action_runs_once_a_minute_at_most(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Between two runs lies at least a minute."""
    found = _readable(request)
    seconds = found.cron.seconds[:2] if found and found.cron else (0, 0)
    often = found is not None and len(found.cron.seconds if found.cron else ()) > 1
    if found is None or not (often or found == Schedule()):
        return
    first, second = (datetime.fromtimestamp(each, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z") for each in seconds)
    yield invalid("Schedule", words.TOO_OFTEN.format(first=first, second=second), "it would run more often")


@rule("FG588", on=PUT_ACTION, source=_bench("scheduled-action-timezone-iana"), status="observed")
def a_time_zone_is_known(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A time zone goes by its name in the IANA database, like Europe/London."""
    zone = request.get("Timezone")
    if zone is not None and zone not in seen.zones:
        yield invalid("Timezone", words.BAD_ZONE.format(zone=zone), "there is no such zone")


@rule("FG590", on=PUT_ACTION, source=_bench("scheduled-action-start-end-order"), status="observed")
def a_start_comes_before_its_end(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A scheduled action starts before it ends."""
    start, end = request.get("StartTime"), request.get("EndTime")
    if start is not None and end is not None and start >= end:
        yield invalid("StartTime", words.TIME_ORDER, "it would end before it starts")


@rule("FG591", on=PUT_ACTION, source=_bench("scalable-target-action-required"), status="observed")
def a_new_action_does_something(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A new scheduled action says which capacity it sets."""
    if ACTION not in request and not _held(request, seen):
        yield invalid(ACTION, words.ACTION_REQUIRED, "it is missing")


@rule("FG592", on=PUT_ACTION, source=_bench("scalable-target-action-empty"), status="observed")
def an_action_sets_a_bound(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A scheduled action sets the least capacity, the most, or both."""
    given = reading.mapping(request, ACTION)
    if ACTION in request and given.get("MinCapacity") is None and given.get("MaxCapacity") is None:
        yield invalid(ACTION, words.ACTION_EMPTY, "it sets neither")


@rule("FG593", on=PUT_ACTION, source=_bench("scalable-target-action-min-max"), status="observed")
def the_bounds_of_an_action_fit(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A scheduled action sets a least capacity of 0 or more, and no most capacity below it."""
    given = reading.mapping(request, ACTION)
    least, most = reading.number(given, "MinCapacity"), reading.number(given, "MaxCapacity")
    if least is not None and least < 0:
        yield invalid(f"{ACTION}.MinCapacity", words.CAPACITY_LEAST.format(least=0), f"it is {least}")
    elif most is not None and most < (least or 0):
        yield invalid(f"{ACTION}.MaxCapacity", words.CAPACITY_ORDER, f"{most} is less than {least or 0}")


@rule("FG594", on=PUT_ACTION, source=scaling.QUOTAS)
def a_target_has_up_to_two_hundred_actions(request: Mapping[str, Any], seen: Seen) -> Iterator[Refusal]:
    """A target has at most 200 scheduled actions."""
    if len(seen.actions) >= scaling.SCHEDULED_ACTIONS.value and not _held(request, seen):
        text = words.TOO_MANY_ACTIONS.format(most=scaling.SCHEDULED_ACTIONS.value)
        yield too_many("ScheduledActionName", text, f"it has {len(seen.actions)}")
