"""What lies in a folder of submissions: LEARNER/LAB/*.ipynb, as nbgrader's `submitted/`. Links are not followed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.learner import is_id
from autograder.run.submission import BadSubmission, read
from autograder.trouble import Trouble

TIMESTAMP = "timestamp.txt"
"""Beside a notebook: when it was handed in, as nbgrader's collect writes it."""
LONGEST = 100
"""Bytes of it that are read."""


@dataclass(frozen=True)
class Handed:
    """One submission as it lies in the folder."""

    learner: str
    lab: str
    """'' where the learner's folder holds none."""
    folder: Path


def found(folder: Path) -> list[Handed]:
    """The submissions in a folder. Raises Trouble where there is none."""
    if not folder.is_dir():
        raise Trouble(f"{folder} is not a folder: give the one with LEARNER/LAB/*.ipynb in it")
    handed = []
    for learner in sorted(_folders(folder)):
        try:
            labs = sorted(_folders(learner))
        except OSError:  # whoever may not be looked into keeps nobody else waiting
            labs = []
        handed += [Handed(learner.name, lab.name, lab) for lab in labs] or [Handed(learner.name, "", learner)]
    if not handed:
        raise Trouble(f"{folder} holds no submission: put notebooks into it as LEARNER/LAB/name.ipynb")
    return handed


def notebook_in(handed: Handed) -> Path:
    """The notebook of a submission, whatever its name: the one whose inside says it is of this lab.

    Raises BadSubmission where there is none, or more than one under other names than the lab's.
    """
    if not is_id(handed.learner):
        raise BadSubmission(
            f"{handed.learner!r} cannot be a learner's id: rename the folder: letters a to z, digits, dots, hyphens"
        )
    if not handed.lab:
        raise BadSubmission(f"{handed.folder} holds no folder of a lab: put the notebook into {handed.learner}/LAB/")
    files = sorted(file for file in handed.folder.glob("*.ipynb") if file.is_file() and not file.is_symlink())
    if not files:
        raise BadSubmission(f"{handed.folder} holds no notebook: ask {handed.learner} to submit again")
    proper = handed.folder / f"{handed.lab}.ipynb"
    if proper in files or len(files) == 1:
        return proper if proper in files else files[0]
    fitting = [file for file in files if _lab_of(file) == handed.lab]
    if len(fitting) != 1:
        names = ", ".join(file.name for file in files)
        what = f"{len(fitting)} notebooks of {handed.lab} ({names})"
        raise BadSubmission(f"{handed.folder} holds {what}: leave the one that counts")
    return fitting[0]


def handed_in(notebook: Path) -> datetime:
    """When a notebook was handed in: as the file beside it says, else when the notebook was last changed. UTC."""
    stamp = notebook.with_name(TIMESTAMP)
    if stamp.is_file() and not stamp.is_symlink():
        with stamp.open("rb") as content:
            moment = stamped(content.read(LONGEST))
        if moment is not None:
            return moment
    dates = notebook.stat()
    try:
        return datetime.fromtimestamp(int(dates.st_mtime), UTC)
    except (ValueError, OverflowError, OSError):  # an archive may give a file any date; this one it cannot set
        return datetime.fromtimestamp(int(dates.st_ctime), UTC)


def stamped(content: bytes) -> datetime | None:
    """The moment that a timestamp file tells, in UTC; None where it tells none that can be."""
    from dateutil.parser import parse

    try:
        moment: datetime = parse(content[:LONGEST].decode("utf-8").strip())
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def _folders(folder: Path) -> list[Path]:
    """The folders in a folder; no link, which could lead to another learner's."""
    return [one for one in folder.iterdir() if one.is_dir() and not one.is_symlink() and not one.name.startswith(".")]


def _lab_of(file: Path) -> str:
    try:
        return read(file).lab
    except BadSubmission:
        return ""
