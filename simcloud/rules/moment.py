"""A moment as at() takes it, yyyy-MM-dd'T'HH:mm:ss, and Joda-Time's words for one that cannot be read.

Joda-Time reads up to nine digits of a year and one or two of the rest: at(2020-12-08T9:36:00) is AWS's own example.
"""

from __future__ import annotations

import calendar
import re

SAMPLE = 32
"""Characters after the error that the message shows."""
FORM = (
    ("year", r"[+-]?\d{1,9}"),
    ("", "-"),
    ("monthOfYear", r"\d{1,2}"),
    ("", "-"),
    ("dayOfMonth", r"\d{1,2}"),
    ("", "T"),
    ("hourOfDay", r"\d{1,2}"),
    ("", ":"),
    ("minuteOfHour", r"\d{1,2}"),
    ("", ":"),
    ("secondOfMinute", r"\d{1,2}"),
)
RANGES = {"year": (1, 9999), "monthOfYear": (1, 12), "dayOfMonth": (1, 31), "hourOfDay": (0, 23)}
Moment = tuple[int, int, int, int, int, int]


class UnreadableMoment(ValueError):
    """It is no such moment; the message is Joda-Time's."""


def read_moment(text: str) -> Moment:
    """Year, month, day, hour, minute and second. Raises UnreadableMoment."""
    values: dict[str, int] = {}
    place = 0
    for name, pattern in FORM:
        found = re.compile(pattern).match(text, place)
        if found is None:
            raise UnreadableMoment(_malformed(text, place))
        place = found.end()
        if name:
            values[name] = int(found[0])
            _demand_in_range(text, name, values)
    if place < len(text):
        raise UnreadableMoment(_malformed(text, place))
    return (
        values["year"],
        values["monthOfYear"],
        values["dayOfMonth"],
        values["hourOfDay"],
        values["minuteOfHour"],
        values["secondOfMinute"],
    )


def _demand_in_range(text: str, name: str, values: dict[str, int]) -> None:
    first, last = RANGES.get(name, (0, 59))
    if name == "dayOfMonth":
        last = calendar.monthrange(values["year"], values["monthOfYear"])[1]
    if not first <= values[name] <= last:
        raise UnreadableMoment(
            f'Cannot parse "{text}": Value {values[name]} for {name} must be in the range [{first},{last}]'
        )


def _malformed(text: str, place: int) -> str:
    shown = text if len(text) <= place + SAMPLE + 3 else text[: place + SAMPLE] + "..."
    if place <= 0:
        return f'Invalid format: "{shown}"'
    if place >= len(text):
        return f'Invalid format: "{shown}" is too short'
    return f'Invalid format: "{shown}" is malformed at "{shown[place:]}"'
