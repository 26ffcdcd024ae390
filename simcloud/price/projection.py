"""From what was used in some time to what a month costs, if it goes on like that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from simcloud.facts import prices
from simcloud.price.bill import Bill
from simcloud.price.price import price
from simcloud.price.spell import Number, exact
from simcloud.price.usage import Usage

FINE = Decimal("1e-9")


def month(usage: Iterable[Usage], since: Number, until: Number) -> Bill:
    """A month of 730 hours of what was used between two moments (epoch seconds), evenly.

    Minimums, begun hours and single events of the period are taken to come again as often: look at a period that is
    long enough. Raises ValueError for a period that is none.
    """
    length = exact(until) - exact(since)
    if length <= 0:
        raise ValueError(f"a period ends after it begins; from {since} until {until} is none")
    times = Decimal(prices.HOURS_A_MONTH.value * 3600) / length
    lines = price(usage, since=since, until=until).lines
    return Bill(tuple(replace(line, amount=(line.amount * times).quantize(FINE)) for line in lines))
