"""Reading what was submitted: any file name, any content."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.run.submission import LARGEST, BadSubmission, read, understand

SOURCE = ["from autograder import lab\n", "lab.begin('03-x')"]
BEGIN = {"cell_type": "code", "id": "a", "metadata": {}, "source": SOURCE}


def with_output(record: Any) -> dict[str, Any]:
    data = {"application/vnd.fargate-course.lab+json": record}
    return BEGIN | {"outputs": [{"output_type": "display_data", "data": data, "metadata": {}}]}


def test_the_lab_is_found_by_the_cell_that_begins_it() -> None:
    assert understand({"cells": [BEGIN]}).lab == "03-x"


def test_the_learner_is_the_one_that_the_setup_cell_recorded() -> None:
    found = understand({"cells": [with_output({"lab": "03-x", "learner": "ada"})]})
    assert (found.lab, found.learner) == ("03-x", "ada")


@pytest.mark.parametrize(
    "record",
    [{"lab": "04-y", "learner": "ada"}, {"lab": "03-x", "learner": "../../x"}, {"lab": "03-x", "learner": 3}, "x", []],
)
def test_a_record_that_does_not_fit_says_nothing_of_the_learner(record: Any) -> None:
    assert understand({"cells": [with_output(record)]}).learner == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{not json", "is not JSON"),
        ('{"cells": [NaN]}', "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "has no cells"),
        ('{"worksheets": []}', "has no cells"),
        ('{"cells": []}', "is not a lab of this course"),
        ('{"cells": [7, null, {"source": 3}]}', "is not a lab of this course"),
        (json.dumps({"cells": [BEGIN] * 2001}), "has more than 2000 cells"),
    ],
)
def test_what_is_no_lab_notebook_is_one_line_that_names_the_file(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "mine (1).ipynb"
    file.write_text(text)
    with pytest.raises(BadSubmission, match=problem) as bad:
        read(file)
    assert str(bad.value).startswith("mine (1).ipynb ")
    assert "\n" not in str(bad.value)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.ipynb"
    file.write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(BadSubmission, match="is not JSON"):
        read(file)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "x.ipynb"
    with file.open("wb") as out:
        out.truncate(LARGEST + 1)
    with pytest.raises(BadSubmission, match="larger than 20 MB"):
        read(file)
