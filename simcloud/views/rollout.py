"""A rollout: who served how much of a service's requests when, how many tasks of each revision ran, and what its
deployment did: stages, shifts, bakes, alarms, a rollback."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Protocol

from simcloud.cloud.rollout_history import Level, Mark, RolloutHistory
from simcloud.views import palette
from simcloud.views.picture import Picture
from simcloud.views.sheet import Box, Line, Sheet, Text
from simcloud.views.sheet import Mark as Sign

WIDTH, HEIGHT = 9.6, 5.35
"""Inches."""
LEFT, RIGHT = 1.45, 9.35
"""Where time begins and ends."""
LEGEND, SHARE, TASKS, STAGES, SIGNS, TIMES = 1.0, 1.25, 3.05, 4.0, 4.4, 5.15
"""Heights of the legend, of the tops of the two charts, of the ribbon of stages, of the signs and of the times."""
SHARE_HEIGHT, TASKS_HEIGHT, RIBBON = 1.55, 0.75, 0.2
INKS = (
    (palette.EXECUTION, palette.EXECUTION_PAPER),
    (palette.TASK, palette.TASK_PAPER),
    (palette.PLATFORM, palette.PLATFORM_PAPER),
)
"""Edge and ground of the revisions, in turn."""
ROWS, ROW = 3, 0.17
"""Of words under the signs, and the height of one in inches."""
STEPS = tuple(60.0 * minutes for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 10080))
TICKS = 8
"""At most so many times under the charts."""
QUICK = 2.0
"""Seconds: levels that pass sooner are not told."""
CHARACTER = 0.062
"""Inches of a character in the ribbon."""
SHORT = {
    "PRE_SCALE_UP": "pre", "SCALE_UP": "scale up", "POST_SCALE_UP": "post", "TEST_TRAFFIC_SHIFT": "test",
    "POST_TEST_TRAFFIC_SHIFT": "post test", "PRODUCTION_TRAFFIC_SHIFT": "production traffic shift",
    "POST_PRODUCTION_TRAFFIC_SHIFT": "post shift", "BAKE_TIME": "bake time", "CLEAN_UP": "clean up",
    "RECONCILE_SERVICE": "reconcile",
}  # fmt: skip
ENDS = ("failed", "back", "done")


class HasRollouts(Protocol):
    """A cloud, as far as this view needs it."""

    def rollout_history(
        self, service: str, cluster: str = "default", *, minutes: float | None = None
    ) -> RolloutHistory: ...


def rollout(cloud: HasRollouts, service: str, cluster: str = "default", *, minutes: float | None = None) -> Picture:
    """The picture of a service: of the last so many minutes, or since it was made. Raises LookupError where there is
    none."""
    return draw(cloud.rollout_history(service, cluster, minutes=minutes))


def draw(history: RolloutHistory) -> Picture:
    """The picture and its text."""
    return sheet(history).picture(text(history))


def sheet(history: RolloutHistory) -> Sheet:
    """What is drawn."""
    drawn = Sheet(WIDTH, HEIGHT)
    _heading(drawn, history)
    _shares(drawn, history)
    _tasks(drawn, history)
    _ribbon(drawn, history)
    _signs(drawn, history)
    _times(drawn, history)
    return drawn


def text(history: RolloutHistory) -> str:
    """What the picture says, line by line."""
    lines = [_title(history), _summary(history), "who served, and how many tasks ran:"]
    lines += [f"{_clock(level.at)}  {_spoken(level)}" for level in _told(history)]
    lines.append("what happened:")
    lines += [f"{_clock(mark.at)}  {mark.words}" for mark in history.marks]
    return "\n".join(lines)


def _title(history: RolloutHistory) -> str:
    return f"Rollout of {history.service}, {_clock(history.since)} to {_clock(history.until)} UTC: {history.outcome}"


def _summary(history: RolloutHistory) -> str:
    served = history.served
    if not served.asked:
        return "nothing was asked of it"
    return f"{served.failed:,.0f} of {served.asked:,.0f} requests failed ({100 * (1 - served.availability):.2f} %)"


def _told(history: RolloutHistory) -> Iterator[Level]:
    """Levels that differ from the one before and last."""
    before: tuple[object, float] | None = None
    for level, until in _spans(history):
        now = (level.parts, level.lost)
        if now != before and (until - level.at >= QUICK or level is history.levels[-1]):
            yield level
            before = now


def _spans(history: RolloutHistory) -> Iterator[tuple[Level, float]]:
    """Each level and its end."""
    for level, following in pairwise(history.levels):
        yield level, following.at
    if history.levels:
        yield history.levels[-1], history.until


def _spoken(level: Level) -> str:
    parts = [f"{part.revision} {part.share:g} % ({part.running} running)" for part in level.parts]
    lost = [f"{level.lost:g} % lost"] if level.lost else []
    return ", ".join([*parts, *lost]) or "no task runs"


def _heading(drawn: Sheet, history: RolloutHistory) -> None:
    bad = history.served.failed >= 1
    drawn.add(Text((0.2, 0.28), _title(history), 12, palette.INK, bold=True))
    drawn.add(Text((0.2, 0.6), _summary(history), 9.5, palette.BAD if bad else palette.QUIET))
    x = LEFT
    for number, revision in enumerate(history.revisions):
        edge, ground = INKS[number % len(INKS)]
        drawn.add(Box((x, LEGEND - 0.07), 0.2, 0.14, ground, edge), Text((x + 0.28, LEGEND), revision, 8.5, edge))
        x += 0.55 + 0.085 * len(revision)
    if any(level.lost for level in history.levels):
        drawn.add(Box((x, LEGEND - 0.07), 0.2, 0.14, palette.BAD_PAPER, palette.BAD, hatched=True))
        drawn.add(Text((x + 0.28, LEGEND), "goes where nothing serves", 8.5, palette.BAD))


def _x(history: RolloutHistory, at: float) -> float:
    length = max(history.until - history.since, 1.0)
    return LEFT + (RIGHT - LEFT) * (max(at, history.since) - history.since) / length


def _colours(history: RolloutHistory, revision: str) -> tuple[str, str]:
    return INKS[history.revisions.index(revision) % len(INKS)]


def _stack(
    drawn: Sheet, history: RolloutHistory, span: tuple[float, float], foot: float, scale: float,
    amounts: Sequence[tuple[str, float]],
) -> float:  # fmt: skip
    """Amounts by revision on top of each other, in inches to the unit; where the next one would stand."""
    (begin, end), y = span, foot
    edges = []
    for revision, amount in amounts:
        edge, ground = _colours(history, revision)
        if amount and end > begin:
            y -= amount * scale
            drawn.add(Box((begin, y), end - begin, amount * scale, ground))
            edges.append(Line(((begin, y), (end, y)), edge, 1.2))
    drawn.add(*edges)
    return y


def _shares(drawn: Sheet, history: RolloutHistory) -> None:
    """Percent of the requests by revision; hatched what is lost."""
    foot, scale = SHARE + SHARE_HEIGHT, SHARE_HEIGHT / 100
    _label(drawn, SHARE, "who serves", "% of requests")
    for number in (0, 50, 100):
        drawn.add(Text((LEFT - 0.08, foot - number * scale), str(number), 7.5, palette.QUIET, anchor="right"))
    for level, until in _spans(history):
        span = (_x(history, level.at), _x(history, until))
        y = _stack(drawn, history, span, foot, scale, [(part.revision, part.share) for part in level.parts])
        if level.lost and span[1] > span[0]:
            height = level.lost * scale
            place, width = (span[0], y - height), span[1] - span[0]
            drawn.add(Box(place, width, height, palette.BAD_PAPER, palette.BAD, hatched=True))
    drawn.add(Line(((LEFT, foot), (RIGHT, foot)), palette.LINE, 0.8))


def _tasks(drawn: Sheet, history: RolloutHistory) -> None:
    """Running tasks by revision."""
    most = max((sum(part.running for part in level.parts) for level in history.levels), default=0)
    foot, scale = TASKS + TASKS_HEIGHT, TASKS_HEIGHT / max(most, 1)
    _label(drawn, TASKS, "who runs", "tasks")
    for number in {0, most}:
        drawn.add(Text((LEFT - 0.08, foot - number * scale), str(number), 7.5, palette.QUIET, anchor="right"))
    for level, until in _spans(history):
        span = (_x(history, level.at), _x(history, until))
        _stack(drawn, history, span, foot, scale, [(part.revision, part.running) for part in level.parts])
    drawn.add(Line(((LEFT, foot), (RIGHT, foot)), palette.LINE, 0.8))


def _label(drawn: Sheet, top: float, what: str, unit: str) -> None:
    drawn.add(Text((0.2, top + 0.1), what, 9, palette.INK, bold=True), Text((0.2, top + 0.3), unit, 8, palette.QUIET))


def _ribbon(drawn: Sheet, history: RolloutHistory) -> None:
    """The stages that took time, each from its begin to the next one's, or to the deployment's end."""
    stages = [mark for mark in history.marks if mark.kind == "stage" or mark.kind in ENDS]
    if any(mark.kind == "stage" for mark in stages):
        drawn.add(Text((0.2, STAGES + RIBBON / 2), "stage", 9, palette.INK, bold=True))
    ends = [*(mark.at for mark in stages[1:]), history.until]
    for mark, until in zip(stages, ends, strict=True):
        begin, end = _x(history, mark.at), _x(history, until)
        if mark.kind != "stage" or end - begin < 0.02:
            continue
        drawn.add(Box((begin, STAGES), end - begin, RIBBON, palette.PLATFORM_PAPER, palette.PLATFORM))
        words = SHORT.get(mark.brief, mark.brief)
        if len(words) * CHARACTER < end - begin:
            middle = (begin + end) / 2
            drawn.add(Text((middle, STAGES + RIBBON / 2), words, 7.5, palette.PLATFORM, anchor="center"))


def _signs(drawn: Sheet, history: RolloutHistory) -> None:
    """Shifts, alarms and ends: a line through the charts where it is bad, a word under them."""
    free = [LEFT - 0.1] * ROWS
    for mark in _shown(history.marks):
        x, bad = _x(history, mark.at), _is_bad(mark)
        colour = palette.BAD if bad else palette.INK
        if bad:
            drawn.add(Line(((x, SHARE), (x, SIGNS - 0.12)), palette.BAD, 1.0, "--"))
        drawn.add(Sign((x, SIGNS - 0.08), "x" if bad else "v", colour))
        row = min(range(ROWS), key=lambda row: (free[row] > x - 0.1, free[row] if free[row] > x - 0.1 else row))
        place, length = max(x - 0.1, free[row]), len(mark.brief) * CHARACTER
        if place + length < WIDTH:
            drawn.add(Text((place, SIGNS + 0.1 + row * ROW), mark.brief, 7.5, colour, bold=bad))
            free[row] = place + length + 0.12


def _shown(marks: Sequence[Mark]) -> Iterator[Mark]:
    """Those that have a sign: without stages, which have the ribbon, and of those of one moment and kind the first."""
    seen = set()
    for mark in marks:
        if mark.kind != "stage" and (mark.kind, mark.at) not in seen:
            seen.add((mark.kind, mark.at))
            yield mark


def _is_bad(mark: Mark) -> bool:
    return mark.kind in ("failed", "back") or mark.brief == "ALARM"


def _times(drawn: Sheet, history: RolloutHistory) -> None:
    """Whole minutes, hours or days apart."""
    length = history.until - history.since
    step = next((each for each in STEPS if length / each < TICKS), STEPS[-1])
    at = -(-history.since // step) * step
    while at <= history.until:
        drawn.add(Text((_x(history, at), TIMES), _clock(at)[:5], 7.5, palette.QUIET, anchor="center"))
        at += step


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S")
