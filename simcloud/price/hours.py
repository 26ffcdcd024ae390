"""Use by the hour of the clock: what Savings Plans are applied to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from simcloud.price.bill import Bill, BillLine, merged
from simcloud.price.price import price
from simcloud.price.spell import Number, exact
from simcloud.price.usage import Usage

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the clock, or the part of one that lies in the period."""

    begin: Decimal
    """Epoch seconds."""
    share: Decimal
    """Of a whole hour: 1, less at either end of the period."""
    bill: Bill
    """What a Compute Savings Plan may cover, at on-demand rates."""


def hours(usage: Iterable[Usage], since: Number, until: Number) -> list[Hour]:
    """The hours of a period, each with what was used in it. Raises ValueError for a period that is none."""
    begin, end = exact(since), exact(until)
    if end <= begin:
        raise ValueError(f"a period ends after it begins; from {since} until {until} is none")
    marks = [begin, *range(int(begin // HOUR + 1) * HOUR, int(-(-end // 1)), HOUR), end]
    moments = sorted({Decimal(mark) for mark in marks if begin <= mark <= end})
    lines: list[list[BillLine]] = [[] for _ in moments[1:]]
    for used in usage:
        for place, bill in _of(used, moments):
            lines[place].extend(bill)
    return [
        Hour(first, (last - first) / HOUR, merged(lines[place]))
        for place, (first, last) in enumerate(pairwise(moments))
    ]


def _of(used: Usage, moments: list[Decimal]) -> Iterable[tuple[int, list[BillLine]]]:
    """Its lines in each hour. Whole hours in the middle are alike, and worked out once."""
    begin, end = exact(used.begin), exact(used.begin) + used.length
    alike: list[BillLine] | None = None
    for place, (first, last) in enumerate(pairwise(moments)):
        if last <= begin or (first > end and used.length):
            continue
        inside = begin + HOUR <= first and last <= end and last - first == HOUR and not used._spread()
        if inside and alike is not None:
            yield place, alike
            continue
        found = [line for line in price([used], since=first, until=last) if line.family]
        if inside:
            alike = found
        if found:
            yield place, found
