"""Grade a folder of lab 03 in a process of its own, whose environment holds a secret, and make formgrader's pages.

Arguments: the course's root, the folder, a file for what came of it, and the learners whose pages are wanted. Packages
(*.zip) beside the folder are collected first. Progress goes to stderr.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from autograder.author.places import Course
from autograder.grade.collect import take
from autograder.grade.command import grade_folder
from autograder.run.budget import MIB, Budget
from autograder.run.submission import BadSubmission
from tests.attacks.attack import LAB

BUDGET = Budget(cell_seconds=4, grace_seconds=1, total_seconds=40, total_memory=1024 * MIB)


def taken(here: Course, folder: Path) -> dict[str, str]:
    """What is said of each package: '' for one that was taken."""
    said = {}
    for package in sorted(folder.parent.glob("*.zip")):
        try:
            take(here, package, folder)
            said[package.stem] = ""
        except BadSubmission as why:
            said[package.stem] = str(why)
    return said


def pages(here: Course, learners: list[str]) -> dict[str, str]:
    """For each of these learners what an instructor sees in formgrader and the learner in feedback."""
    from nbconvert.exporters import HTMLExporter
    from nbgrader.server_extensions.formgrader import handlers

    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[handlers.template_path])
    names = ("assignment_id", "notebook_id", "submission_id", "base_url", "student", "first_name", "last_name")
    resources: dict[str, Any] = dict.fromkeys((*names, "notebook_path"), "x") | {"index": 0, "total": 1}
    found = {}
    for learner in learners:
        file = here.root / "autograded" / learner / LAB / f"{LAB}.ipynb"
        html, _ = exporter.from_filename(str(file), resources=dict(resources))
        feedback = here.root / "feedback" / learner / LAB / f"{LAB}.html"
        found[learner] = html + feedback.read_text(encoding="utf-8")
    return found


def main() -> None:
    root, folder, out = map(Path, sys.argv[1:4])
    here = Course(root)
    packages = taken(here, folder)
    began = time.monotonic()
    records = grade_folder(here, folder, jobs=os.cpu_count(), budget=BUDGET)
    wall = time.monotonic() - began
    shown = pages(here, sys.argv[4:])
    out.write_text(json.dumps({"records": records, "packages": packages, "pages": shown, "seconds": wall}))


if __name__ == "__main__":
    main()
