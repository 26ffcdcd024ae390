"""A bill: lines of amount times rate, exact to the last digit, and rounded only where it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from simcloud.facts.fact import Fact
from simcloud.facts.prices_around import PRODUCTS

CENT = Decimal("0.01")
SHOWN = Decimal("0.000001")
EXAMPLE = "example rate"
"""The note of a line whose rate nobody vouches for."""


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line: so much of something, at a rate."""

    what: str
    """`Fargate vCPU, Linux X86_64`, `NAT gateway hours`."""
    amount: Decimal
    """In the smallest unit that is counted, so that parts add up exactly."""
    unit: str
    """`vCPU-seconds`, `hours`, `GB`: what the rate is for."""
    rate: Decimal
    """US dollars per unit."""
    source: str
    """Where the rate is published."""
    per: int = 1
    """How many of what is counted make one unit: 3600 seconds an hour."""
    product: str = ""
    """The service that charges it, as Cost Explorer names it."""
    family: str = ""
    """What a Compute Savings Plan calls it: fargate, ec2, lambda; '' for what no plan covers."""
    note: str = ""
    """`up to 70 % off`, `example rate`."""

    @property
    def quantity(self) -> Decimal:
        """So many units."""
        return self.amount if self.per == 1 else self.amount / self.per

    @property
    def cost(self) -> Decimal:
        """US dollars; exact, where the units are counted whole."""
        return self.amount * self.rate if self.per == 1 else self.amount * self.rate / self.per

    @property
    def dollars(self) -> Decimal:
        """US dollars, to the cent."""
        return self.cost.quantize(CENT, ROUND_HALF_UP)

    @property
    def key(self) -> tuple[str, str, Decimal, int, str]:
        """Lines of one key are one line of a bill."""
        return (self.what, self.unit, self.rate, self.per, self.product)

    @property
    def shown(self) -> str:
        """The quantity for reading: `0.5 hours`."""
        quantity = self.quantity if self.quantity == self.quantity.to_integral() else self.quantity.quantize(SHOWN)
        return f"{quantity.normalize():,f} {self.unit}"

    def __str__(self) -> str:
        note = f" ({self.note})" if self.note else ""
        return f"{self.what:<40} {self.shown} x ${self.rate:f} = ${self.dollars}{note}"


def charge(
    what: str, amount: Decimal, unit: str, rate: Fact[Decimal], product: str, *, per: int = 1, family: str = ""
) -> BillLine:
    """A line at a published rate; one that is a guess says so. `product` is a key of PRODUCTS."""
    note = EXAMPLE if rate.status == "assumed" else ""
    return BillLine(what, amount, unit, rate.value, rate.source, per, PRODUCTS.value[product], family, note)


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

    def __sub__(self, other: Bill) -> Bill:
        """What this bill has more than the other; less of a line is a negative amount."""
        return merged((*self.lines, *(replace(line, amount=-line.amount) for line in other.lines)))

    def __iter__(self) -> Iterator[BillLine]:
        return iter(self.lines)

    def of(self, word: str) -> Bill:
        """The part of the bill whose lines speak of `word`."""
        return Bill(tuple(line for line in self.lines if word in line.what))

    def by(self, key: Callable[[BillLine], str]) -> dict[str, Bill]:
        """The bill in parts, by what `key` says of a line, in the order in which they first come."""
        parts: dict[str, list[BillLine]] = {}
        for line in self.lines:
            parts.setdefault(key(line), []).append(line)
        return {name: Bill(tuple(lines)) for name, lines in parts.items()}

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be said of its rates, each once."""
        return tuple(dict.fromkeys(f"{line.what}: {line.note}" for line in self.lines if line.note))

    def __str__(self) -> str:
        return "\n".join([*(str(line) for line in self.lines), f"{'total':<40} ${self.total}"])


def merged(lines: Iterable[BillLine]) -> Bill:
    """One line for each thing and rate, in the order in which they first came; lines of nothing are left out."""
    together: dict[tuple[str, str, Decimal, int, str], BillLine] = {}
    for line in lines:
        known = together.get(line.key)
        together[line.key] = line if known is None else replace(known, amount=known.amount + line.amount)
    return Bill(tuple(line for line in together.values() if line.amount))
