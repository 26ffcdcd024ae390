"""Schedules as EventBridge spells them.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (read 2026-11-22)
"""

from __future__ import annotations

import re

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)(s?)\)")
_MONTHS = {name: i for i, name in enumerate("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(), 1)}  # noqa: SIM905
_DAYS = {name: i for i, name in enumerate(("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"), 1)}
_FIELDS: tuple[tuple[int, int, dict[str, int]], ...] = (
    (0, 59, {}),
    (0, 23, {}),
    (1, 31, {}),
    (1, 12, _MONTHS),
    (1, 7, _DAYS),
)
"""Minutes, hours, day of month, month, day of week; the year is taken as it is."""


def is_schedule(expression: str) -> bool:
    """Is it a rate, or a cron expression whose fields can be?"""
    if rate := _RATE.fullmatch(expression):
        return int(rate[1]) > 0 and (rate[3] == "s") == (int(rate[1]) != 1)
    if not expression.startswith("cron(") or not expression.endswith(")"):
        return False
    fields = expression[len("cron(") : -1].split()
    if len(fields) != 6 or (fields[2] == "?") == (fields[4] == "?"):
        return False
    return all(_can_be(field.upper(), place) for place, field in enumerate(fields[:5]))


def _can_be(field: str, place: int) -> bool:
    least, most, names = _FIELDS[place]
    return all(_part(part, place, least, most, names) for part in field.split(","))


def _part(part: str, place: int, least: int, most: int, names: dict[str, int]) -> bool:
    if part in ("*", "?"):
        return part == "*" or place in (2, 4)
    if place == 2 and re.fullmatch(r"L|LW|\d{1,2}W|L-\d{1,2}", part):
        return True
    if place == 4 and re.fullmatch(r"L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5])", part):
        return True
    value, _, step = part.partition("/")
    if "/" in part and not step.isdigit():
        return False
    ends = [value] if value == "*" else value.split("-")
    numbers = [names.get(end, int(end) if end.isdigit() else -1) for end in ends if end != "*"]
    return len(ends) <= 2 and all(least <= number <= most for number in numbers)
