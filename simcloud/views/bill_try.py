"""Try a bill: another size, processor, share of Spot, other hours, a Savings Plan; each step's part of the month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simcloud.facts.prices_plans import Term
from simcloud.price.bill import Bill
from simcloud.price.choices import Choices, chosen
from simcloud.price.plan import SavingsPlan
from simcloud.price.planned import break_even, planned
from simcloud.price.price import price
from simcloud.price.spell import exact
from simcloud.price.usage import TaskUsage, Usage
from simcloud.price.whatif import period
from simcloud.views import bill_waterfall
from simcloud.views.bill_waterfall import Fall
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.views.widgets import Explorer

DAY, MONTH = 86_400, 730 * 3600
AS_IT_WAS = "as it was"
SIZES = {
    AS_IT_WAS: None,
    "0.25 vCPU, 0.5 GB": (256, 512),
    "0.5 vCPU, 1 GB": (512, 1024),
    "1 vCPU, 2 GB": (1024, 2048),
    "1 vCPU, 4 GB": (1024, 4096),
    "2 vCPU, 4 GB": (2048, 4096),
    "4 vCPU, 8 GB": (4096, 8192),
}
PLANS = {
    "none": None,
    "1 year, none upfront": Term(1, "none"),
    "3 years, none upfront": Term(3, "none"),
    "3 years, all upfront": Term(3, "all"),
}
PROCESSORS = (AS_IT_WAS, "ARM64", "X86_64")
TEN_TASKS = (TaskUsage(DAY, cpu=1024, memory=2048, count=10),)
"""A day of ten tasks, where no other run is given."""


@dataclass(frozen=True)
class Tried:
    """What became of one setting: drawn at once for the live view, and as a picture to keep."""

    fall: Fall

    @property
    def text(self) -> str:
        return bill_waterfall.table(self.fall).text

    @property
    def html(self) -> str:
        return bill_waterfall.sheet(self.fall).svg(self.text)

    @cached_property
    def picture(self) -> Any:
        return bill_waterfall.draw(self.fall)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        data: dict[str, Any] = self.picture._repr_mimebundle_()[0]
        return data


def try_bill(usage: Iterable[Usage] = TEN_TASKS) -> Explorer:
    """The explorer of a past run's bill, projected to a month (730 hours); of ten tasks where none is given."""
    from simcloud.views.widgets import Choice, Control, Slider, explorer

    used = tuple(usage)
    controls: dict[str, Control] = {
        "size": Choice("Size of a task", tuple(SIZES)),
        "processor": Choice("Processor", PROCESSORS),
        "spot": Slider("On Spot, in percent", 0, 100, 0, 5),
        "hours": Slider("Hours a day", 1, 24, 24),
        "plan": Choice("Compute Savings Plan", tuple(PLANS)),
    }

    def drawn(size: str, processor: str, spot: int, hours: int, plan: str) -> Tried | Table:
        return tried(used, size=size, processor=processor, spot=spot, hours=hours, plan=plan)

    return explorer("What would this run have cost?", controls, drawn)


def tried(usage: Iterable[Usage], *, size: str, processor: str, spot: int, hours: int, plan: str) -> Tried | Table:
    """The choices one after the other, each with what it changes; AWS's refusal of a size that is not sold."""
    try:
        return Tried(_fall(list(usage), size, processor, spot, hours, plan))
    except ValueError as unsold:
        return Table("This cannot be bought", ("why",), ((str(unsold),),))


def _fall(usage: list[Usage], size: str, processor: str, spot: int, hours: int, plan: str) -> Fall:
    cpu, memory = SIZES[size] or (None, None)
    share = Decimal(spot) / 100 if spot else None
    choices = [
        (f"size: {size}", Choices(cpu=cpu, memory=memory)),
        (f"processor: {processor}", Choices(architecture=None if processor == AS_IT_WAS else processor)),
        (f"{spot} % on Spot", Choices(spot_share=share)),
    ]
    since, until = period(usage)
    times = MONTH / (until - since)
    bills, notes, names = [price(usage)], dict[str, None](), []
    for name, choice in choices:
        if choice == Choices():
            continue
        usage, told = chosen(usage, choice)
        notes |= dict.fromkeys(told)
        names.append(name)
        bills.append(price(usage))
    if hours < 24:
        usage = [_shorter(each, hours) for each in usage]
        names.append(f"{hours} hours a day")
        bills.append(price(usage))
    if term := PLANS[plan]:
        name, bill = _with_plan(usage, term, since, until)
        names.append(name)
        bills.append(bill)
    notes |= dict.fromkeys(bills[-1].notes)
    steps = tuple((name, (after.cost - before.cost) * times) for name, before, after in _pairs(names, bills))
    return Fall("A month of it", bills[0].cost * times, steps, tuple(notes), "as it ran", "with all of this")


def _pairs(names: list[str], bills: list[Bill]) -> Iterator[tuple[str, Bill, Bill]]:
    return zip(names, bills, bills[1:], strict=False)


def _shorter(used: Usage, hours: int) -> Usage:
    """Of each day only so many hours: the first of them. What is no task stays."""
    if not isinstance(used, TaskUsage):
        return used
    days, rest = divmod(used.length, DAY)
    seconds = days * hours * 3600 + min(rest, Decimal(hours * 3600))
    return replace(used, seconds=exact(seconds))


def _with_plan(usage: list[Usage], term: Term, since: Decimal, until: Decimal) -> tuple[str, Bill]:
    """The plan with the commitment that saves most; the bill as it is where none saves."""
    best = break_even(usage, since, until, years=term.years, upfront=term.upfront).best
    if not best:
        return f"plan, {term}: none would pay", price(usage)
    name = f"plan, {term}: ${best:f} an hour"
    return name, planned(usage, SavingsPlan(best, term.years, term.upfront), since, until).bill
