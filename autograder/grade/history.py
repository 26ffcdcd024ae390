"""What regrading has changed so far: one line of JSON for each mark, the newest last, in `grading/regrades.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.author.places import Course
from autograder.grade import files


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
    file = _file(here)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab+") as out:
        out.seek(max(0, out.tell() - 1))
        out.write(b"\n" * (out.read() not in (b"", b"\n")))  # after a line that was cut short
        out.write(_text(Regraded(when, learner, lab, *points, tuple(why)) for learner, lab, points, why in changes))


def keep(here: Course, all_of_it: Iterable[Regraded]) -> None:
    """Write the whole history anew."""
    files.write(_file(here), _text(all_of_it))


def history(here: Course) -> list[Regraded]:
    """All of it; a line that cannot be read is left out."""
    try:
        lines = _file(here).read_bytes().split(b"\n")  # a learner's words may hold other ends of lines
    except FileNotFoundError:
        return []
    return [found for line in lines if (found := _read(line)) is not None]


def _text(some: Iterable[Regraded]) -> bytes:
    return "".join(json.dumps(asdict(one)) + "\n" for one in some).encode()


def _read(line: bytes) -> Regraded | None:
    try:
        data = json.loads(line)
        return Regraded(**{**data, "reasons": tuple(data["reasons"])})
    except (ValueError, TypeError, KeyError):
        return None


def _file(here: Course) -> Path:
    return here.root / "grading" / "regrades.jsonl"
