"""The wait after a scaling by a policy. Scheduled actions know none of it (R-252, R-253, R-258)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cooldown:
    """A policy scaled from one capacity to another at a moment, and waits."""

    before: int
    after: int
    at: float
    """Epoch seconds."""
    seconds: float

    @property
    def out(self) -> bool:
        """Was it a scale-out?"""
        return self.after > self.before

    def runs(self, now: float) -> bool:
        """Is the wait still on?"""
        return now < self.at + self.seconds

    def base(self, capacity: int, now: float) -> int:
        """The capacity that a policy's wish starts from: while a scale-out cools down, what it added counts as part of
        the next one, so the wish starts where that one did (R-258)."""
        return self.before if self.runs(now) and self.out else capacity


def allowed(wanted: int, capacity: int, last: Cooldown | None, now: float) -> int:
    """The capacity that a policy's wish leads to, given its last scaling.

    A bigger scale-out comes at once, and one within a scale-in's wait too; everything else waits (R-252).
    """
    if last is None or not last.runs(now) or wanted > capacity:
        return wanted
    return capacity
