"""Which of a learner's submissions counts, and what coming late costs. Kept in the course, so that every way of grading
uses the same: `fargate-course grade`, nbgrader's commands, formgrader's button.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.author.places import Course
from autograder.grade import files
from autograder.grade.attempts import Attempt, newest
from autograder.grade.terms import terms
from autograder.trouble import Trouble
from simcloud.sim.story import counted as so_many

LAST, BEST, IN_TIME = "last", "best", "before-deadline"
KINDS = (LAST, BEST, IN_TIME)
DAY = 86_400


@dataclass(frozen=True)
class Policy:
    """What counts in one lab."""

    counts: str = LAST
    deadline: str = ""
    """Date and time with its zone, ISO 8601; '' for none."""
    grace: float = 0
    """Minutes after the deadline that still count as in time."""
    late: float | None = None
    """Percent of the points that each begun day after the grace costs; None: all of them under `before-deadline`,
    nothing under the other two."""

    @property
    def due(self) -> datetime | None:
        """The deadline in UTC."""
        return datetime.fromisoformat(self.deadline).astimezone(UTC) if self.deadline else None

    @property
    def percent(self) -> float:
        """Percent of the points that each begun late day costs."""
        return self.late if self.late is not None else 100 if self.counts == IN_TIME else 0

    def seconds_late(self, attempt: Attempt) -> float:
        """Seconds after the deadline; the grace is not taken off."""
        return max(0.0, (attempt.moment - self.due).total_seconds()) if self.due else 0.0

    def in_time(self, attempt: Attempt) -> bool:
        """Did it come before the deadline or in the grace after it?"""
        return self.seconds_late(attempt) <= self.grace * 60

    def check(self) -> Policy:
        """Itself. Raises Trouble where it makes no sense."""
        if self.counts not in KINDS:
            raise Trouble(f"{self.counts!r} is no policy: the policies are {', '.join(KINDS)}")
        try:
            zoned = not self.deadline or datetime.fromisoformat(self.deadline).tzinfo is not None
        except ValueError:
            raise Trouble(f"{self.deadline!r} is no date and time: write it as 2026-12-01T18:00+01:00") from None
        if not zoned:
            whole = self.deadline if len(self.deadline) > len("2026-12-01") else f"{self.deadline}T23:59"
            raise Trouble(f"{self.deadline!r} has no time zone: write it as {whole}Z or {whole}+01:00")
        if self.counts == IN_TIME and not self.deadline:
            raise Trouble("the policy before-deadline needs a deadline: give one with --deadline")
        if not (math.isfinite(self.grace) and self.grace >= 0):
            raise Trouble(f"a grace of {self.grace:g} minutes makes no sense: give a number from 0")
        if self.late is not None and not 0 <= self.late <= 100:
            raise Trouble(f"a late penalty of {self.late:g} percent makes no sense: give a number from 0 to 100")
        return self


def penalty(policy: Policy, points: float, seconds_late: float) -> float | None:
    """Points lost by being this many seconds past the due date (the learner's own, where it was extended).

    None where nothing is lost. A negative or impossible penalty cannot come of it.
    """
    over = seconds_late - policy.grace * 60
    if over <= 0 or policy.percent == 0 or points <= 0:
        return None
    return min(points, points * policy.percent / 100 * math.ceil(over / DAY))


def in_question(policy: Policy, attempts: Sequence[Attempt], current: Attempt) -> list[Attempt]:
    """The attempts that must be graded to know which counts. `current`: the one that lies in the folder now."""
    if policy.counts == BEST:
        return list(attempts)
    if policy.counts == LAST:
        return [current]
    in_time = [one for one in attempts if policy.in_time(one)]
    return [newest(in_time) if in_time else min(attempts, key=lambda one: one.moment)]


def counted(policy: Policy, graded: Sequence[tuple[Attempt, float]], number: int) -> tuple[Attempt, str]:
    """Which of the graded attempts (with their points) counts, and why in words. `number`: of all attempts."""

    def left(pair: tuple[Attempt, float]) -> tuple[float, float]:
        attempt, points = pair
        lost = penalty(policy, points, policy.seconds_late(attempt)) or 0
        return points - lost, -attempt.moment.timestamp()

    chosen = max(graded, key=left)[0]
    if number == 1:
        return chosen, "the only one"
    if policy.counts == BEST:
        return chosen, f"the best of {number}"
    if policy.counts == LAST:
        return chosen, f"the last of {number}"
    kind = "the last in time" if policy.in_time(chosen) else "none came in time, this was the first after it"
    return chosen, f"{kind}, of {number}"


def policy_of(here: Course, lab: str, learner: str = "") -> Policy:
    """The policy that is kept for a lab; the last one counts and nothing is late where none is.

    `learner`: whose; their own extra time moves the deadline.
    """
    data = _read(_file(here)).get(lab, {})
    try:
        policy = Policy(**data).check()
    except TypeError:
        raise Trouble(f"{_file(here)} holds no policy for {lab}: delete that entry and give it again") from None
    extension = terms(here, learner, lab).extension if learner and policy.deadline else None
    if extension is None:
        return policy
    return replace(policy, deadline=(datetime.fromisoformat(policy.deadline) + extension).isoformat())


def keep_policy(here: Course, labs: Sequence[str], change: Callable[[Policy], Policy]) -> None:
    """Change the kept policy of these labs. Raises Trouble, with nothing written, where one makes no sense."""
    kept = _read(_file(here))
    for lab in labs:
        made = change(policy_of(here, lab)).check()
        kept[lab] = {name: value for name, value in vars(made).items() if value != getattr(Policy(), name)}
    files.write(_file(here), json.dumps(kept, indent=1, sort_keys=True) + "\n")


def naive(moment: datetime | None) -> datetime | None:
    """A moment as nbgrader's database keeps it: UTC, without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None


def words(policy: Policy) -> str:
    """The policy in one sentence."""
    parts = [f"{policy.counts} counts"]
    if policy.deadline:
        parts.append(f"due {policy.deadline}")
        if policy.grace:
            parts.append(f"{spoken(policy.grace)} of grace")
        parts.append(f"each late day costs {policy.percent:g} percent" if policy.percent else "late costs nothing")
    return "; ".join(parts)


def spoken(minutes: float) -> str:
    """`3 days`, `12 hours`, `1 hour 30 minutes`; `no time` for none."""
    days, rest = divmod(round(minutes), 24 * 60)
    parts = zip((days, *divmod(rest, 60)), ("day", "hour", "minute"), strict=True)
    return " ".join(so_many(number, unit) for number, unit in parts if number) or "no time"


def _file(here: Course) -> Path:
    return here.root / "grading" / "policy.json"


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise Trouble(f"{file} is damaged: delete it and give the policy again") from None
    return found if isinstance(found, dict) else {}
