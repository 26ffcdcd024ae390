"""Why an alarm is in its state: kept in numbers, and put into CloudWatch's words when somebody reads it.

An alarm of a policy changes its state some twenty times a day, and hardly anybody asks why."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

from simcloud.facts.words import watching as words
from simcloud.sim.watching.state import Said
from simcloud.sim.watching.verdict import ALARM, MORE, UNKNOWN


class Finding(NamedTuple):
    """By an evaluation."""

    state: str
    at: float
    """Epoch seconds."""
    periods: int
    needed: int
    period: float
    operator: str
    threshold: float
    statistic: str
    known: tuple[tuple[float, float, bool | None], ...]
    """The newest data points, newest first: when the period began, the value, does it breach?"""

    @property
    def reason(self) -> str:
        """StateReason."""
        wanted = self.state == ALARM
        shown = ", ".join(f"{value} ({_short(at)})" for at, value, flag in self.known if flag is wanted)
        return self._text(shown)

    @property
    def short(self) -> str:
        """StateReason without its list of data points, but with the newest, where that is not long past (R-251)."""
        if self.state == UNKNOWN or not self.known:
            return self._text("").rstrip(".")
        head, _, rest = self._text("").partition(" [")
        tail = rest.partition("] ")[2].partition(" (minimum")[0]
        begun, value, _ = self.known[0]
        fresh = begun + self.period >= self.at - MORE * self.period
        return f"{head} {tail}; the newest is {value:g}" if fresh else f"{head} {tail}"

    @property
    def data(self) -> str:
        """StateReasonData."""
        start = self.known[-1][0] if self.known else self.at - self.period * self.periods
        return json.dumps(
            {
                "version": "1.0",
                "queryDate": _iso(self.at),
                "startDate": _iso(start),
                "statistic": self.statistic,
                "period": int(self.period),
                "recentDatapoints": [value for _, value, _ in reversed(self.known)],
                "threshold": self.threshold,
            }
        )

    def _text(self, shown: str) -> str:
        wanted, count = self.state == ALARM, self.periods
        if self.state == UNKNOWN:
            return words.UNKNOWN.format(count=count, datapoints=_points(count), was="was" if count == 1 else "were")
        if not self.known:
            return words.NONE_RECEIVED.format(
                count=count,
                periods="period" if count == 1 else "periods",
                datapoints=_points(count),
                were="was" if count == 1 else "were",
                treated="Breaching" if wanted else "NonBreaching",
            )
        count = sum(flag is wanted for _, _, flag in self.known)
        least = self.needed if wanted else self.periods - self.needed + 1
        return words.CROSSED.format(
            count=count,
            periods=self.periods,
            shown=shown,
            were=f"{'was' if count == 1 else 'were'} {'' if wanted else 'not '}{words.COMPARISONS[self.operator]}",
            threshold=self.threshold,
            least=least,
            least_points=_points(least),
            way="OK -> ALARM" if wanted else "ALARM -> OK",
        )


class Change(NamedTuple):
    """One state after another, as a line of an alarm's history tells it."""

    before: str
    old: Said | Finding
    state: str
    new: Said | Finding

    @property
    def data(self) -> str:
        """HistoryData: JSON."""
        old = {"stateValue": self.before, "stateReason": self.old.reason}
        data = json.loads(self.new.data or "{}")
        new = {"stateValue": self.state, "stateReason": self.new.reason, "stateReasonData": data}
        return json.dumps({"version": "1.0", "oldState": old, "newState": new})


def _points(count: int) -> str:
    return "datapoint" if count == 1 else "datapoints"


def _short(at: float) -> str:
    days, seconds = divmod(int(at), 86_400)
    return f"{_day(days)} {seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@lru_cache(maxsize=8)
def _day(days: int) -> str:
    return datetime.fromtimestamp(86_400 * days, UTC).strftime("%d/%m/%y")


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")
