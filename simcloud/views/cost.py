"""Costs over days, as Cost Explorer shows them: a column a day, in parts by service, cluster, ECS service or tag."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from simcloud.price import breakdown
from simcloud.price.bill import CENT, Bill
from simcloud.price.price import price
from simcloud.price.usage import Usage
from simcloud.views import palette
from simcloud.views.picture import Picture
from simcloud.views.sheet import Box, Line, Sheet, Text
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud

WIDTH, HEIGHT = 9.6, 3.9
"""Inches."""
LEFT, RIGHT, TOP, BOTTOM = 0.9, 6.5, 0.8, 3.35
LEGEND = 6.75
COLOURS = (palette.EXECUTION, palette.TASK, palette.GOOD, palette.BAD, palette.PLATFORM, palette.KEY)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Each part has a letter, which stands in its boxes where there is room: no meaning is in a colour alone."""
SHOWN = 8
"""Parts with a colour; the rest is one."""
REST = "all others"


@dataclass(frozen=True)
class Costs:
    """US dollars by day and by part, both in their order; parts that cost most come first."""

    title: str
    days: tuple[str, ...]
    parts: tuple[str, ...]
    amounts: Mapping[tuple[str, str], Decimal]

    @property
    def total(self) -> Decimal:
        """US dollars, exact."""
        return sum(self.amounts.values(), Decimal(0))

    def of_day(self, day: str) -> Decimal:
        """US dollars of one day."""
        return sum((self.amounts.get((day, part), Decimal(0)) for part in self.parts), Decimal(0))

    def of_part(self, part: str) -> Decimal:
        """US dollars of one part."""
        return sum((self.amounts.get((day, part), Decimal(0)) for day in self.days), Decimal(0))


def cost(cloud: Cloud, by: str = "product", *, days: int = 14) -> Picture:
    """The picture of the live cloud's costs in its last days. `by`: product, cluster, service, or `tag:team`.

    Raises ValueError for another `by`.
    """
    from simcloud.cloud.usage import usage_of

    world = cloud.world
    since = max(world.begun, world.now - days * breakdown.DAY)
    return draw(costs(usage_of(world), by, repr(since), repr(world.now)))


def costs(usage: Iterable[Usage], by: str, since: str, until: str) -> Costs:
    """By day and part, between two moments (epoch seconds). Raises ValueError for a part that there is not."""
    used = list(usage)
    amounts: dict[tuple[str, str], Decimal] = {}
    dates = breakdown.days(since, until)
    for date, begin, end in dates:
        for part, bill in _parts(used, by, begin, end).items():
            if bill.cost:
                amounts[date, part] = bill.cost
    totals: dict[str, Decimal] = {}
    for (_, part), amount in amounts.items():
        totals[part] = totals.get(part, Decimal(0)) + amount
    order = tuple(sorted(totals, key=lambda part: (-totals[part], part)))
    return Costs(f"Costs by {by.removeprefix('tag:')}", tuple(date for date, *_ in dates), order, amounts)


def _parts(usage: list[Usage], by: str, since: Decimal, until: Decimal) -> dict[str, Bill]:
    if by == "product":
        return price(usage, since=since, until=until).by(breakdown.product)
    known = {"cluster": breakdown.cluster, "service": breakdown.service}
    if by.startswith("tag:"):
        return breakdown.by(usage, breakdown.tag(by.removeprefix("tag:")), since=since, until=until)
    if by not in known:
        raise ValueError(f"costs are shown by product, cluster, service or tag:KEY, not by {by!r}")
    return breakdown.by(usage, known[by], since=since, until=until)


def draw(found: Costs) -> Picture:
    """The picture and its text."""
    return sheet(found).picture(table(found).text)


def sheet(found: Costs) -> Sheet:
    """What is drawn."""
    drawn = Sheet(WIDTH, HEIGHT)
    drawn.add(Text((0.2, 0.32), f"{found.title}: {_dollars(found.total)}", 12, bold=True))
    shown = _few(found)
    most = max((shown.of_day(day) for day in shown.days), default=Decimal(0))
    scale = (BOTTOM - TOP) / float(most or 1)
    step = (RIGHT - LEFT) / max(1, len(shown.days))
    for place, day in enumerate(shown.days):
        _column(drawn, shown, day, LEFT + step * place, step * 0.72, scale)
    drawn.add(Line(((LEFT - 0.08, BOTTOM), (RIGHT, BOTTOM))))
    for place, part in enumerate(shown.parts):
        y = TOP + 0.3 * place
        said = f"{LETTERS[place]}  {part[:26]}  {_dollars(shown.of_part(part))}"
        drawn.add(Box((LEGEND, y - 0.09), 0.18, 0.18, _colour(place)), Text((LEGEND + 0.28, y), said, 8))
    return drawn


def _column(drawn: Sheet, found: Costs, day: str, x: float, width: float, scale: float) -> None:
    y = BOTTOM
    for place, part in enumerate(found.parts):
        height = float(found.amounts.get((day, part), Decimal(0))) * scale
        y -= height
        if height > 0:
            drawn.add(Box((x, y), width, height, _colour(place), palette.PAPER))
        if height > 0.16 and width > 0.14:
            drawn.add(Text((x + width / 2, y + height / 2), LETTERS[place], 7.5, palette.PAPER, anchor="center"))
    if width > 0.3 or found.days.index(day) % 5 == 0:
        drawn.add(
            Text((x + width / 2, BOTTOM + 0.16), day[5:], 7, palette.QUIET, anchor="center"),
            Text((x + width / 2, y - 0.1), _dollars(found.of_day(day)), 7, palette.INK, anchor="center"),
        )


def _colour(place: int) -> str:
    return COLOURS[place % len(COLOURS)]


def _few(found: Costs) -> Costs:
    """The parts that cost most, and the rest as one."""
    if len(found.parts) <= SHOWN:
        return found
    kept = found.parts[: SHOWN - 1]
    amounts: dict[tuple[str, str], Decimal] = {}
    for (day, part), amount in found.amounts.items():
        key = (day, part if part in kept else REST)
        amounts[key] = amounts.get(key, Decimal(0)) + amount
    return Costs(found.title, found.days, (*kept, REST), amounts)


def table(found: Costs) -> Table:
    """The same as a table."""
    rows = [
        (
            day,
            *(_dollars(found.amounts.get((day, part), Decimal(0))) for part in found.parts),
            _dollars(found.of_day(day)),
        )
        for day in found.days
    ]
    return Table(found.title, ("day", *found.parts, "all"), tuple(rows), f"Total: {_dollars(found.total)}")


def compared(bills: Mapping[str, Bill], title: str = "The bills side by side") -> Table:
    """Bills line by line, one column each, with what each comes to."""
    names = dict.fromkeys(line.what for bill in bills.values() for line in bill)
    rows = [
        (
            what,
            *(_dollars(sum((line.cost for line in bill if line.what == what), Decimal(0))) for bill in bills.values()),
        )
        for what in names
    ]
    totals = "; ".join(f"{name}: ${bill.total}" for name, bill in bills.items())
    return Table(title, ("what", *bills), tuple(rows), totals)


def _dollars(amount: Decimal) -> str:
    return f"${amount.quantize(CENT, ROUND_HALF_UP):,f}"
