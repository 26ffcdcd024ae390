"""A task's timeline for a live view, which is drawn anew at each move: the same rows in the same columns."""

from __future__ import annotations

from simcloud.views import palette
from simcloud.views.moments import TaskLike, moments
from simcloud.views.sheet import Box, Line, Mark, Sheet, Text
from simcloud.views.timeline import (
    ACTOR,
    CLOCK,
    COLOURS,
    LINE,
    RAIL,
    SINCE,
    STATUS,
    TOP,
    WHAT,
    WIDTH,
    Row,
    reason_of,
    rows_of,
    title_of,
)

DOT, MARGIN = 0.1, 0.15
"""Inches."""


def sheet(task: TaskLike) -> Sheet:
    """Heading, moments, and why the task stopped."""
    rows, reason = rows_of(moments(task.story, task.task_role)), reason_of(task)
    below = 0.45 + LINE * len(reason) if reason else 0.1
    made = Sheet(WIDTH, TOP + sum(row.height for row in rows) + below)
    made.add(Text((CLOCK, 0.28), title_of(task), size=12, bold=True))
    for x, heading in ((CLOCK, "time (UTC)"), (STATUS, "status"), (WHAT, "what happened"), (ACTOR, "who acts")):
        made.add(Text((x, 0.58), heading, size=8, colour=palette.QUIET))
    y = TOP
    for row in rows:
        _add(made, row, y, is_last=row is rows[-1])
        y += row.height
    if reason:
        _add_reason(made, task, reason, y)
    return made


def _add(made: Sheet, row: Row, y: float, *, is_last: bool) -> None:
    moment, middle = row.moment, y + LINE / 2
    ink, paper = COLOURS[moment.actor]
    if not is_last:
        made.add(Line(((RAIL, middle), (RAIL, middle + row.height)), ink, 2.5))
    if moment.bad:
        made.add(Mark((RAIL, middle), "x", palette.BAD))
    else:
        made.add(Box((RAIL - DOT / 2, middle - DOT / 2), DOT, DOT, ink))
    made.add(
        Text((CLOCK, middle), moment.clock, size=8.5),
        Text((SINCE, middle), row.since, size=7.5, colour=palette.QUIET),
        Text((STATUS, middle), moment.status, bold=True),
    )
    for number, line in enumerate(row.what):
        colour = palette.BAD if moment.bad else palette.INK
        made.add(Text((WHAT, middle + LINE * number), line, colour=colour))
    for number, line in enumerate(row.why, len(row.what)):
        made.add(Text((WHAT, middle + LINE * number), line, size=8, colour=palette.QUIET))
    made.add(
        Box((ACTOR - 0.04, middle - LINE / 2), WIDTH - ACTOR - MARGIN, LINE, paper, ink),
        Text((ACTOR, middle), moment.actor, size=8, colour=ink),
    )


def _add_reason(made: Sheet, task: TaskLike, lines: list[str], y: float) -> None:
    bad = task.stop_code == "TaskFailedToStart"
    ink, paper = (palette.BAD, palette.BAD_PAPER) if bad else (palette.PLATFORM, palette.PLATFORM_PAPER)
    made.add(Box((CLOCK, y + 0.05), WIDTH - 2 * CLOCK, LINE * len(lines) + 0.2, paper, ink))
    for number, line in enumerate(lines):
        made.add(Text((CLOCK + MARGIN, y + 0.24 + LINE * number), line, size=8.5, colour=ink, bold=number == 0))
