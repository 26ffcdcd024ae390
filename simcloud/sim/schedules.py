"""When something on a schedule runs: pure arithmetic of time. Time zones come from the IANA database of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

FURTHEST_DAYS = 8 * 366
"""A cron expression that names no day within so many days names none: 29 February comes at least every eight years."""
SATURDAY = 5


@dataclass(frozen=True)
class CronPlan:
    """Values by field; weekdays count from 1, Sunday. `days` or `weekdays` is None: the other decides."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...] | None
    months: tuple[int, ...]
    weekdays: tuple[int, ...] | None
    years: tuple[int, ...]
    """Empty for every year."""
    last_day: int | None = None
    """So many days before the month's last; None where the plan does not count from it."""
    nearest_weekday: bool = False
    nth: int = 0
    last_weekday: bool = False


@dataclass(frozen=True)
class Plan:
    """When an action runs. One of `at`, `every` and `cron` is given."""

    at: tuple[int, int, int, int, int, int] | None = None
    """Year to second, in the zone."""
    every: int = 0
    """Seconds."""
    cron: CronPlan | None = None
    zone: str = "UTC"
    start: float | None = None
    """Epoch seconds."""
    end: float | None = None
    """Epoch seconds. Nothing runs after it."""
    base: float = 0.0
    """Epoch seconds from which a rate without a start counts: when it was asked for."""
    skips: bool = False
    """Is a moment that the clocks jump over left out? Else it comes an hour later."""


def first_run(plan: Plan, now: float) -> float | None:
    """Epoch seconds of the first run from now on, or None. A recurring action with a start runs at its start too."""
    if plan.at is None and plan.start is not None and plan.start >= now:
        return plan.start if _before_end(plan, plan.start) else None
    return next_run(plan, now)


def next_run(plan: Plan, after: float) -> float | None:
    """Epoch seconds of the first run later than `after`, or None."""
    found = _next(plan, max(after, plan.start or after))
    return found if found is not None and _before_end(plan, found) else None


def _before_end(plan: Plan, moment: float) -> bool:
    return plan.end is None or moment <= plan.end


def _next(plan: Plan, after: float) -> float | None:
    if plan.at is not None:
        moment = datetime(*plan.at, tzinfo=_zone(plan.zone)).timestamp()
        return moment if moment > after else None
    if plan.every:
        base = plan.base if plan.start is None else plan.start
        return base + (int((after - base) // plan.every) + 1) * plan.every
    return next((moment for moment in _runs(plan, after) if moment > after), None)


def _zone(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo  # late: most schedules need none

    return ZoneInfo(name)


def _runs(plan: Plan, after: float) -> Iterator[float]:
    """The runs of a cron plan from the day of `after` on, in order."""
    cron, zone = plan.cron, _zone(plan.zone)
    assert cron is not None, "a plan has a moment, a rate or a cron expression"
    day = datetime.fromtimestamp(after, zone).date()
    for _ in range(FURTHEST_DAYS):
        if _runs_on(cron, day):
            moments = (
                datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=zone)
                for hour in cron.hours
                for minute in cron.minutes
                for second in cron.seconds
            )
            yield from sorted(each.timestamp() for each in moments if not (plan.skips and _jumped_over(each)))
        if day == date.max:
            return
        day += timedelta(days=1)


def _jumped_over(moment: datetime) -> bool:
    """Is there no such moment, because the clocks are put forward?"""
    back = datetime.fromtimestamp(moment.timestamp(), moment.tzinfo)
    return back.replace(tzinfo=None) != moment.replace(tzinfo=None)


def _runs_on(cron: CronPlan, day: date) -> bool:
    if day.month not in cron.months or (cron.years and day.year not in cron.years):
        return False
    return _is_weekday(cron, day) if cron.days is None else day in _days_of(cron, day)


def _is_weekday(cron: CronPlan, day: date) -> bool:
    if day.isoweekday() % 7 + 1 not in (cron.weekdays or ()):
        return False
    if cron.last_weekday:
        return (day + timedelta(days=7)).month != day.month
    return not cron.nth or (day.day - 1) // 7 + 1 == cron.nth


def _days_of(cron: CronPlan, day: date) -> list[date]:
    """The days of this day's month."""
    last = _last_of_month(day)
    wanted = list(cron.days or ())
    if cron.last_day is not None:
        wanted = [last.day - cron.last_day]
    days = [day.replace(day=number) for number in wanted if 1 <= number <= last.day]
    return [_nearest_weekday(each, last) for each in days] if cron.nearest_weekday else days


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _nearest_weekday(day: date, last: date) -> date:
    """The working day nearest to it in the same month."""
    if day.weekday() == SATURDAY:
        return day - timedelta(days=1) if day.day > 1 else day + timedelta(days=2)
    if day.weekday() > SATURDAY:
        return day + timedelta(days=1) if day < last else day - timedelta(days=2)
    return day
