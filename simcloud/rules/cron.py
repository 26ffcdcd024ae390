"""A cron expression as AWS reads it, which is as the Java library Quartz does, with its words for what it cannot read.

Five or six fields begin with the minutes: minutes, hours, day of month, month, day of week, year. Seven begin with the
seconds. What cannot be read with the minutes first is tried with the seconds first, and AWS tells what was wrong with
that one: so the real service answered on 2026-09-24 (https://github.com/badmintoncryer/cdk-preflight,
pf-appautoscaling-schedule-cron-day-fields).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from simcloud.facts.words import scaling as words

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


class UnreadableCron(ValueError):
    """It cannot be read: where in the field, and why."""

    def __init__(self, details: str, position: int = -1) -> None:
        super().__init__(details)
        self.details = details
        self.position = position


class Field(NamedTuple):
    """What a field of the expression may hold."""

    name: str
    first: int
    last: int
    complaint: str
    names: tuple[str, ...] = ()
    named_from: int = 1


SIXTY = "Minute and Second values must be between 0 and 59"
FIELDS = (
    Field("second", 0, 59, SIXTY),
    Field("minute", 0, 59, SIXTY),
    Field("hour", 0, 23, "Hour values must be between 0 and 23"),
    Field("day", 1, 31, "Day of month values must be between 1 and 31"),
    Field("month", 1, 12, "Month values must be between 1 and 12", MONTHS),
    Field("weekday", 1, 7, "Day-of-Week values must be between 1 and 7", DAYS),
    Field("year", 1970, 2199, "Year values must be between 1970 and 2199"),
)
EVERY_YEAR = tuple(range(FIELDS[-1].first, FIELDS[-1].last + 1))
DAY_FIELDS = ("day", "weekday")


@dataclass(frozen=True)
class Cron:
    """The values at which it runs, by field. Weekdays count from 1, Sunday."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: tuple[int, ...] | None
    """Of the month; None where the weekday decides."""
    months: tuple[int, ...]
    weekdays: tuple[int, ...] | None
    """None where the day of the month decides."""
    years: tuple[int, ...]
    """Empty for every year."""
    last_day: int | None = None
    """So many days before the last of the month; None where the expression does not count from it."""
    nearest_weekday: bool = False
    """The working day nearest to the day."""
    nth: int = 0
    """The first to fifth such weekday of the month; 0 for any."""
    last_weekday: bool = False
    """The last such weekday of the month."""


def read_cron(text: str) -> Cron:
    """The expression between the brackets of cron(). Raises UnreadableCron."""
    try:
        return _read(f"0 {text}")
    except UnreadableCron:
        return _read(text)


def read_from_minutes(text: str) -> Cron:
    """The same, whose first field can only be the minutes. Raises UnreadableCron."""
    return _read(f"0 {text}")


def _read(text: str) -> Cron:
    parts = text.upper().split()[: len(FIELDS)]
    found: dict[str, list[int] | None] = {}
    marks: dict[str, int | bool | None] = {}
    for field, part in zip(FIELDS, parts, strict=False):
        _demand_simple(field, part)
        values: set[int] = set()
        for item in part.split(","):
            values |= _item(field, item, found, marks)
        found[field.name] = None if part == "?" else sorted(values)
    if len(parts) < len(FIELDS) - 1:
        raise UnreadableCron("Unexpected end of expression.", len(text))
    if found["day"] is not None and found["weekday"] is not None:
        raise UnreadableCron(str(words.BOTH_DAYS), 0)
    return _made(found, marks)


def _made(found: dict[str, list[int] | None], marks: dict[str, int | bool | None]) -> Cron:
    def values(name: str) -> tuple[int, ...]:
        return tuple(found.get(name) or ())

    last = marks.get("last_day")
    return Cron(
        values("second"),
        values("minute"),
        values("hour"),
        None if found["day"] is None else values("day"),
        values("month"),
        None if found["weekday"] is None else values("weekday"),
        () if values("year") == EVERY_YEAR else values("year"),
        last_day=None if last is None else int(last),
        nearest_weekday=bool(marks.get("nearest_weekday")),
        nth=int(marks.get("nth") or 0),
        last_weekday=bool(marks.get("last_weekday")),
    )


def _demand_simple(field: Field, part: str) -> None:
    """L with other days, and several nth days, are more than Quartz reads."""
    if field.name == "day" and "L" in part and "," in part:
        raise UnreadableCron("Support for specifying 'L' and 'LW' with other days of the month is not implemented")
    if field.name == "weekday" and "L" in part and "," in part:
        raise UnreadableCron("Support for specifying 'L' with other days of the week is not implemented")
    if field.name == "weekday" and part.count("#") > 1:
        raise UnreadableCron('Support for specifying multiple "nth" days is not implemented.')


def _item(field: Field, item: str, found: dict[str, list[int] | None], marks: dict[str, int | bool | None]) -> set[int]:
    """The values of one item of a field; marks what an L, W or # adds to it."""
    if item == "?":
        return _no_day(field, found)
    if match := re.fullmatch(r"\*?/(\d+)|\*", item):
        return _every(field, int(match[1] or 1))
    if match := re.fullmatch(r"L(?:-(\d+))?(W)?", item):
        return _last(field, int(match[1] or 0), match[2] is not None, marks)
    if match := re.fullmatch(r"(\w+?)(L|W|#(\d+))", item):
        return _marked(field, match[1], match[2], match[3], marks)
    if match := re.fullmatch(r"(\w+)(?:-(\w+))?(?:/(\d+))?", item):
        first = _number(field, match[1])
        last = _number(field, match[2]) if match[2] else first
        return _range(field, first, last, match[3], ranged=match[2] is not None)
    if item.endswith("/"):
        raise UnreadableCron("'/' must be followed by an integer.", max(len(item) - 1, 0))
    raise UnreadableCron(f"Unexpected character: {item[:1]}", 0)


def _no_day(field: Field, found: dict[str, list[int] | None]) -> set[int]:
    twice = field.name == "weekday" and found.get("day") is None
    if field.name not in DAY_FIELDS or twice:
        raise UnreadableCron(str(words.QUESTION_MARKS), 1)
    return set()


def _every(field: Field, step: int) -> set[int]:
    _demand_step(field, step)
    return set(range(field.first, field.last + 1, max(step, 1)))


def _last(field: Field, before: int, working: bool, marks: dict[str, int | bool | None]) -> set[int]:
    if field.name == "weekday" and not before and not working:
        return {7}
    if field.name != "day":
        raise UnreadableCron(f"Illegal characters for this position: '{'L-W'[:1]}'", 0)
    if before > 30:
        raise UnreadableCron("Offset from last day must be <= 30", 2)
    marks["last_day"], marks["nearest_weekday"] = before, working
    return set()


def _marked(field: Field, value: str, mark: str, nth: str | None, marks: dict[str, int | bool | None]) -> set[int]:
    number = _number(field, value)
    wanted = "day" if mark == "W" else "weekday"
    if field.name != wanted:
        raise UnreadableCron(f"'{mark[0]}' option is not valid here. (pos={len(value)})", len(value))
    if nth is not None and not 1 <= int(nth) <= 5:
        raise UnreadableCron("A numeric value between 1 and 5 must follow the '#' option", len(value))
    marks[{"W": "nearest_weekday", "L": "last_weekday"}.get(mark, "nth")] = int(nth) if nth else True
    return _range(field, number, number, None, ranged=False)


def _number(field: Field, text: str) -> int:
    if text.isdigit():
        return int(text)
    name = text[:3]
    if name in field.names and text == name:
        return field.names.index(name) + 1
    kind = {"month": "Invalid Month value", "weekday": "Invalid Day-of-Week value"}.get(field.name)
    raise UnreadableCron(f"{kind or 'Illegal characters for this position'}: '{name}'", 0)


def _range(field: Field, first: int, last: int, step: str | None, *, ranged: bool) -> set[int]:
    """From the first to the last value; a range whose end is lower goes round, and a step without an end to the end."""
    if not (field.first <= first <= field.last and last <= field.last):
        raise UnreadableCron(field.complaint)
    size = int(step or 1)
    _demand_step(field, size)
    if step is not None and not ranged:
        last = field.last
    span = field.last - field.first + 1
    length = last - first if last >= first else last - first + span
    return {field.first + (first - field.first + gone) % span for gone in range(0, length + 1, max(size, 1))}


def _demand_step(field: Field, step: int) -> None:
    if field.name != "year" and step > field.last:
        raise UnreadableCron(f"Increment > {field.last + (field.first == 0)} : {step}", 2)
