"""What if: a past run's bill with other choices, and the exact difference line by line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from simcloud.price.bill import CENT, Bill
from simcloud.price.choices import Choices, chosen
from simcloud.price.planned import planned
from simcloud.price.price import price
from simcloud.price.spell import Number, exact
from simcloud.price.usage import Usage


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of the bill, before and after: US dollars, exact."""

    what: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        """US dollars more; below 0 for less."""
        return self.after - self.before

    def __str__(self) -> str:
        return f"{self.what}: ${_cents(self.before)} -> ${_cents(self.after)} ({_cents(self.change):+})"


@dataclass(frozen=True)
class WhatIf:
    """A run's bill as it was, and with other choices."""

    choices: Choices
    before: Bill
    after: Bill
    notes: tuple[str, ...] = ()
    """What the choices could not be made for, and what has to be said of the rates."""

    @property
    def change(self) -> Decimal:
        """US dollars more; below 0 for less. The sum of the differences."""
        return self.after.cost - self.before.cost

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The lines whose cost is another one, in the order of the bills."""
        found = differences(self.before, self.after)
        return tuple(each for each in found if each.change)

    def __str__(self) -> str:
        head = f"{self.choices.spoken}: ${self.before.total} -> ${self.after.total} ({_cents(self.change):+})"
        return "\n".join([head, *map(str, self.differences), *self.notes])


def differences(before: Bill, after: Bill) -> tuple[Difference, ...]:
    """Every line of two bills, by what it is for."""
    old, new = _costs(before), _costs(after)
    zero = Decimal(0)
    return tuple(Difference(what, old.get(what, zero), new.get(what, zero)) for what in dict.fromkeys((*old, *new)))


def what_if(
    usage: Iterable[Usage], choices: Choices, *, since: Number | None = None, until: Number | None = None
) -> WhatIf:
    """The bill of a run with other choices. Raises ValueError for choices that are not sold or not priced.

    A plan needs a period: without one it is that from the first beginning to the last end.
    """
    used = list(usage)
    after_use, notes = chosen(used, choices)
    before = price(used, since=since, until=until)
    if choices.plan is None:
        after = price(after_use, since=since, until=until)
    else:
        begin, end = period(used)
        after = planned(
            after_use, choices.plan, begin if since is None else since, end if until is None else until
        ).bill
    return WhatIf(choices, before, after, (*notes, *after.notes))


def period(usage: Iterable[Usage]) -> tuple[Decimal, Decimal]:
    """From the first beginning to the last end, in epoch seconds. Raises ValueError where nothing was used."""
    used = list(usage)
    if not used:
        raise ValueError("nothing was used, so there is no period")
    return min(exact(each.begin) for each in used), max(exact(each.begin) + each.length for each in used)


def _costs(bill: Bill) -> dict[str, Decimal]:
    costs: dict[str, Decimal] = {}
    for line in bill:
        costs[line.what] = costs.get(line.what, Decimal(0)) + line.cost
    return costs


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
