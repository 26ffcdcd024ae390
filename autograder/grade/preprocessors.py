"""nbgrader's steps, ours: with these in its configuration, `nbgrader autograde` and formgrader's button grade as we do.

Sanitizing: `Repair` lays the submission over the release, so that nothing after it meets hostile metadata.
Autograding: `Judge` runs the engine and writes verdicts; `SaveVerdicts` puts points into the gradebook and marks what a
person must see.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    NbGraderPreprocessor,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)

from autograder.author.places import Course, course
from autograder.grade.autograded import RECORD
from autograder.grade.engine import grade
from autograder.grade.gradebook import opened, set_due, write_terms
from autograder.grade.nodes import node
from autograder.grade.remember import remember
from autograder.run.course import release
from autograder.run.repair import Repaired, repair
from autograder.run.submission import BadSubmission, Submission, understand

FLAGS = "fargate_course_flags"
LEARNER = "fargate_course_learner"
GRADED = "fargate_course_graded"
"""Where nbgrader's resources carry what was graded from step to step."""


class Repair(NbGraderPreprocessor):  # type: ignore[misc]
    """The submission laid over the release; whose world it was done in is kept in the notebook's metadata."""

    def preprocess(self, notebook: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        about = resources["nbgrader"]
        submission = understand(json.loads(json.dumps(notebook)))
        if submission.lab != about["assignment"]:
            raise BadSubmission(f"is of lab {submission.lab}, not of {about['assignment']}")
        repaired = repair(submission, release(here(self), submission.lab))
        made = node(repaired.notebook)
        made.metadata[FLAGS] = repaired.flags
        made.metadata[LEARNER] = submission.learner
        return made, resources


class Judge(NbGraderPreprocessor):  # type: ignore[misc]
    """Runs and judges the repaired notebook; its check cells then hold verdict and points."""

    def preprocess(self, notebook: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        about = resources["nbgrader"]
        plain = json.loads(json.dumps(notebook))
        flags, sat = plain["metadata"].pop(FLAGS), plain["metadata"].pop(LEARNER)
        submission = Submission(about["assignment"], sat, ())
        graded = grade(submission, Repaired(plain, flags), learner=about["student"])
        resources[GRADED] = graded
        return node(graded.notebook), resources


class Remember(NbGraderPreprocessor):  # type: ignore[misc]
    """Keeps run and record, as `fargate-course grade` does, once the marks are saved."""

    def preprocess(self, notebook: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        about, coursedir = resources["nbgrader"], coursedir_of(self)
        if coursedir is not None:
            names = coursedir.submitted_directory, about["student"], about["assignment"]
            file = Path(coursedir.format_path(*names)) / f"{about['notebook']}.ipynb"
            why = remember(here(self), resources.pop(GRADED), file)
            if why:
                self.log.warning("This submission can not be regraded without running it again: %s", why)
        return notebook, resources


class SaveVerdicts(SaveAutoGrades):  # type: ignore[misc]
    """Points into the gradebook. A broken question is our fault: it is marked for a person, never silently zero."""

    def preprocess(self, notebook: Any, resources: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        questions = notebook.metadata[RECORD]["questions"]
        self.broken = {question["id"] for question in questions if question["outcome"] == "broken"}
        saved: tuple[Any, dict[str, Any]] = super().preprocess(notebook, resources)
        with opened(self.db_url) as book:
            set_due(book, here(self), self.assignment_id)
            write_terms(book, here(self), self.assignment_id, self.student_id)
            book.db.commit()
        return saved

    def _add_score(self, cell: Any, resources: dict[str, Any]) -> None:
        super()._add_score(cell, resources)
        name = cell.metadata["nbgrader"]["grade_id"]
        if name in self.broken:
            grade = self.gradebook.find_grade(name, self.notebook_id, self.assignment_id, self.student_id)
            grade.needs_manual_grade = True
            self.gradebook.db.commit()


SANITIZE = [Repair, OverwriteKernelspec, OverwriteCells, CheckCellMetadata]
AUTOGRADE = [Judge, SaveVerdicts, AssignLatePenalties, Remember, CheckCellMetadata]


def here(step: Any) -> Course:
    """The course that a step of nbgrader works in: the converter above it knows the root."""
    coursedir = coursedir_of(step)
    return course() if coursedir is None else Course(Path(coursedir.root))


def coursedir_of(step: Any) -> Any:
    """nbgrader's own idea of the course; None outside of its commands."""
    while step is not None:
        coursedir = getattr(step, "coursedir", None)
        if coursedir is not None:
            return coursedir
        step = step.parent
    return None


def restore_name(*, assignment: str, student: str, notebooks: list[str]) -> None:
    """nbgrader's pre-convert hook: a notebook under another name, `x (1).ipynb`, is found by the lab id inside it.

    nbgrader knows notebooks by file name alone, so a copy under the proper name is put beside it and listed.
    """
    from autograder.run.submission import read

    folders = {Path(notebook).parent for notebook in notebooks}
    for folder in folders:
        proper = folder / f"{assignment}.ipynb"
        if proper.exists():
            continue
        for file in sorted(Path(notebook) for notebook in notebooks if Path(notebook).parent == folder):
            try:
                fits = read(file).lab == assignment
            except BadSubmission:
                continue
            if fits:
                proper.write_bytes(file.read_bytes())
                notebooks.append(str(proper))
                break
