"""A chart on a sheet: time to the right, a number upwards. Several of them under each other share their time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from simcloud.views import palette
from simcloud.views.sheet import Box, Line, Point, Sheet, Text

Series = Sequence[tuple[float, float | None]]
"""Moments in epoch seconds, with a value each; None leaves a gap."""
MARKS = (0.0, 0.25, 0.5, 0.75, 1.0)
"""Shares of the time at which the clock is written."""


@dataclass(frozen=True)
class Plot:
    """Where a chart lies: moments in epoch seconds, everything else in inches but `most`, the highest value."""

    drawn: Sheet
    since: float
    until: float
    left: float
    right: float
    top: float
    bottom: float
    most: float

    def x(self, at: float) -> float:
        """Where a moment is."""
        share = (at - self.since) / max(self.until - self.since, 1.0)
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def y(self, value: float) -> float:
        """Where a value is."""
        return self.bottom - (self.bottom - self.top) * min(max(value / (self.most or 1.0), 0.0), 1.0)

    def frame(self, name: str, colour: str, form: str) -> None:
        """The ground line, what is shown, and its highest value."""
        self.drawn.add(
            Line(((self.left, self.bottom), (self.right, self.bottom)), palette.LINE, 0.8),
            Text((0.2, self.top + 0.45), name, 8.5, colour, bold=True),
            Text((self.left - 0.08, self.top), form.format(self.most), 7.5, palette.QUIET, anchor="right"),
            Text((self.left - 0.08, self.bottom), "0", 7.5, palette.QUIET, anchor="right"),
        )

    def line(self, series: Series, colour: str, *, dash: str = "-") -> None:
        """From value to value, with gaps where there is none."""
        for points in self._unbroken(series):
            self.drawn.add(Line(points, colour, 1.4, dash))

    def area(self, series: Series, fill: str, colour: str) -> None:
        """The same, filled to the ground."""
        for points in self._unbroken(series):
            floor = ((points[-1][0], self.bottom), (points[0][0], self.bottom))
            self.drawn.add(Line((*points, *floor), fill=fill), Line(points, colour, 1.4))

    def steps(self, series: Sequence[tuple[float, float]], colour: str, *, dash: str = "-", fill: str = "") -> None:
        """A value stays until the next moment."""
        ends = [*(at for at, _ in series[1:]), self.until]
        points: list[Point] = []
        for (at, value), end in zip(series, ends, strict=True):
            points += [(self.x(at), self.y(value)), (self.x(end), self.y(value))]
        if fill:
            self.drawn.add(Line((*points, (points[-1][0], self.bottom), (points[0][0], self.bottom)), fill=fill))
        self.drawn.add(Line(points, colour, 1.4, dash))

    def level(self, value: float, words: str, colour: str) -> None:
        """A line at one value, with its name at the right."""
        y = self.y(value)
        self.drawn.add(
            Line(((self.left, y), (self.right, y)), colour, 0.8, "--"),
            Text((self.right, y - 0.09), words, 7.5, colour, anchor="right"),
        )

    def rail(self) -> None:
        """A thin line through the middle."""
        y = (self.top + self.bottom) / 2
        self.drawn.add(Line(((self.left, y), (self.right, y)), palette.LINE, 0.6))

    def bar(self, begin: float, end: float, fill: str, edge: str) -> None:
        """A stretch of time."""
        width = max(self.x(end) - self.x(begin), 0.03)
        self.drawn.add(Box((self.x(begin), self.top), width, self.bottom - self.top, fill, edge))

    def clock(self, y: float) -> None:
        """The time under it."""
        for share in MARKS:
            at = self.since + share * (self.until - self.since)
            anchor = {0.0: "left", 1.0: "right"}.get(share, "center")
            self.drawn.add(Text((self.x(at), y), hours(at, self.until - self.since), 7.5, palette.QUIET, anchor=anchor))

    def _unbroken(self, series: Series) -> Iterator[list[Point]]:
        points: list[Point] = []
        for at, value in series:
            if value is not None:
                points.append((self.x(at), self.y(value)))
            elif points:
                yield points
                points = []
        if points:
            yield points


def hours(at: float, length: float) -> str:
    """The clock; with the day where more than two are shown."""
    form = "%H:%M" if length <= 172_800 else "%d %b %H:%M"
    return datetime.fromtimestamp(at, UTC).strftime(form)
