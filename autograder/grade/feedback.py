"""The exporter of `nbgrader generate_feedback`: our page, since nbgrader's prints hidden text and mark schemes."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter

from autograder.checks.lab import load
from autograder.exam.assignment import is_exam
from autograder.exam.assignment import title as exam_title
from autograder.grade.autograded import RECORD
from autograder.grade.feedback_html import feedback_page
from autograder.trouble import Trouble


class FeedbackExporter(Exporter):
    """An autograded notebook as our feedback page, with the scores and comments that a person gave."""

    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, dict[str, Any]]:
        made, found = super().from_notebook_node(nb, resources, **kw)
        record = made.metadata.get(RECORD)
        if record is None:
            raise Trouble("this notebook was not graded by the course: autograde it with the course's configuration")
        return feedback_page(record, title=title(record["lab"]), marks=marks(made)), found


def title(lab: str) -> str:
    """The page's heading."""
    if is_exam(lab):
        return f"{exam_title(lab)}: result"
    try:
        return f"{load(lab).title}: feedback"
    except Trouble:
        return f"{lab}: feedback"


def marks(notebook: Any) -> dict[str, dict[str, Any]]:
    """What nbgrader's GetGrades wrote into the cells: score and comment, by question."""
    found: dict[str, dict[str, Any]] = {}
    for cell in notebook.cells:
        grading = cell.metadata.get("nbgrader", {})
        question = str(grading.get("grade_id", "")).removeprefix("answer-")
        for name in ("score", "comment"):
            if grading.get(name) is not None:
                found.setdefault(question, {})[name] = grading[name]
    return found
