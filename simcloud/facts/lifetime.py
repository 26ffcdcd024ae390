"""How long a fact is believed before somebody has to read it again."""

from __future__ import annotations

from datetime import date, timedelta

DAYS = {
    "prices": 183,
    "quotas": 365,
    "timings": 730,
}
"""By the file of facts. Prices change oftenest; a measured time ages slowly."""

USUAL = 548
"""Days for what no other line names: texts and sizes live through a year and a half."""


def expires(room: str, read_on: str) -> date:
    """The day from which on a fact of this file, read on that day, is too old."""
    return date.fromisoformat(read_on) + timedelta(days=DAYS.get(room, USUAL))
