"""A task's life as a timeline: each moment with its time, its status, what happened, and which role was in use."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from simcloud.views import palette
from simcloud.views.moments import Actor, Moment, TaskLike, moments, spoken
from simcloud.views.picture import Picture, canvas, finished

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 9.6
"""Inches."""
CLOCK, SINCE, RAIL, STATUS, WHAT, ACTOR = 0.2, 0.84, 1.78, 1.98, 3.42, 8.42
"""Where the columns begin, in inches from the left; RAIL is the line itself."""
TOP, LINE, GAP = 0.78, 0.185, 0.17
"""Height of the heading, of a line of text and of the space between two moments, in inches."""
WHAT_WIDTH, REASON_WIDTH = 64, 120
"""Characters to a line."""

COLOURS: dict[Actor, tuple[str, str]] = {
    "Fargate": (palette.PLATFORM, palette.PLATFORM_PAPER),
    "execution role": (palette.EXECUTION, palette.EXECUTION_PAPER),
    "task role": (palette.TASK, palette.TASK_PAPER),
    "your code": (palette.TASK, palette.TASK_PAPER),
}


class HasTasks(Protocol):
    """A cloud, as far as this view needs it."""

    def task(self, arn_or_id: str) -> Any: ...


def timeline(cloud: HasTasks, task: TaskLike | str) -> Picture:
    """The timeline of this task, or of the one with this ARN or id. Raises LookupError where there is none."""
    return draw(cloud.task(task) if isinstance(task, str) else task)


def draw(task: TaskLike) -> Picture:
    """The picture and its text."""
    rows = rows_of(moments(task.story, task.task_role))
    reason = reason_of(task)
    below = (0.45 + LINE * len(reason)) if reason else 0.1
    height = TOP + sum(row.height for row in rows) + below
    figure, axes = canvas(WIDTH, height)
    _heading(axes, task)
    y = TOP
    for row in rows:
        _draw(axes, row, y, is_last=row is rows[-1])
        y += row.height
    _draw_reason(axes, task, reason, y)
    return finished(figure, text(task))


def text(task: TaskLike) -> str:
    """What the picture says, line by line."""
    found = moments(task.story, task.task_role)
    lines = [title_of(task)]
    for moment, since in zip(found, _waits(found), strict=True):
        lines.append(f"{moment.clock}  {since:>12}  {moment.status:<14}  {moment.actor:<14}  {_said(moment)}")
    if task.stopped_reason:
        lines += [f"{task.stop_code}: {task.stopped_reason}", *([f"Why: {task.why}"] if task.why else [])]
    return "\n".join(line.rstrip() for line in lines)


def title_of(task: TaskLike) -> str:
    return f"Task {task.id[:8]} of {task.definition}: {task.status}"


def _said(moment: Moment) -> str:
    return moment.what + (f" ({moment.why})" if moment.why else "")


def _waits(found: Sequence[Moment]) -> list[str]:
    """How long after the moment before each came; '' for the first and for what came at once."""
    gaps = [later.at - earlier.at for earlier, later in pairwise(found)]
    return ["", *(f"+{spoken(gap)}" if gap >= 0.5 else "" for gap in gaps)][: len(found)]


@dataclass(frozen=True)
class Row:
    moment: Moment
    since: str
    what: tuple[str, ...]
    why: tuple[str, ...]

    @property
    def height(self) -> float:
        return LINE * max(1, len(self.what) + len(self.why)) + GAP


def rows_of(found: Sequence[Moment]) -> list[Row]:
    return [
        Row(
            moment,
            since,
            tuple(textwrap.wrap(moment.what, WHAT_WIDTH)),
            tuple(textwrap.wrap(moment.why, WHAT_WIDTH + 6)),
        )
        for moment, since in zip(found, _waits(found), strict=True)
    ]


def _heading(axes: Axes, task: TaskLike) -> None:
    axes.text(CLOCK, 0.28, title_of(task), fontsize=12, fontweight="bold", color=palette.INK, va="center")
    for x, heading in ((CLOCK, "time (UTC)"), (STATUS, "status"), (WHAT, "what happened"), (ACTOR, "who acts")):
        axes.text(x, 0.58, heading, fontsize=8, color=palette.QUIET, va="center")


def _draw(axes: Axes, row: Row, y: float, *, is_last: bool) -> None:
    moment, middle = row.moment, y + LINE / 2
    ink, paper = COLOURS[moment.actor]
    if not is_last:
        axes.plot(
            [RAIL, RAIL], [middle, middle + row.height], color=ink, linewidth=2.5, solid_capstyle="butt", zorder=1
        )
    colour = palette.BAD if moment.bad else ink
    marker = "X" if moment.bad else "o"
    axes.plot([RAIL], [middle], marker=marker, markersize=8, color=colour, markeredgecolor=palette.PAPER, zorder=2)
    axes.text(CLOCK, middle, moment.clock, fontsize=8.5, color=palette.INK, va="center")
    axes.text(SINCE, middle, row.since, fontsize=7.5, color=palette.QUIET, va="center")
    if moment.status:
        axes.text(STATUS, middle, moment.status, fontsize=9, fontweight="bold", color=palette.INK, va="center")
    _lines(axes, row.what, middle, palette.BAD if moment.bad else palette.INK, 9)
    _lines(axes, row.why, middle + LINE * len(row.what), palette.QUIET, 8)
    box = {"boxstyle": "round,pad=0.25", "facecolor": paper, "edgecolor": ink, "linewidth": 0.8}
    axes.text(ACTOR, middle, moment.actor, fontsize=8, color=ink, va="center", bbox=box)


def _lines(axes: Axes, lines: Sequence[str], y: float, colour: str, size: float) -> None:
    for number, line in enumerate(lines):
        axes.text(WHAT, y + LINE * number, line, fontsize=size, color=colour, va="center")


def reason_of(task: TaskLike) -> list[str]:
    if not task.stopped_reason:
        return []
    why = textwrap.wrap(f"Why: {task.why}", REASON_WIDTH) if task.why else []
    return [f"{task.stop_code}", *textwrap.wrap(task.stopped_reason, REASON_WIDTH), *why]


def _draw_reason(axes: Axes, task: TaskLike, lines: Sequence[str], y: float) -> None:
    if not lines:
        return
    from matplotlib.patches import Rectangle

    bad = task.stop_code == "TaskFailedToStart"
    ink, paper = (palette.BAD, palette.BAD_PAPER) if bad else (palette.PLATFORM, palette.PLATFORM_PAPER)
    height = LINE * len(lines) + 0.2
    axes.add_patch(Rectangle((CLOCK, y + 0.05), WIDTH - 2 * CLOCK, height, facecolor=paper, edgecolor=ink, linewidth=1))
    for number, line in enumerate(lines):
        weight = "bold" if number == 0 else "normal"
        axes.text(CLOCK + 0.15, y + 0.24 + LINE * number, line, fontsize=8.5, color=ink, va="center", fontweight=weight)
