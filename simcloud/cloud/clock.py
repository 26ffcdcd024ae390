"""The one clock: simulated seconds since the epoch, read by everything and moved only when asked.

Moves between calls (`advance`, a waiter's sleep, `time.sleep` in a cell) are written to the transcript. Moves inside a
call (a long poll, botocore's back-off before a retry) are not, because the replayed call makes them again.
"""

from __future__ import annotations

import math
import time as real_time
from typing import TYPE_CHECKING, Any

from simcloud.cloud import entropy, notes
from simcloud.cloud.live import LOCK, live, maybe_live

if TYPE_CHECKING:
    from simcloud.cloud.live import Live

DAY = 86_400.0
SLEEP_LIMIT = 7 * DAY
"""Seconds that one cell may sleep or wait: a loop that never ends stops here instead of spinning for ever."""
MOVES_LIMIT = 20_000
"""Moves of time, of any kind, in one cell."""
FURTHEST = 400 * DAY
"""Seconds that one move may take: a year, and a month to look back on it."""


class TooMuchTime(RuntimeError):
    """A cell moved simulated time further than any lesson needs; most often a loop that never ends."""

    def _render_traceback_(self) -> list[str]:
        return notes.draw(self)


class Cell:
    """What the running cell has moved so far."""

    def __init__(self) -> None:
        self.slept = 0.0
        self.moves = 0

    def add(self, seconds: float, *, asleep: bool) -> None:
        """Count a move. Raises TooMuchTime where the cell has had enough."""
        self.moves += 1
        self.slept += seconds if asleep else 0.0
        if self.slept > SLEEP_LIMIT:
            raise TooMuchTime(
                f"this cell has slept more than {SLEEP_LIMIT / DAY:.0f} simulated days. A loop that waits for something"
                " that will never happen looks like this: check what it waits for, and stop after some tries."
            )
        if self.moves > MOVES_LIMIT:
            raise TooMuchTime(
                f"this cell has moved simulated time {MOVES_LIMIT:,} times. A loop that never ends looks like this:"
                " check its condition, and stop after some tries."
            )


_cell: Cell | None = None


def begin_cell() -> None:
    """Start counting for a new cell (called by the notebook's hook and by the grading runner)."""
    global _cell
    _cell = Cell()


def now() -> float:
    """Seconds since the epoch, UTC: simulated where a cloud is live, else real."""
    state = maybe_live()
    return real_time.time() if state is None else state.world.now


def _checked(seconds: Any) -> float:
    amount = float(seconds)
    if not math.isfinite(amount) or amount < 0:
        raise ValueError(f"time moves forward by a number of seconds that is 0 or more, not {seconds!r}")
    if amount > FURTHEST:
        raise TooMuchTime(f"one move takes at most {FURTHEST / DAY:.0f} days, not {amount / DAY:,.0f}")
    return amount


def move(seconds: float) -> None:
    """Let the live world live for this long, inside a call: not recorded."""
    amount = _checked(seconds)
    with LOCK:
        state = live()
        state.recorder.stirred += 1
        _run(state, state.world.now + amount)


def advance(seconds: float, *, asleep: bool = False) -> None:
    """Let the live world live for this long, between calls: recorded. Raises ValueError, TooMuchTime."""
    amount = _checked(seconds)
    with LOCK:
        state = live()
        if _cell is not None:
            _cell.add(amount, asleep=asleep)
        until = state.world.now + amount
        state.recorder.add({"kind": "advance", "seconds": amount})
        with state.recorder.paused():
            _run(state, until)


def sleep(seconds: float) -> None:
    """What `time.sleep` in a cell and botocore's waiters do: the simulated clock moves at once, no real time passes."""
    if maybe_live() is None:
        real_time.sleep(seconds)
    else:
        advance(seconds, asleep=True)


def back_off(seconds: float) -> None:
    """What botocore does before a retry, and moto while it waits: as `sleep`, but inside a call."""
    if maybe_live() is None:
        real_time.sleep(seconds)
    else:
        move(seconds)


def _run(state: Live, until: float) -> None:
    from simcloud.cloud.asking import Asking
    from simcloud.cloud.performing import perform

    def seeded(effect: Any) -> Any:
        """Ids that an effect draws depend on its kind and how many came before, not on the learner's other calls."""
        kind = ("simulation", type(effect).__name__)
        count = state.accepted.get(kind, 0)
        state.accepted[kind] = count + 1
        with entropy.own_seed(state.seed, *kind, count):
            return perform(state, effect)

    state.world.run(until, Asking(state), seeded)
