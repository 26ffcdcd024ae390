"""What a chooser says: the options with their bills, what rules some of them out, the choice and what decided it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from simcloud.price.bill import Bill

Kind = Literal["rule", "limit", "need", "price"]
"""rule: AWS refuses it; limit: it is beyond what the service can do; need: the work itself asks for something else;
price: the cheaper one of those that can do it."""
ORDER: tuple[Kind, ...] = ("rule", "limit", "need", "price")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an option is out, or why one was chosen."""

    kind: Kind
    says: str
    """AWS's own words for a rule; ours for the rest."""
    source: str
    rule: str = ""
    """The id of the law (FG131), where one decides."""

    def __str__(self) -> str:
        return f"{self.kind}{f' {self.rule}' if self.rule else ''}: {self.says}"


@dataclass(frozen=True, slots=True)
class Option:
    """One way to run it, with the bill of a month (730 hours). A bill stands there for comparison even where the option
    is out; None where it cannot be worked out."""

    name: str
    bill: Bill | None
    against: tuple[Reason, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Can it do the work?"""
        return not self.against and self.bill is not None

    @property
    def cost(self) -> Decimal:
        """US dollars a month; 0 where there is no bill."""
        return self.bill.cost if self.bill else Decimal(0)

    def __str__(self) -> str:
        said = f"${self.bill.total} a month" if self.bill else "no price"
        return f"{self.name}: {said}" + "".join(f"; {each}" for each in self.against)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer. `options` are in the order in which the chooser knows them."""

    name: str
    options: tuple[Option, ...]
    choice: Option | None
    """The cheapest of those that can do it; None where none can."""
    decided_by: tuple[Reason, ...]
    """The rules, limits or needs that rule out what is cheaper, or all else; the price, where several are left."""

    @property
    def chosen(self) -> str:
        """The name of the choice; 'none of these'."""
        return self.choice.name if self.choice else "none of these"

    def option(self, name: str) -> Option:
        """The option with this name. Raises KeyError."""
        for each in self.options:
            if each.name == name:
                return each
        raise KeyError(name)

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.chosen}", *(f"  because of {each}" for each in self.decided_by)]
        return "\n".join([*lines, *(f"  {each}" for each in self.options)])


def decide(
    name: str, options: tuple[Option, ...], *, always: Collection[str] = (), aside: Collection[str] = ()
) -> Verdict:
    """The cheapest of the open options, and what made it so: what rules out the cheaper ones, then the price.

    What is against the options in `always` is told even where they would have been dearer; what is against those in
    `aside` comes last, since they are other ways to pay for the same thing.
    """
    able = sorted((each for each in options if each.is_open), key=lambda each: each.cost)
    shut = [each for each in options if each.against]
    if not able:
        return Verdict(name, options, None, _reasons(shut))
    choice = able[0]
    deciding = [each for each in shut if len(able) == 1 or each.name in always or _cheaper(each, choice)]
    first = _reasons(each for each in deciding if each.name not in aside)
    beside = [each for each in able[1:] if each.name in always] or able[1:]
    price = (_price(choice, beside[0]),) if beside else ()
    last = _reasons(each for each in deciding if each.name in aside)
    return Verdict(name, options, choice, tuple(dict.fromkeys((*first, *price, *last))))


def _reasons(options: Iterable[Option]) -> tuple[Reason, ...]:
    """Each once; rules before limits before needs."""
    found = dict.fromkeys(why for each in options for why in each.against)
    return tuple(sorted(found, key=lambda why: ORDER.index(why.kind)))


def _cheaper(option: Option, choice: Option) -> bool:
    return option.bill is not None and option.cost < choice.cost


def _price(choice: Option, other: Option) -> Reason:
    assert choice.bill is not None
    assert other.bill is not None
    says = f"{choice.name} costs ${choice.bill.total} a month, {other.name} ${other.bill.total}"
    return Reason("price", says, "the lines of the two bills")
