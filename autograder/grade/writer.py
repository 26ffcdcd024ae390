"""The one writer: what grading gave goes into gradebook, autograded notebook and feedback, in this order.

Each step may be repeated and gives the same, so a run that was killed anywhere is finished by running it again.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.author.places import Course
from autograder.grade.exams import shown_to_learner
from autograder.grade.files import write
from autograder.grade.record import Record
from autograder.grade.run import run_of

if TYPE_CHECKING:
    from autograder.grade.gradebook import Book


class Writer:
    """Writes for one course into one gradebook."""

    def __init__(self, here: Course, gradebook: str = "") -> None:
        self.here, self._gradebook = here, gradebook

    @cached_property
    def book(self) -> Book:
        """The gradebook. Importing nbgrader takes a second, in which the workers are started already."""
        from autograder.grade.gradebook import Book

        return Book(self.here, self._gradebook)

    def ready(self) -> None:
        """Open the gradebook. Raises Trouble where that cannot be done."""
        self.book.ready()

    def save(self, record: Record, run: dict[str, Any], *, moment: datetime | None = None) -> None:
        """Write one submission; the record learns its late penalty. Raises gradebook.Unanswered."""
        from autograder.grade.autograded import with_verdicts
        from autograder.grade.feedback import given, read_by_a_person, title
        from autograder.grade.feedback_html import feedback_page
        from autograder.grade.nodes import node, text

        done = run_of(run)
        notebook = node(with_verdicts(done.notebook, done.evidence, record))
        record["late_penalty"] = self._offer(record, notebook, moment)
        where = Path(record["learner"]) / record["lab"]
        feedback = self.here.root / "feedback" / where / f"{record['lab']}.html"
        write(self.here.root / "autograded" / where / f"{record['lab']}.ipynb", text(notebook))
        marks, read = given(self.here, record), read_by_a_person(notebook)
        write(feedback, feedback_page(record, title=title(record["lab"]), marks=marks, read=read))
        write(feedback.with_suffix(".json"), json.dumps(told(record), indent=1, ensure_ascii=False) + "\n")

    def close(self) -> None:
        if "book" in vars(self):
            self.book.close()

    def _offer(self, record: Record, notebook: Any, moment: datetime | None) -> float:
        from autograder.grade.gradebook import Unanswered

        for last in (False, True):
            try:
                return self.book.save(record, notebook, moment=moment)
            except Unanswered:
                if last:
                    raise
        raise AssertionError("the second offer returned or raised")


def told(record: Record) -> Record:
    """What of a record a learner is told, for machines: nothing of the grader's own."""
    record = shown_to_learner(record)
    kept = ("learner", "lab", "points", "max_points", "late_penalty", "outcome", "exam")
    made = {name: record[name] for name in kept if name in record}
    made["questions"] = [_question(question) for question in record["questions"]]
    return made


def _question(question: dict[str, Any]) -> dict[str, Any]:
    checks = [{name: value for name, value in check.items() if name != "fault"} for check in question["checks"]]
    return {**question, "checks": checks}
