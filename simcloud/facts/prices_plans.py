"""Compute Savings Plans: what they take off, by term and payment, as far as it was read.

AWS publishes the rates of every term in a table that is made by a script and was not read; what stands here is what
others quote of it, and the most that AWS promises.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, NamedTuple

from simcloud.facts import prices
from simcloud.facts.fact import Fact

READ = "2026-11-23"
APPLYING = "https://docs.aws.amazon.com/savingsplans/latest/userguide/sp-applying.html"
PLANS = "https://docs.aws.amazon.com/savingsplans/latest/userguide/what-is-savings-plans.html"
VANTAGE = "https://www.vantage.sh/blog/what-is-an-aws-savings-plan"

Family = Literal["fargate", "ec2", "lambda"]
"""What a Compute Savings Plan covers."""
Upfront = Literal["none", "partial", "all"]


class Term(NamedTuple):
    """Years, and what is paid at the start."""

    years: int
    upfront: Upfront = "none"

    def __str__(self) -> str:
        return f"{self.years} year{'s' if self.years > 1 else ''}, {self.upfront} upfront"


DISCOUNTS: Mapping[Term, Mapping[Family, Fact[Decimal]]] = {
    Term(1, "none"): {"fargate": Fact(Decimal("0.20"), VANTAGE, "observed", READ, "R-314")},
    Term(3, "none"): {"fargate": Fact(Decimal("0.45"), VANTAGE, "observed", READ, "R-314")},
    Term(3, "all"): {
        "fargate": prices.SAVINGS_PLAN_DISCOUNT,
        "ec2": Fact(Decimal("0.66"), PLANS, read_on=READ),
        "lambda": Fact(Decimal("0.17"), PLANS, read_on=READ),
    },
}
"""Three years, all upfront, is where AWS's *up to* is taken to stand."""
NO_UPFRONT_1_YEAR = DISCOUNTS[Term(1, "none")]["fargate"]
NO_UPFRONT_3_YEARS = DISCOUNTS[Term(3, "none")]["fargate"]
MOST_ON_EC2 = DISCOUNTS[Term(3, "all")]["ec2"]
MOST_ON_LAMBDA = DISCOUNTS[Term(3, "all")]["lambda"]

LEAST_COMMITMENT: Fact[Decimal] = Fact(
    Decimal("0.001"), "https://cloudburn.io/blog/compute-savings-plans", "observed", READ
)
"""US dollars an hour, and the step."""
HOURS_A_YEAR: Fact[int] = Fact(8760, PLANS, "assumed", READ)
PARTIAL_UPFRONT: Fact[Decimal] = Fact(Decimal("0.50"), PLANS, read_on=READ)
"""Partial upfront pays at least half of the commitment at the start."""
