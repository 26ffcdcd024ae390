"""Scaling on one time axis: what was asked, how many tasks were wanted and ran, how busy they were, how long an answer
took, and when the alarms stood in ALARM."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from simcloud.cloud.scaling_history import Reading, ScalingHistory, Watch
from simcloud.views import palette
from simcloud.views.picture import Picture
from simcloud.views.plot import Plot
from simcloud.views.sheet import Mark, Sheet, Text

WIDTH = 9.6
"""Inches."""
LEFT, RIGHT = 1.85, 9.3
"""Where time begins and ends, in inches."""
TOP, HEIGHT, GAP, ROW = 1.0, 1.0, 0.22, 0.2
"""The heading, a chart, the space between two charts, and a row of an alarm, in inches."""
LONG = 1.0
"""Seconds: the chart of latency goes no higher, or what is usual would lie on its ground."""
ROWS_OF_TEXT = 24
"""Moments that the text alternative lists, next to every scaling."""
TRACKED = {
    "ECSServiceAverageCPUUtilization": "cpu",
    "ECSServiceAverageCPUUtilizationHighResolution": "cpu",
    "ECSServiceAverageMemoryUtilization": "memory",
    "ECSServiceAverageMemoryUtilizationHighResolution": "memory",
}
"""Targets that are drawn beside the metric that they are about."""


class HasScaling(Protocol):
    """A cloud, as far as this view needs it."""

    def scaling_history(
        self, service: str, cluster: str = "default", *, minutes: float | None = None
    ) -> ScalingHistory: ...


def scaling_chart(
    cloud: HasScaling, service: str, cluster: str = "default", *, minutes: float | None = None
) -> Picture:
    """The chart of a service: of the last so many minutes, or since it was made. Raises LookupError where there is
    none."""
    return draw(cloud.scaling_history(service, cluster, minutes=minutes))


def draw(history: ScalingHistory) -> Picture:
    """The picture and its text."""
    return sheet(history).picture(text(history))


def sheet(history: ScalingHistory) -> Sheet:
    """What is drawn."""
    charts = (_load, _tasks, _utilisation, _latency)
    drawn = Sheet(WIDTH, TOP + len(charts) * (HEIGHT + GAP) + ROW * len(history.watches) + 0.55)
    _heading(drawn, history)
    y = TOP
    for chart in charts:
        chart(drawn, history, y)
        y += HEIGHT + GAP
    for watch in history.watches:
        _alarm(drawn, history, watch, y)
        y += ROW
    plot = Plot(drawn, history.since, history.until, LEFT, RIGHT, y - GAP, y - GAP, 1.0)
    plot.clock(y + 0.1)
    return drawn


def text(history: ScalingHistory) -> str:
    """What the picture says, line by line."""
    lines = [_title(history), *_summary(history)]
    lines += [f"{_clock(step.at)}  desired count becomes {step.count}: {step.cause}" for step in history.steps]
    for watch in history.watches:
        spans = ", ".join(f"{_clock(begin)} to {_clock(end)}" for begin, end in watch.spans)
        lines.append(f"alarm {_side(watch)} ({watch.says}): {'ALARM ' + spans if spans else 'never in ALARM'}")
    lines.append("time      asked/s  failed/s  desired  running    CPU  memory  latency")
    every = max(1, -(-len(history.readings) // ROWS_OF_TEXT))
    for reading in history.readings[every - 1 :: every]:
        lines.append(_row(history, reading))
    return "\n".join(lines)


def _row(history: ScalingHistory, reading: Reading) -> str:
    count = [each for each in history.counts if each.at <= reading.at][-1:] or history.counts[:1]
    cpu, memory = (_percent(value) for value in (reading.cpu, reading.memory))
    latency = "-" if reading.latency is None else f"{reading.latency:.2f} s"
    return (
        f"{_clock(reading.at)}  {reading.asked:7.1f}  {reading.failed:8.1f}  {count[0].desired:7}  {count[0].running:7}"
        f"  {cpu:>5}  {memory:>6}  {latency:>7}"
    )


def _title(history: ScalingHistory) -> str:
    return f"Service {history.service}, {_clock(history.since)} to {_clock(history.until)} UTC"


def _summary(history: ScalingHistory) -> list[str]:
    if history.bounds is None:
        rules = "nothing scales it: its desired count stays"
    else:
        goals = "; ".join(f"target {value:g} for {name}" for name, value in history.goals)
        rules = f"between {history.bounds[0]} and {history.bounds[1]} tasks" + (f"; {goals}" if goals else "")
    failed, asked = history.failed
    answered = f"{1 - failed / asked:.1%} of {asked:,.0f} requests were answered well" if asked else "no load"
    times = "once" if len(history.steps) == 1 else f"{len(history.steps)} times"
    return [rules, f"scaled {times if history.steps else 'never'}; {answered}"]


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f} %"


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S")


def _side(watch: Watch) -> str:
    """Its name, without what all alarms of target tracking have in theirs."""
    head, _, tail = watch.name.rpartition("-Alarm")
    return f"Alarm{tail.partition('-')[0]}" if head.startswith("TargetTracking-") else watch.name


def _heading(drawn: Sheet, history: ScalingHistory) -> None:
    drawn.add(Text((0.2, 0.25), _title(history), 12, bold=True))
    for number, line in enumerate(_summary(history)):
        drawn.add(Text((0.2, 0.52 + 0.18 * number), line, 8.5, palette.QUIET))


def _plot(drawn: Sheet, history: ScalingHistory, y: float, most: float) -> Plot:
    return Plot(drawn, history.since, history.until, LEFT, RIGHT, y, y + HEIGHT, most)


def _series(history: ScalingHistory, value: Callable[[Reading], float | None]) -> list[tuple[float, float | None]]:
    """Each reading in the middle of its stretch."""
    starts = [history.since, *(each.at for each in history.readings)]
    return [((start + each.at) / 2, value(each)) for start, each in zip(starts, history.readings, strict=False)]


def _load(drawn: Sheet, history: ScalingHistory, y: float) -> None:
    plot = _plot(drawn, history, y, max((each.asked for each in history.readings), default=0.0))
    plot.frame("requests a second", palette.EXECUTION, "{:g}")
    plot.area(_series(history, lambda each: each.asked), palette.EXECUTION_PAPER, palette.EXECUTION)
    failed = [each.failed for each in history.readings]
    if any(failed):
        plot.area(_series(history, lambda each: each.failed), palette.BAD_PAPER, palette.BAD)
        drawn.add(Text((0.2, y + 0.62), "not answered well", 8, palette.BAD))


def _tasks(drawn: Sheet, history: ScalingHistory, y: float) -> None:
    most = max(max(each.desired, each.running) for each in history.counts)
    plot = _plot(drawn, history, y, float(most))
    plot.frame("tasks that run", palette.GOOD, "{:.0f}")
    plot.steps([(each.at, float(each.running)) for each in history.counts], palette.GOOD, fill=palette.GOOD_PAPER)
    plot.steps([(each.at, float(each.desired)) for each in history.counts], palette.INK, dash="--")
    plot.steps([(each.at, float(each.serving)) for each in history.counts], palette.EXECUTION, dash=":")
    drawn.add(Text((0.2, y + 0.62), "desired count  - - -", 8))
    drawn.add(Text((0.2, y + 0.79), "that serve  . . . .", 8, palette.EXECUTION))
    drawn.add(Text((0.2, y + 0.96), "v  scaled", 8, palette.BAD))
    for step in history.steps:
        drawn.add(Mark((plot.x(step.at), y - 0.06), "v", palette.BAD))


def _utilisation(drawn: Sheet, history: ScalingHistory, y: float) -> None:
    plot = _plot(drawn, history, y, 100.0)
    plot.frame("CPU, percent", palette.TASK, "{:.0f}")
    plot.line(_series(history, lambda each: each.memory), palette.PLATFORM, dash=":")
    plot.line(_series(history, lambda each: each.cpu), palette.TASK)
    drawn.add(Text((0.2, y + 0.62), "memory  . . . .", 8, palette.PLATFORM))
    for name, value in history.goals:
        if name in TRACKED and value <= 100:
            plot.level(value, f"target {value:g}", palette.INK)


def _latency(drawn: Sheet, history: ScalingHistory, y: float) -> None:
    known = [each.latency for each in history.readings if each.latency is not None]
    most = max(known, default=1.0)
    plot = _plot(drawn, history, y, min(most, LONG))
    plot.frame("latency, seconds", palette.PLATFORM, "{:.2g}")
    if most > LONG:
        drawn.add(Text((0.2, y + 0.62), f"cut: up to {most:.0f} s", 8, palette.BAD))
    plot.line(_series(history, lambda each: each.latency), palette.PLATFORM)


def _alarm(drawn: Sheet, history: ScalingHistory, watch: Watch, y: float) -> None:
    plot = Plot(drawn, history.since, history.until, LEFT, RIGHT, y - 0.05, y + 0.07, 1.0)
    drawn.add(Text((0.2, y), f"{_side(watch)}", 8, palette.INK))
    plot.rail()
    for begin, end in watch.spans:
        plot.bar(begin, end, palette.BAD_PAPER, palette.BAD)
