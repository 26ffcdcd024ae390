"""The autograded notebook: the learner's outputs in their cells, our verdicts and points in the check cells.

nbgrader reads points from a check cell's outputs (`utils.determine_grade`): an `execute_result` that is a number is the
score; anything on stderr, or an error, is zero; nothing at all is full marks. So a check cell gets exactly the verdict
as display data and the points as its one result, whatever the learner's process printed there.
"""

from __future__ import annotations

import copy
from typing import Any

from autograder.checks.verdict import QuestionVerdict, question_verdict
from autograder.grade import harmless
from autograder.grade.feedback_html import verdict_html, verdict_text
from autograder.grade.record import Record
from autograder.run.evidence import Evidence

RECORD = "fargate_course"
"""The key of the notebook's metadata under which the record stands, for the feedback to be made from."""


def with_verdicts(notebook: dict[str, Any], found: Evidence, record: Record) -> dict[str, Any]:
    """The notebook with outputs and verdicts; the given one is left as it is."""
    made = copy.deepcopy(notebook)
    verdicts = {data["id"]: question_verdict(data) for data in record["questions"]}
    for number, cell in enumerate((cell for cell in made["cells"] if cell["cell_type"] == "code"), 1):
        cell["execution_count"] = number
        grading = cell["metadata"].get("nbgrader", {})
        if grading.get("grade") and not grading.get("solution"):
            verdict = verdicts.get(grading["grade_id"])
            cell["outputs"] = _verdict_outputs(verdict, number) if verdict else _no_points(number)
        else:
            cell["outputs"] = [_numbered(output, number) for output in found.cell(str(cell["id"])).outputs]
    made["cells"] = [harmless.cell(cell) if _theirs(cell) else cell for cell in made["cells"]]
    made.setdefault("metadata", {})[RECORD] = record
    return made


def _theirs(cell: dict[str, Any]) -> bool:
    """May a learner have written this text?"""
    grading = cell["metadata"].get("nbgrader", {})
    return cell["cell_type"] != "code" and not grading.get("locked") and not grading.get("task")


def _verdict_outputs(verdict: QuestionVerdict, number: int) -> list[dict[str, Any]]:
    shown = {"text/plain": verdict_text(verdict), "text/html": verdict_html(verdict)}
    return [{"output_type": "display_data", "data": shown, "metadata": {}}, _points(verdict.points, number)]


def _no_points(number: int) -> list[dict[str, Any]]:
    """No verdict is no mark."""
    return [_points(0, number)]


def _points(points: float, number: int) -> dict[str, Any]:
    data = {"text/plain": repr(float(points))}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": number}


def _numbered(output: dict[str, Any], number: int) -> dict[str, Any]:
    return output | ({"execution_count": number} if output["output_type"] == "execute_result" else {})
