"""Compute Savings Plans, applied as AWS applies them.

A plan is a commitment in US dollars an hour, paid every hour whether it is used or not. In each hour it goes, at the
plan's rates, to what it saves most on, and among equals to the lower rate, until it is used up; the rest is on demand.
It covers Fargate on ECS and EKS (vCPU and memory), EC2 and Lambda (duration); not Spot, not storage, not the network.
Reserved Instances do not cover Fargate at all (https://docs.aws.amazon.com/savingsplans/latest/userguide/, R-314).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from simcloud.facts.prices_plans import (
    DISCOUNTS,
    HOURS_A_YEAR,
    LEAST_COMMITMENT,
    PARTIAL_UPFRONT,
    Family,
    Term,
    Upfront,
)
from simcloud.price.bill import Bill, BillLine

FINE = Decimal("1e-12")
"""To so much of a unit an amount is shared out; the rest of it is on demand."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """So much of one thing in one hour that a plan may cover."""

    what: str
    amount: Decimal
    rate: Decimal
    """US dollars per unit, on demand."""
    plan_rate: Decimal
    """US dollars per unit, with the plan."""

    @property
    def saved(self) -> Decimal:
        """Share of the on-demand rate."""
        return 1 - self.plan_rate / self.rate


@dataclass(frozen=True, slots=True)
class Applied:
    """One hour with a plan."""

    covered: Mapping[str, Decimal]
    """Amount by thing."""
    used: Decimal
    """US dollars of the commitment."""
    replaced: Decimal
    """US dollars that the covered use would have cost on demand."""


def order(each: Eligible) -> tuple[Decimal, Decimal, str]:
    """Of two, the lesser is covered first."""
    return (-each.saved, each.plan_rate, each.what)


def apply(commitment: Decimal, eligible: Iterable[Eligible]) -> Applied:
    """Share out one hour's commitment: most saved first, then the lower rate."""
    left, replaced = commitment, Decimal(0)
    covered: dict[str, Decimal] = {}
    for each in sorted(eligible, key=order):
        whole = each.amount * each.plan_rate
        if whole <= 0 or left <= 0:
            continue
        amount = each.amount if whole <= left else (left / each.plan_rate).quantize(FINE, ROUND_DOWN)
        covered[each.what] = covered.get(each.what, Decimal(0)) + amount
        left -= min(whole, left)
        replaced += amount * each.rate
    return Applied(covered, commitment - left, replaced)


def named(line: BillLine) -> str:
    """A line as plans tell it from others: tasks of ECS and pods of EKS have the same lines."""
    return f"{line.product}: {line.what}"


@dataclass(frozen=True)
class SavingsPlan:
    """A commitment for a term. Raises ValueError for one that AWS does not sell, or whose rates were not read."""

    commitment: Decimal
    """US dollars an hour."""
    years: int = 1
    upfront: Upfront = "none"
    discounts: Mapping[Family, Decimal] | None = None
    """Share off the on-demand rate by what is covered, where a real account knows its own; else what was read."""

    def __post_init__(self) -> None:
        if self.years not in (1, 3) or self.upfront not in ("none", "partial", "all"):
            raise ValueError("a Savings Plan runs for 1 or 3 years, with none, partial or all of it paid upfront")
        if self.commitment < 0 or self.commitment % LEAST_COMMITMENT.value:
            raise ValueError(f"a commitment is so many times ${LEAST_COMMITMENT.value} an hour, not {self.commitment}")
        if self.discounts is None and self.term not in DISCOUNTS:
            known = "; ".join(map(str, DISCOUNTS))
            raise ValueError(f"the rates of {self.term} were not read: give `discounts`, or take {known}")
        if any(not 0 <= each < 1 for each in (self.discounts or {}).values()):
            raise ValueError("a discount is a share from 0 up to, but not including, 1")

    @property
    def term(self) -> Term:
        return Term(self.years, self.upfront)

    def __str__(self) -> str:
        return f"Compute Savings Plan, {self.term}, ${self.commitment:f} an hour"

    @property
    def off(self) -> Mapping[Family, Decimal]:
        """Share off the on-demand rate, by what is covered."""
        if self.discounts is not None:
            return self.discounts
        return {family: fact.value for family, fact in DISCOUNTS[self.term].items()}

    @property
    def note(self) -> str:
        """What has to be said of its rates."""
        if self.discounts is not None:
            return ""
        most = self.term == Term(3, "all")
        return "up to: the most that AWS promises" if most else "rates as others quote them"

    def eligible(self, bill: Bill) -> list[Eligible]:
        """What of an hour's bill the plan may cover."""
        off = self.off
        return [
            Eligible(named(line), line.quantity, line.rate, line.rate * (1 - off[line.family]))  # type: ignore[index]
            for line in bill
            if line.family in off and line.rate
        ]

    @property
    def paid_upfront(self) -> Decimal:
        """US dollars at the start of the term."""
        shares = {"none": Decimal(0), "partial": PARTIAL_UPFRONT.value, "all": Decimal(1)}
        return self.commitment * HOURS_A_YEAR.value * self.years * shares[self.upfront]

    @property
    def paid_hourly(self) -> Decimal:
        """US dollars an hour, beside what was paid upfront."""
        return self.commitment - self.paid_upfront / (HOURS_A_YEAR.value * self.years)
