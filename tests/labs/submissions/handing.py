"""A submission of a lab as a notebook: made from the release, with the texts of answer cells put in."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.author.places import Course
from autograder.checks.lab import load, seed_of
from autograder.lab import RECORD
from tests.labs.desk import texts


@dataclass(frozen=True)
class Handed:
    """One submission: who handed it in, what stands in it, and what it must get."""

    learner: str
    about: str
    cells: Mapping[str, str] = field(default_factory=dict)
    """Texts of answer cells; a question that is not named is answered as in the solution."""
    lost: frozenset[str] = frozenset()
    """The checks that must not pass, as answers.py says."""
    flags: frozenset[str] = frozenset()
    """What the grader must notice."""
    outcomes: Mapping[str, str] = field(default_factory=dict)
    """Outcomes of questions that must be told as something else than passed or failed."""
    untouched: bool = False
    without: str = ""
    """The question whose check cell was deleted."""
    world_of: str = ""
    """The learner in whose world it was done; '' for the learner's own."""
    file: str = ""
    """Its name, where that is not the lab's."""
    lab_id: str = "03-private-pull"

    @property
    def points(self) -> dict[str, float]:
        """The points by question that it must get."""
        lab = load(self.lab_id)
        got = [check for check in lab.checks if check.id not in self.lost]
        return {one.id: sum(check.points for check in got if check.question == one.id) for one in lab.questions}


def notebook(here: Course, handed: Handed) -> dict[str, Any]:
    """The notebook that was handed in, with the output by which its setup cell names the world."""
    release = json.loads((here.labs / handed.lab_id / f"{handed.lab_id}.ipynb").read_text(encoding="utf-8"))
    book: dict[str, Any] = copy.deepcopy(release)
    book["cells"] = list(_cells(book["cells"], handed))
    return book


def _cells(cells: list[dict[str, Any]], handed: Handed) -> Iterator[dict[str, Any]]:
    solutions = texts(handed.lab_id).solutions
    for cell in cells:
        grading = cell["metadata"].get("nbgrader", {})
        question = str(grading.get("grade_id", "")).removeprefix("answer-")
        if cell["id"].endswith("-setup"):
            cell["outputs"] = [_record(handed.lab_id, handed.world_of or handed.learner)]
        if grading.get("solution") and not handed.untouched:
            cell["source"] = handed.cells.get(question, solutions[question])
        if not (grading.get("grade") and question == handed.without):
            yield cell


def _record(lab_id: str, learner: str) -> dict[str, Any]:
    record = {"lab": lab_id, "learner": learner, "seed": seed_of(learner, lab_id), "version": load(lab_id).version}
    return {"output_type": "display_data", "metadata": {}, "data": {RECORD: record, "text/plain": f"Lab {lab_id}"}}


def write_all(here: Course, folder: Path, submissions: Iterable[Handed]) -> None:
    """Write the submissions to the folder, as nbgrader collects them."""
    for handed in submissions:
        file = folder / handed.learner / handed.lab_id / (handed.file or f"{handed.lab_id}.ipynb")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(notebook(here, handed), indent=1), encoding="utf-8")
