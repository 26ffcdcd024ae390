"""Run a command of `fargate-course` in the sample course, in a process of its own.

Arguments: the course's root, then the command line. SAMPLE_PLACE: another folder with the sample's labs and checks.
SAMPLE_PATIENCE: seconds that a gradebook which is away is waited for.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

import autograder.quick  # noqa: F401  (it decides what nbformat imports)

# isort: split
import sample_course

from autograder import cli
from autograder.author.places import Course
from autograder.checks import places
from autograder.grade import batch

MODULES = (
    "grade.command", "grade.regrade", "grade.collect", "grade.receipts", "grade.export", "grade.exceptions",
    "grade.exams", "cohort.command", "cohort.backup", "cohort.forgetting", "cohort.roster",
)  # fmt: skip

if __name__ == "__main__":
    place = os.environ.get("SAMPLE_PLACE", "")
    sys.path[:0] = [place] if place else []
    places.add(places.Place("sample_labs", "sample_hidden", place) if place else sample_course.PLACE)
    batch.PATIENCE = float(os.environ.get("SAMPLE_PATIENCE", batch.PATIENCE))
    here = Course(Path(sys.argv[1]))
    for name in MODULES:
        vars(import_module(f"autograder.{name}"))["course"] = lambda: here
    sys.exit(cli.main(sys.argv[2:]))
