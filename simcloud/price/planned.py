"""A period's bill with a Savings Plan, how well the plan was used, and which commitment would have been best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from simcloud.facts.prices_around import PRODUCTS
from simcloud.facts.prices_plans import LEAST_COMMITMENT, PLANS, Family, Term, Upfront
from simcloud.price.bill import Bill, BillLine, merged
from simcloud.price.hours import Hour, hours
from simcloud.price.plan import SavingsPlan, apply, named, order
from simcloud.price.price import price
from simcloud.price.spell import Number
from simcloud.price.usage import Usage


@dataclass(frozen=True)
class Planned:
    """A period with a plan."""

    plan: SavingsPlan
    bill: Bill
    """The commitment, and what it left on demand."""
    before: Bill
    """The same use without the plan."""
    committed: Decimal
    used: Decimal
    replaced: Decimal
    """US dollars that the covered use would have cost on demand."""
    eligible: Decimal
    """US dollars of all use that a plan may cover, on demand."""

    @property
    def utilisation(self) -> Decimal:
        """How much of the commitment was used, 0 to 1."""
        return self.used / self.committed if self.committed else Decimal(0)

    @property
    def coverage(self) -> Decimal:
        """How much of the eligible use was covered, 0 to 1."""
        return self.replaced / self.eligible if self.eligible else Decimal(0)

    @property
    def saved(self) -> Decimal:
        """US dollars less than without the plan; below 0 where it costs more than it saves."""
        return self.before.cost - self.bill.cost


def planned(usage: Iterable[Usage], plan: SavingsPlan, since: Number, until: Number) -> Planned:
    """The bill of a period with a plan. Of the first and the last hour the plan pays the part in the period."""
    used = list(usage)
    before = price(used, since=since, until=until)
    spent = replaced = committed = eligible = Decimal(0)
    covered: dict[str, Decimal] = defaultdict(Decimal)
    periods = hours(used, since, until)
    for hour in periods:
        part = plan.eligible(hour.bill)
        applied = apply(plan.commitment * hour.share, part)
        committed += plan.commitment * hour.share
        spent, replaced = spent + applied.used, replaced + applied.replaced
        eligible += sum((each.amount * each.rate for each in part), Decimal(0))
        for what, amount in applied.covered.items():
            covered[what] += amount
    length = sum((hour.share for hour in periods), Decimal(0))
    return Planned(plan, _bill(plan, before, length, covered), before, committed, spent, replaced, eligible)


def _bill(plan: SavingsPlan, before: Bill, length: Decimal, covered: Mapping[str, Decimal]) -> Bill:
    left = []
    for line in before:
        taken = covered.get(named(line), Decimal(0)) if line.family else Decimal(0)
        left.append(replace(line, amount=line.amount - taken * line.per))
    what = f"Compute Savings Plan, {plan.term}"
    paid = BillLine(what, length, "hours", plan.commitment, PLANS, product=PRODUCTS.value["plan"], note=plan.note)
    return merged([paid, *left])


@dataclass(frozen=True, slots=True)
class BreakEven:
    """What commitments do for a given use: US dollars an hour, in the steps in which they are sold."""

    term: Term
    best: Decimal
    """With which the bill is lowest."""
    saved: Decimal
    """US dollars that the best one saves in the period."""
    most: Decimal
    """The highest commitment with which the bill is not higher than without a plan: the break-even."""


def break_even(
    usage: Iterable[Usage],
    since: Number,
    until: Number,
    *,
    years: int = 1,
    upfront: Upfront = "none",
    discounts: Mapping[Family, Decimal] | None = None,
) -> BreakEven:
    """The best commitment for this use, and the one from which on a plan costs more than it saves.

    In each hour a commitment buys, dollar by dollar, first what it saves most on; the bill as a function of the
    commitment is therefore made of straight pieces and bends upwards, and both answers stand at its corners.
    """
    plan = SavingsPlan(Decimal(0), years, upfront, discounts)
    curve = _curve(plan, hours(usage, since, until))
    step = LEAST_COMMITMENT.value
    corner = min(curve, key=lambda point: (point.change, point.commitment))
    below = _sold(corner.commitment)
    best = min((below, below + step), key=lambda commitment: (_change(curve, commitment), commitment))
    last = [point for point in curve if point.change <= 0][-1]
    most = last.commitment - last.change / last.slope if last.slope > 0 else last.commitment
    return BreakEven(plan.term, best, -_change(curve, best), _sold(most))


def _sold(commitment: Decimal) -> Decimal:
    """The step at or below."""
    step = LEAST_COMMITMENT.value
    return (commitment / step).to_integral_value(ROUND_FLOOR) * step


class Point(NamedTuple):
    """A corner of the curve: from here on the bill rises by `slope` for each dollar an hour more."""

    commitment: Decimal
    change: Decimal
    """US dollars more than without a plan."""
    slope: Decimal


def _curve(plan: SavingsPlan, periods: list[Hour]) -> list[Point]:
    """Corners stand where one thing of an hour is wholly covered: the next saves less, or nothing is left to cover."""
    slope, bends = Decimal(0), defaultdict[Decimal, Decimal](Decimal)
    for hour in periods:
        parts = sorted(plan.eligible(hour.bill), key=order)
        gains = [part.rate / part.plan_rate * hour.share for part in parts] + [Decimal(0)]
        slope += hour.share - gains[0]
        at = Decimal(0)
        for part, gain, following in zip(parts, gains, gains[1:], strict=False):
            at += part.amount * part.plan_rate / hour.share
            bends[at] += gain - following
    curve = [Point(Decimal(0), Decimal(0), slope)]
    for commitment, bend in sorted(bends.items()):
        change = curve[-1].change + curve[-1].slope * (commitment - curve[-1].commitment)
        curve.append(Point(commitment, change, curve[-1].slope + bend))
    return curve


def _change(curve: list[Point], commitment: Decimal) -> Decimal:
    point = [each for each in curve if each.commitment <= commitment][-1]
    return point.change + point.slope * (commitment - point.commitment)
