"""What each learner has handed in: every version once, by its content, with when it came and from where.

`grading/attempts/LEARNER/LAB/` holds the notebooks by their hash and `attempts.json`, which lists them in the order in
which they were seen. Written by one process at a time (see `batch`), each file whole or not at all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from autograder.author.places import Course
from autograder.grade import files
from autograder.trouble import Trouble


@dataclass(frozen=True)
class Attempt:
    """One version of one learner's notebook of a lab."""

    sha256: str
    handed_in: str
    """ISO 8601, UTC."""
    source: str = ""
    """The file that it came in."""
    claimed: str = ""
    """When the learner's own machine says that it was handed in; '' where nothing says so."""
    run: str = ""
    """The fingerprint of its kept run; '' until it was graded."""

    @property
    def moment(self) -> datetime:
        """When it was handed in."""
        return datetime.fromisoformat(self.handed_in)


@dataclass(frozen=True)
class Counted:
    """The attempt of which the gradebook has the marks."""

    sha256: str
    record: str
    """The fingerprint of its kept record."""


class Attempts:
    """The attempts of all learners of one course."""

    def __init__(self, here: Course) -> None:
        self.folder = here.root / "grading" / "attempts"

    def of(self, learner: str, lab: str) -> list[Attempt]:
        """In the order in which they were seen."""
        file = self._list(learner, lab)
        try:
            return [_attempt(data) for data in json.loads(file.read_text(encoding="utf-8"))]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError):
            raise Trouble(
                f"{file} is damaged: restore it from a backup, or delete the folder it is in and collect again"
            ) from None

    def add(self, learner: str, lab: str, content: bytes, attempt: Attempt) -> tuple[Attempt, bool]:
        """Keep an attempt; the same content again is the attempt that is there. Was it new?"""
        kept = self.of(learner, lab)
        same = next((one for one in kept if one.sha256 == attempt.sha256), None)
        file = self.notebook(learner, lab, attempt.sha256)
        if same is None or not file.exists():
            files.write(file, content)
        if same is not None:
            return same, False
        self._keep(learner, lab, [*kept, attempt])
        return attempt, True

    def ran(self, learner: str, lab: str, content_hash: str, run: str) -> None:
        """Note the kept run of an attempt."""
        kept = self.of(learner, lab)
        changed = [replace(one, run=run) if one.sha256 == content_hash else one for one in kept]
        if changed != kept:
            self._keep(learner, lab, changed)

    def counted(self, learner: str, lab: str) -> Counted | None:
        """Which attempt's marks are in the gradebook; None where none is."""
        try:
            return Counted(**json.loads((self.folder / learner / lab / "counted.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def count(self, learner: str, lab: str, counted: Counted) -> None:
        """Note which attempt's marks are in the gradebook."""
        if counted != self.counted(learner, lab):
            files.write(self.folder / learner / lab / "counted.json", json.dumps(asdict(counted)) + "\n")

    def notebook(self, learner: str, lab: str, content_hash: str) -> Path:
        """Where the notebook of an attempt lies."""
        return self.folder / learner / lab / f"{content_hash}.ipynb"

    def all(self) -> Iterator[tuple[str, str]]:
        """Every (learner, lab) of which something was handed in, in order."""
        for file in sorted(self.folder.glob("*/*/attempts.json")):
            yield file.parts[-3], file.parts[-2]

    def _list(self, learner: str, lab: str) -> Path:
        return self.folder / learner / lab / "attempts.json"

    def _keep(self, learner: str, lab: str, attempts: Sequence[Attempt]) -> None:
        files.write(self._list(learner, lab), json.dumps([asdict(one) for one in attempts], indent=1) + "\n")


def _attempt(data: dict[str, str]) -> Attempt:
    """Raises ValueError or TypeError for what was never written here: a hand's edit, or half a file."""
    made = Attempt(**data)
    if re.fullmatch(r"[0-9a-f]{64}", made.sha256) is None or made.moment.tzinfo is None:
        raise ValueError("no hash, or a moment without a zone")
    return made


def newest(attempts: Sequence[Attempt]) -> Attempt:
    """The one that was handed in last.

    Files that a learning platform packed and somebody unpacked have one date: of those the learners' own clocks tell
    which was the last, and where they do not, the order in which they were seen.
    """
    return max(enumerate(attempts), key=lambda pair: (pair[1].moment, pair[1].claimed, pair[0]))[1]


def hash_of(content: bytes) -> str:
    """What a receipt holds: SHA-256 of the notebook as it was handed in."""
    return sha256(content).hexdigest()


def iso(moment: datetime) -> str:
    """A moment as it is kept."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
