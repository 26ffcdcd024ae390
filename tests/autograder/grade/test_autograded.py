"""The outputs of a check cell carry exactly our points through nbgrader's own reading of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from autograder.checks.verdict import QuestionVerdict
from autograder.grade.autograded import _points, _verdict_outputs

READ = """
import json, sys
import nbformat
from nbgrader.utils import determine_grade
for outputs in json.load(sys.stdin):
    metadata = {"nbgrader": {"grade": True, "solution": False, "points": 7, "grade_id": "q", "locked": True}}
    cell = nbformat.v4.new_code_cell(source="x", metadata=metadata)
    cell.outputs = [nbformat.from_dict(output) for output in outputs]
    print(determine_grade(cell)[0])
"""


def test_nbgrader_reads_exactly_the_points_that_were_given() -> None:
    import json

    given = [0, 0.0, 0.1, 1, 1 / 3, 2.5, 7, 6.999999999]
    cells = [_verdict_outputs(QuestionVerdict("q", "Q", "failed", points, 7), 1) for points in given]
    done = subprocess.run(
        [sys.executable, "-c", READ], input=json.dumps(cells), capture_output=True, text=True, check=True, timeout=60
    )
    assert [float(line) for line in done.stdout.split()] == given


@pytest.mark.parametrize("points", [0, 3, 0.5])
def test_points_are_written_as_one_number(points: float) -> None:
    assert float(_points(points, 1)["data"]["text/plain"]) == points
