"""Grade a folder of the sample course in a process of its own, since nbgrader warns and tests allow no warning.

Arguments: the course's root, the folder, seconds a cell. Records go to stdout as JSON, progress to stderr.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import sample_course

from autograder.author.places import Course
from autograder.checks import places
from autograder.grade.command import grade_folder
from autograder.grade.gradebook import scores
from autograder.run.budget import Budget

if __name__ == "__main__":
    root, folder, seconds = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
    places.add(sample_course.PLACE)
    budget = Budget(cell_seconds=seconds, grace_seconds=2, total_seconds=60)
    records = grade_folder(Course(root), folder, jobs=2, budget=budget)
    book = scores(f"sqlite:///{root}/gradebook.db", sample_course.LAB)
    json.dump({"records": records, "scores": book}, sys.stdout)
