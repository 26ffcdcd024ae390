"""The exporter of `nbgrader generate_feedback`: our page, since nbgrader's prints hidden text and mark schemes."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import Exporter

from autograder.author.places import course
from autograder.grade.autograded import RECORD
from autograder.grade.feedback import given, marks, read_by_a_person, title
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
        late = found.get("nbgrader", {}).get("late_penalty", record.get("late_penalty", 0))
        told = {**record, "late_penalty": late}
        both = {**marks(made), **given(course(), record)}
        return feedback_page(told, title=title(record["lab"]), marks=both, read=read_by_a_person(made)), found
