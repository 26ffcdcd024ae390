"""A Spot wave: who ran on demand and on Spot, who was warned and stopped, what came instead, and what was left of the
capacity that was wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Protocol

from simcloud.cloud.spot_history import Life, SpotHistory
from simcloud.views import palette
from simcloud.views.picture import Picture
from simcloud.views.sheet import Box, Line, Mark, Point, Sheet, Text

WIDTH = 9.6
"""Inches."""
LEFT, RIGHT = 1.75, 9.25
"""Where time begins and ends, in inches."""
TOP, ROW, GAP = 1.15, 0.17, 0.3
"""The heading, one task, and the space before a group of tasks, in inches."""
CHART, BELOW = 1.35, 0.35
"""Heights of the capacity chart and of the times under it, in inches."""
MOST = 40
"""Tasks that are drawn; the text has them all."""
LEGEND = "pale: starting    full: RUNNING    v: interruption warning    hatched: stopping    x: STOPPED"
KINDS = ((False, "on demand: FARGATE"), (True, "Spot: FARGATE_SPOT"))


class HasSpot(Protocol):
    """A cloud, as far as this view needs it."""

    def spot_history(self, service: str, cluster: str = "default", *, minutes: float | None = None) -> SpotHistory: ...


def spot_wave(cloud: HasSpot, service: str, cluster: str = "default", *, minutes: float | None = None) -> Picture:
    """The picture of a service: of the last so many minutes, or since it was made. Raises LookupError where there is
    none."""
    return draw(cloud.spot_history(service, cluster, minutes=minutes))


def draw(history: SpotHistory) -> Picture:
    """The picture and its text."""
    return sheet(history).picture(text(history))


def sheet(history: SpotHistory) -> Sheet:
    """What is drawn."""
    shown = history.lives[:MOST]
    drawn = Sheet(WIDTH, _height(shown))
    _heading(drawn, history, len(shown))
    _waves(drawn, history, drawn.height - BELOW)
    y = TOP
    for is_spot, title in KINDS:
        lives = [life for life in shown if life.spot is is_spot]
        if lives:
            drawn.add(Text((0.2, y + 0.06), title, 8.5, _ink(is_spot), bold=True))
            y += GAP
        for life in lives:
            _draw_life(drawn, history, life, y)
            y += ROW
    drawn.add(Text((LEFT, y + 0.08), LEGEND, 7.5, palette.QUIET))
    _capacity(drawn, history, y + 0.4)
    return drawn


def text(history: SpotHistory) -> str:
    """What the picture says, line by line."""
    lines = [_title(history), *_summary(history)]
    for life in history.lives:
        lines.append(f"{life.id[:8]}  {life.provider:<12}  {life.zone or '-':<12}  {_fate(life)}")
    lines.append("desired, running and serving tasks over time:")
    lines += [f"{_clock(each.at)}  {each.desired:>3}  {each.running:>3}  {each.serving:>3}" for each in history.levels]
    return "\n".join(lines)


def _title(history: SpotHistory) -> str:
    return f"Service {history.service}, {_clock(history.since)} to {_clock(history.until)} UTC"


def _summary(history: SpotHistory) -> list[str]:
    taken, low = sum(count for _, count in history.waves), history.lowest
    waves = "no wave" if not history.waves else f"{len(history.waves)} wave" + ("s" if len(history.waves) > 1 else "")
    least = f"at the lowest {low.running} of {low.desired} tasks ran, from {_clock(low.at)} on"
    lines = [f"{waves}, {taken} interrupted; {least}"]
    if history.served.asked:
        lines.append(f"{history.served.availability:.2%} of {history.served.asked:,.0f} requests were answered")
    return lines


def _fate(life: Life) -> str:
    parts = [f"asked for {_clock(life.asked_at)}"]
    for moment, what in (
        (life.running_at, "RUNNING"),
        (life.warned_at, "interruption warning and SIGTERM"),
        (None if life.warned_at else life.stopping_at, "told to stop"),
        (life.stopped_at, "STOPPED"),
    ):
        if moment is not None:
            parts.append(f"{what} {_clock(moment)}")
    return ", ".join(parts)


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S")


def _height(shown: Sequence[Life]) -> float:
    groups = len({life.spot for life in shown})
    return TOP + GAP * groups + ROW * len(shown) + 0.4 + CHART + BELOW


def _heading(drawn: Sheet, history: SpotHistory, shown: int) -> None:
    drawn.add(Text((0.2, 0.25), _title(history), 12, bold=True))
    for number, line in enumerate(_summary(history)):
        drawn.add(Text((0.2, 0.52 + 0.18 * number), line, 8.5, palette.QUIET))
    if left := len(history.lives) - shown:
        drawn.add(Text((RIGHT, 0.25), f"and {left} more tasks", 8, palette.QUIET, anchor="right"))


def _x(history: SpotHistory, at: float) -> float:
    length = max(history.until - history.since, 1.0)
    return LEFT + (RIGHT - LEFT) * min(max((at - history.since) / length, 0.0), 1.0)


def _ink(is_spot: bool) -> str:
    return palette.TASK if is_spot else palette.EXECUTION


def _draw_life(drawn: Sheet, history: SpotHistory, life: Life, y: float) -> None:
    label = f"{life.id[:8]}  {life.zone[-2:]}" if life.zone else life.id[:8]
    drawn.add(Text((0.2, y), label, 7, mono=True))
    end = life.stopped_at if life.stopped_at is not None else history.until
    running = end if life.running_at is None else life.running_at
    stopping = end if life.stopping_at is None else life.stopping_at
    ink, paper = _ink(life.spot), palette.TASK_PAPER if life.spot else palette.EXECUTION_PAPER
    _bar(drawn, history, (life.asked_at, min(running, stopping)), y, paper, ink)
    _bar(drawn, history, (running, stopping), y, ink, ink)
    if life.stopping_at is not None:
        _bar(drawn, history, (stopping, end), y, palette.BAD_PAPER, palette.BAD, hatched=True)
    if life.warned_at is not None:
        drawn.add(Mark((_x(history, life.warned_at), y), "v", palette.BAD))
    if life.stopped_at is not None:
        drawn.add(Mark((_x(history, life.stopped_at), y), "x", palette.BAD))


def _bar(
    drawn: Sheet,
    history: SpotHistory,
    span: tuple[float, float],
    y: float,
    fill: str,
    edge: str,
    *,
    hatched: bool = False,
) -> None:
    begin, end = (_x(history, at) for at in span)
    if end > begin:
        drawn.add(Box((begin, y - 0.05), end - begin, 0.1, fill, edge, hatched))


def _waves(drawn: Sheet, history: SpotHistory, bottom: float) -> None:
    """A line for each wave, down through all tasks."""
    for at, count in history.waves:
        x = _x(history, at)
        drawn.add(Line(((x, TOP - 0.08), (x, bottom)), palette.BAD, 0.8, ":"))
        drawn.add(Text((x, TOP - 0.16), f"wave: {count}", 7.5, palette.BAD, anchor="center"))


def _capacity(drawn: Sheet, history: SpotHistory, top: float) -> None:
    """Running tasks as an area, desired ones as a line above it."""
    most = max(max(each.desired, each.running) for each in history.levels) or 1
    bottom = top + CHART

    def height(count: int) -> float:
        return bottom - (CHART - 0.15) * count / most

    running = _steps(history, [height(each.running) for each in history.levels])
    desired = _steps(history, [height(each.desired) for each in history.levels])
    floor = ((running[-1][0], bottom), (running[0][0], bottom))
    low = history.lowest
    drawn.add(
        Line((*running, *floor), fill=palette.GOOD_PAPER),
        Line(running, palette.GOOD, 1.6),
        Line(desired, palette.INK, 1.0, "--"),
        Line(((LEFT, bottom), (RIGHT, bottom)), palette.LINE, 0.8),
        Text((0.2, height(most)), f"desired {history.levels[-1].desired}  - - -", 8),
        Text((0.2, (top + bottom) / 2 + 0.1), "running tasks", 8, palette.GOOD),
        Text((0.2, bottom - 0.05), "0", 8, palette.QUIET),
        Text((_x(history, low.at) + 0.06, min(height(low.running) + 0.12, bottom - 0.08)), f"{low.running} left", 8,
             palette.GOOD),
    )  # fmt: skip
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        at = history.since + share * (history.until - history.since)
        drawn.add(Text((_x(history, at), bottom + 0.16), _clock(at), 7.5, palette.QUIET, anchor="center"))


def _steps(history: SpotHistory, heights: Sequence[float]) -> list[Point]:
    """A line that stays until the next moment."""
    ends = [*(each.at for each in history.levels[1:]), history.until]
    points: list[Point] = []
    for level, end, height in zip(history.levels, ends, heights, strict=True):
        points += [(_x(history, level.at), height), (_x(history, end), height)]
    return points
