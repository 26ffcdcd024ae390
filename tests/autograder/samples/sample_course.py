"""A course of one lab in a folder, and submissions to it, for the tests of running and grading."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.author import lab as made
from autograder.author import notebook, source
from autograder.author.places import Course
from autograder.checks import places
from autograder.checks.lab import load, make_variant, seed_of

HERE = Path(__file__).parent
LAB = "91-first-service"
PLACE = places.Place("sample_labs", "sample_hidden", str(HERE))
RECORD = "application/vnd.fargate-course.lab+json"

Change = Callable[[dict[str, Any]], None]


def install(root: Path) -> Course:
    """A course with the sample lab below `root`; its labs can be loaded from then on."""
    places.add(PLACE)
    here = Course(root)
    folder = root / "solutions" / LAB
    folder.mkdir(parents=True)
    (folder / "lab.py").write_text((HERE / "lab.py.txt").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "answers.py").write_text("ANSWERS = {}\n", encoding="utf-8")
    instructor = made.lab(source.read(folder / "lab.py"))
    (folder / f"{LAB}.ipynb").write_text(notebook.text(instructor), encoding="utf-8")
    (root / "labs" / LAB).mkdir(parents=True)
    (root / "labs" / LAB / f"{LAB}.ipynb").write_text(notebook.text(made.released(instructor)), encoding="utf-8")
    return here


def solved(here: Course) -> dict[str, Any]:
    """The release with the instructor's answers filled in, not run."""
    instructor = json.loads((here.solutions / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8"))
    book = released(here)
    for one in instructor["cells"]:
        if one["metadata"].get("nbgrader", {}).get("solution"):
            cell(book, one["id"])["source"] = one["source"]
    return book


def released(here: Course) -> dict[str, Any]:
    """The release, untouched."""
    found: dict[str, Any] = json.loads((here.labs / LAB / f"{LAB}.ipynb").read_text(encoding="utf-8"))
    return found


def cell(book: dict[str, Any], cell_id: str) -> dict[str, Any]:
    """The cell of this id."""
    return next(one for one in book["cells"] if one["id"] == cell_id)


def answering(here: Course, **sources: str) -> dict[str, Any]:
    """The solved notebook with some answer cells (count, cluster, service) written otherwise."""
    book = copy.deepcopy(solved(here))
    for name, text in sources.items():
        cell(book, f"s91-{name}-answer")["source"] = text
    return book


def recorded(book: dict[str, Any], learner: str) -> dict[str, Any]:
    """The notebook with the output that `lab.begin` left when this learner ran it."""
    record = {"lab": LAB, "learner": learner, "seed": seed_of(learner, LAB), "version": 1}
    output = {"output_type": "display_data", "data": {RECORD: record, "text/plain": "Lab"}, "metadata": {}}
    cell(book, "s91-begin")["outputs"] = [output]
    return book


def variant(learner: str) -> dict[str, Any]:
    """What this learner's world was made from."""
    return dict(make_variant(load(LAB), seed_of(learner, LAB)))


def hand_in(folder: Path, learner: str, book: dict[str, Any] | str, *, name: str = f"{LAB}.ipynb") -> Path:
    """Put a notebook (or any text) where a submission lies."""
    file = folder / learner / LAB / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(book if isinstance(book, str) else json.dumps(book), encoding="utf-8")
    return file
