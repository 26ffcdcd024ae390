"""A bill: lines of amount times rate, exact to the last digit, and rounded only where it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line: so much of something, at a rate."""

    what: str
    """`Fargate vCPU, Linux X86_64`, `NAT gateway hours`."""
    amount: Decimal
    unit: str
    """`vCPU-seconds`, `hours`, `GB`."""
    rate: Decimal
    """US dollars per unit."""
    source: str
    """Where the rate is published."""

    @property
    def cost(self) -> Decimal:
        """US dollars, exact."""
        return self.amount * self.rate

    @property
    def dollars(self) -> Decimal:
        """US dollars, to the cent."""
        return self.cost.quantize(CENT, ROUND_HALF_UP)

    def __str__(self) -> str:
        return f"{self.what:<40} {self.amount.normalize():f} {self.unit} x ${self.rate} = ${self.dollars}"


@dataclass(frozen=True, slots=True)
class Bill:
    """Lines, each of another thing or another rate."""

    lines: tuple[BillLine, ...] = ()

    @property
    def cost(self) -> Decimal:
        """US dollars, exact."""
        return sum((line.cost for line in self.lines), Decimal(0))

    @property
    def total(self) -> Decimal:
        """US dollars, to the cent. The sum is rounded, not the lines."""
        return self.cost.quantize(CENT, ROUND_HALF_UP)

    def __add__(self, other: Bill) -> Bill:
        return merged((*self.lines, *other.lines))

    def __iter__(self) -> Iterator[BillLine]:
        return iter(self.lines)

    def of(self, word: str) -> Bill:
        """The part of the bill whose lines speak of `word`."""
        return Bill(tuple(line for line in self.lines if word in line.what))

    def __str__(self) -> str:
        return "\n".join([*(str(line) for line in self.lines), f"{'total':<40} ${self.total}"])


def merged(lines: Iterable[BillLine]) -> Bill:
    """One line for each thing and rate, in the order in which they first came; lines of nothing are left out."""
    together: dict[tuple[str, str, Decimal], BillLine] = {}
    for line in lines:
        key = (line.what, line.unit, line.rate)
        known = together.get(key)
        together[key] = line if known is None else replace(known, amount=known.amount + line.amount)
    return Bill(tuple(line for line in together.values() if line.amount))
