"""A bill as bars: what cost most stands first, and every line says amount, rate and cost."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from simcloud.price.bill import Bill, BillLine
from simcloud.views import palette
from simcloud.views.picture import Picture, canvas, finished
from simcloud.views.table import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH, TOP, ROW = 9.6, 0.75, 0.42
"""Inches."""
NAME, BAR, LONGEST = 0.2, 4.3, 4.1
"""Where names and bars begin, and how long the longest bar is, in inches."""


def bill(priced: Bill, title: str = "The bill") -> Picture:
    """The picture of a bill, with its table as text."""
    lines = sorted(priced.lines, key=lambda line: (-line.cost, line.what))
    figure, axes = canvas(WIDTH, TOP + ROW * max(1, len(lines)) + 0.1)
    axes.text(NAME, 0.3, f"{title}: ${priced.total}", fontsize=12, fontweight="bold", color=palette.INK, va="center")
    most = max((line.cost for line in lines), default=Decimal(0))
    for number, line in enumerate(lines):
        _draw(axes, line, TOP + ROW * number, float(line.cost / most) if most else 0.0)
    if not lines:
        axes.text(NAME, TOP, "Nothing was used.", color=palette.INK, va="center")
    return finished(figure, table(priced, title).text)


def table(priced: Bill, title: str = "The bill") -> Table:
    """The same as a table, in the bill's own order."""
    rows = tuple((line.what, line.shown, _rate(line), f"${line.dollars}") for line in priced.lines)
    notes = "".join(f" {note}." for note in priced.notes)
    return Table(title, ("what", "amount", "rate", "cost"), rows, f"Total: ${priced.total}{notes}")


def _rate(line: BillLine) -> str:
    return f"${line.rate:f}"


def _draw(axes: Axes, line: BillLine, y: float, share: float) -> None:
    from matplotlib.patches import Rectangle

    axes.text(NAME, y, line.what, fontsize=9, color=palette.INK, va="center")
    axes.text(
        NAME, y + 0.17, f"{line.shown} at {_rate(line)}{_said(line)}", fontsize=7.5, color=palette.QUIET, va="center"
    )
    axes.add_patch(Rectangle((BAR, y - 0.08), max(LONGEST * share, 0.01), 0.24, facecolor=palette.EXECUTION))
    axes.text(BAR + LONGEST * share + 0.08, y + 0.04, f"${line.dollars}", fontsize=9, color=palette.INK, va="center")


def _said(line: BillLine) -> str:
    """Its note, without what the table adds to it."""
    return f" ({line.note.partition(':')[0]})" if line.note else ""
