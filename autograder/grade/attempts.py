"""What each learner has handed in: every version once, by its content, with when it came and from where.

`grading/attempts/LEARNER/LAB/` holds the notebooks by their hash and `attempts.json`, which lists them in the order in
which they were seen. Written by one process at a time (see `batch`), each file whole or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from autograder.author.places import Course
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
            return [Attempt(**data) for data in json.loads(file.read_text(encoding="utf-8"))]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError):
            raise Trouble(f"{file} is damaged: delete the folder it is in and collect again") from None

    def add(self, learner: str, lab: str, content: bytes, attempt: Attempt) -> tuple[Attempt, bool]:
        """Keep an attempt; the same content again is the attempt that is there. Was it new?"""
        kept = self.of(learner, lab)
        same = next((one for one in kept if one.sha256 == attempt.sha256), None)
        file = self.notebook(learner, lab, attempt.sha256)
        if same is None or not file.exists():
            _write(file, content)
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
            text = json.dumps(asdict(counted)) + "\n"
            _write(self.folder / learner / lab / "counted.json", text.encode())

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
        text = json.dumps([asdict(one) for one in attempts], indent=1) + "\n"
        _write(self._list(learner, lab), text.encode())


def hash_of(content: bytes) -> str:
    """What a receipt holds: SHA-256 of the notebook as it was handed in."""
    return sha256(content).hexdigest()


def iso(moment: datetime) -> str:
    """A moment as it is kept."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    new.write_bytes(content)
    new.replace(file)
