"""A bill as a waterfall: what it was, what each change makes of it, what it is then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from simcloud.price.bill import CENT
from simcloud.price.whatif import WhatIf
from simcloud.views import palette
from simcloud.views.picture import Picture
from simcloud.views.sheet import Box, Line, Sheet, Text
from simcloud.views.table import Table

WIDTH, TOP, ROW = 9.6, 0.85, 0.36
"""Inches."""
NAME, LEFT, RIGHT = 0.2, 4.1, 8.3
"""Where names begin, and where the bars begin and end, in inches."""
BAR = 0.22
LONGEST_NAME = 52
"""Characters."""


@dataclass(frozen=True)
class Fall:
    """From one amount to another, step by step: US dollars."""

    title: str
    before: Decimal
    steps: tuple[tuple[str, Decimal], ...]
    """What changes it, and by how much; below 0 for less."""
    notes: tuple[str, ...] = ()
    start: str = "as it was"
    end: str = "then"

    @property
    def after(self) -> Decimal:
        """US dollars at the end."""
        return self.before + sum((change for _, change in self.steps), Decimal(0))

    @property
    def rows(self) -> tuple[tuple[str, Decimal, Decimal, bool], ...]:
        """Name, from, to, and whether it is a whole amount and no change."""
        found: list[tuple[str, Decimal, Decimal, bool]] = [(self.start, Decimal(0), self.before, True)]
        at = self.before
        for name, change in self.steps:
            found.append((name, at, at + change, False))
            at += change
        return (*found, (self.end, Decimal(0), at, True))


def waterfall(found: WhatIf, title: str = "") -> Picture:
    """The picture of a what-if: a step for each line of the bill that costs another amount."""
    return draw(fall(found, title))


def fall(found: WhatIf, title: str = "") -> Fall:
    """The steps of a what-if."""
    steps = tuple((each.what, each.change) for each in found.differences)
    return Fall(title or f"The bill {found.choices.spoken}", found.before.cost, steps, found.notes)


def draw(found: Fall) -> Picture:
    """The picture and its text."""
    return sheet(found).picture(table(found).text)


def sheet(found: Fall) -> Sheet:
    """What is drawn."""
    rows = found.rows
    drawn = Sheet(WIDTH, TOP + ROW * len(rows) + 0.24 * len(found.notes) + 0.2)
    drawn.add(Text((NAME, 0.32), f"{found.title}: {_sum(found)}", 12, bold=True))
    least, most = _bounds(rows)
    scale = (RIGHT - LEFT) / float(most - least or 1)
    zero = LEFT + float(-least) * scale
    for place, row in enumerate(rows):
        _draw(drawn, row, zero, scale, TOP + ROW * place)
    drawn.add(Line(((zero, TOP - 0.1), (zero, TOP + ROW * len(rows) - 0.08))))
    for place, note in enumerate(found.notes):
        y = TOP + ROW * len(rows) + 0.14 + 0.24 * place
        drawn.add(Text((NAME, y), note, 7.5, palette.QUIET))
    return drawn


def _bounds(rows: Sequence[tuple[str, Decimal, Decimal, bool]]) -> tuple[Decimal, Decimal]:
    amounts = [Decimal(0), *(amount for _, begin, end, _ in rows for amount in (begin, end))]
    return min(amounts), max(amounts)


def _draw(drawn: Sheet, row: tuple[str, Decimal, Decimal, bool], zero: float, scale: float, y: float) -> None:
    name, begin, end, is_whole = row
    first, last = sorted((zero + float(begin) * scale, zero + float(end) * scale))
    less = end < begin
    colour = palette.EXECUTION if is_whole else palette.GOOD if less or end == begin else palette.BAD
    said = _dollars(end) if is_whole else _signed(end - begin)
    drawn.add(
        Text((NAME, y + BAR / 2), name[:LONGEST_NAME], 8.5, bold=is_whole),
        Box((first, y), max(last - first, 0.012), BAR, colour, hatched=False),
        Text((last + 0.08, y + BAR / 2), said, 8.5, palette.INK, bold=is_whole),
    )


def table(found: Fall) -> Table:
    """The same in words."""
    rows = tuple(
        (name, "" if is_whole else _signed(end - begin), _dollars(end)) for name, begin, end, is_whole in found.rows
    )
    return Table(found.title, ("what", "change", "then"), rows, ". ".join([_sum(found), *found.notes]))


def _sum(found: Fall) -> str:
    share = f", {abs(found.after - found.before) / found.before:.0%}" if found.before else ""
    way = "less" if found.after < found.before else "more"
    same = found.after == found.before
    return f"{_dollars(found.after)}, as before" if same else f"{_dollars(found.after)}{share} {way}"


def _dollars(amount: Decimal) -> str:
    return f"${amount.quantize(CENT, ROUND_HALF_UP):,f}"


def _signed(change: Decimal) -> str:
    sign = "-" if change < 0 else "+" if change else ""
    return f"{sign}{_dollars(abs(change))}"
