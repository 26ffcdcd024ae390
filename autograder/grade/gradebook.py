"""nbgrader's gradebook, opened here alone. Marks go in by nbgrader's own API, so its tools see them as theirs."""

from __future__ import annotations

import os
import re
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    LockCells,
    SaveCells,
)
from nbgrader.utils import parse_utc
from traitlets.config import Config

from autograder.author.places import Course
from autograder.grade.engine import Graded
from autograder.grade.nodes import node, read
from autograder.grade.preprocessors import WRITE
from autograder.run.course import release_path
from autograder.trouble import Trouble


@contextmanager
def quiet() -> Iterator[None]:
    """nbgrader without SQLAlchemy's warnings of how it is used, and with `alembic`, which a new database needs."""
    before = os.environ.get("PATH", "")
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"nbgrader\.|sqlalchemy\.")
            yield
    finally:
        os.environ["PATH"] = before


@contextmanager
def opened(url: str) -> Iterator[Any]:
    """nbgrader's gradebook at this address."""
    with quiet(), Gradebook(url) as book:
        yield book


class Book:
    """The gradebook of one course, at this SQLAlchemy address."""

    def __init__(self, here: Course, url: str = "") -> None:
        self.here = here
        self.url = url or f"sqlite:///{here.root / 'gradebook.db'}"
        if re.match(r"[a-z0-9+]+://", self.url) is None:
            raise Trouble(f"{url!r} is no address of a gradebook: write it as sqlite:////path/to/gradebook.db")

    def know(self, lab: str) -> None:
        """Enter the lab with its cells and points, unless `nbgrader generate_assignment` has done so."""
        with opened(self.url) as book:
            try:
                book.find_notebook(lab, lab)
                return
            except MissingEntry:
                book.update_or_create_assignment(lab)
        notebook = read(_source(self.here, lab))
        resources = self._resources(lab, "")
        config = Config({"ClearSolutions": {"code_stub": {"python": "..."}}})
        with quiet():
            for step in (LockCells, ClearSolutions, ClearOutput, CheckCellMetadata, ComputeChecksums, SaveCells):
                notebook, resources = step(config=config).preprocess(notebook, resources)

    def save(self, graded: Graded, *, handed_in: Path | None = None) -> Any:
        """Write one submission's marks; returns its autograded notebook. Marks that a person gave are kept."""
        lab, learner = graded.record["lab"], graded.record["learner"]
        self.know(lab)
        with opened(self.url) as book:
            book.update_or_create_student(learner)
            moment = _timestamp(handed_in)
            book.update_or_create_submission(lab, learner, **({"timestamp": moment} if moment else {}))
        notebook = node(graded.notebook)
        resources = self._resources(lab, learner)
        with quiet():
            for step in WRITE:
                notebook, resources = step().preprocess(notebook, resources)
        return notebook

    def _resources(self, lab: str, learner: str) -> dict[str, Any]:
        names = {"student": learner, "assignment": lab, "notebook": lab, "db_url": self.url}
        return {"nbgrader": names, "unique_key": lab}


def scores(url: str, lab: str) -> dict[str, float]:
    """Each learner's score of a lab, as the gradebook has it."""
    with opened(url) as book:
        return {one.student.id: float(one.score) for one in book.assignment_submissions(lab)}


def _source(here: Course, lab: str) -> Path:
    """The instructor's notebook, which has mark schemes for formgrader to show; the release where that is missing."""
    instructor = here.solutions / lab / f"{lab}.ipynb"
    return instructor if instructor.exists() else release_path(here, lab)


def _timestamp(folder: Path | None) -> datetime | None:
    """When it was handed in, as nbgrader's collect writes it beside the notebook."""
    file = folder / "timestamp.txt" if folder else None
    if file is None or not file.is_file():
        return None
    try:
        moment: datetime | None = parse_utc(file.read_text(encoding="utf-8")[:100].strip())
    except (ValueError, OverflowError):
        return None
    return moment
