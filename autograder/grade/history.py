"""What regrading has changed so far: one line of JSON for each mark, the newest last, in `grading/regrades.jsonl`."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.author.places import Course


@dataclass(frozen=True)
class Regraded:
    """One mark that a regrading changed, or whose reasons it changed."""

    when: str
    """ISO 8601, UTC."""
    learner: str
    lab: str
    before: float
    after: float
    reasons: tuple[str, ...]


def note(here: Course, changes: Iterable[tuple[str, str, tuple[float, float], list[str]]]) -> None:
    """Add what changed just now: learner, lab, points before and after, reasons."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    fresh = [Regraded(when, learner, lab, *points, tuple(why)) for learner, lab, points, why in changes]
    keep(here, [*history(here), *fresh])


def keep(here: Course, all_of_it: Iterable[Regraded]) -> None:
    """Write the whole history anew."""
    file = _file(here)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    new.write_text("".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in all_of_it), encoding="utf-8")
    os.replace(new, file)


def history(here: Course) -> list[Regraded]:
    """All of it; a line that cannot be read is left out."""
    try:
        lines = _file(here).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [found for line in lines if (found := _read(line)) is not None]


def _read(line: str) -> Regraded | None:
    try:
        data = json.loads(line)
        return Regraded(**{**data, "reasons": tuple(data["reasons"])})
    except (ValueError, TypeError, KeyError):
        return None


def _file(here: Course) -> Path:
    return here.root / "grading" / "regrades.jsonl"
