"""The bill in parts, as Cost Explorer groups it: by day, by service, by cluster, by tag. The parts add up to the whole.

A tag is on the bill only once it was activated as a cost allocation tag in the billing console; what was used before
that stays without it. Here every tag counts
(https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from decimal import Decimal

from simcloud.price.bill import Bill, BillLine
from simcloud.price.price import price
from simcloud.price.spell import Number, exact
from simcloud.price.usage import Usage

DAY = 86_400
NONE = "(none)"
"""Where a cost belongs to nothing of the kind."""
Part = Callable[[Usage], str]


def tag(key: str) -> Part:
    """By the value of a tag: `by(usage, tag("team"))`."""
    return lambda used: used.owner.tag(key)


def cluster(used: Usage) -> str:
    """By the cluster of ECS or EKS."""
    return used.owner.cluster


def service(used: Usage) -> str:
    """By the ECS service."""
    return used.owner.service


def thing(used: Usage) -> str:
    """By the task, pod, gateway... itself."""
    return used.owner.name


def product(line: BillLine) -> str:
    """By what charges it, for `Bill.by`: Elastic Container Service, Virtual Private Cloud, ..."""
    return line.product


def by(
    usage: Iterable[Usage], part: Part, *, since: Number | None = None, until: Number | None = None
) -> dict[str, Bill]:
    """A bill for each part, in the order in which they first come; parts that cost nothing are left out."""
    parts: dict[str, list[Usage]] = {}
    for used in usage:
        parts.setdefault(part(used) or NONE, []).append(used)
    bills = {name: price(used, since=since, until=until) for name, used in parts.items()}
    return {name: bill for name, bill in bills.items() if bill.cost}


def days(since: Number, until: Number) -> list[tuple[str, Decimal, Decimal]]:
    """The days in UTC between two moments (epoch seconds): date, beginning, end; the first and the last cut off."""
    begin, end = exact(since), exact(until)
    found = []
    while begin < end:
        midnight = (begin // DAY + 1) * DAY
        date = datetime.fromtimestamp(float(begin), UTC).strftime("%Y-%m-%d")
        found.append((date, begin, min(midnight, end)))
        begin = midnight
    return found


def by_day(usage: Iterable[Usage], since: Number, until: Number) -> dict[str, Bill]:
    """A bill for each day in UTC. An hour or a minimum that has begun stands in the day in which it began."""
    used = list(usage)
    return {date: price(used, since=begin, until=end) for date, begin, end in days(since, until)}
