"""The curriculum table: what counts for a row and what does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder import coverage
from autograder.author.places import Course
from autograder.bank import bank
from autograder.cli import main
from autograder.trouble import Trouble

MARKED = '''
import pytest

@pytest.mark.row("F12")
@pytest.mark.row("T01", "T05")
def test_stacked_and_several():
    assert True

@pytest.mark.parametrize("case", [pytest.param(1, marks=pytest.mark.row("F20")), 2])
def test_parametrised(case):
    assert case

@pytest.mark.row("M04")
class TestClass:
    @pytest.mark.row("P03")
    def test_inside(self):
        assert True

def helper():
    pytest.mark.row("F01")

def test_unmarked():
    """@pytest.mark.row("F02")"""
'''
MODULE_MARK = 'import pytest\npytestmark = [pytest.mark.row("N05"), pytest.mark.long]\ndef test_all(): assert True\n'


def test_marks_are_found_stacked_with_several_rows_on_classes_parameters_and_modules(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "deep"
    folder.mkdir(parents=True)
    (folder / "test_marked.py").write_text(MARKED)
    (folder / "test_module.py").write_text(MODULE_MARK)
    assert sorted(coverage.simulated(tmp_path / "tests")) == [
        ("F12", "tests/deep/test_marked.py::test_stacked_and_several"),
        ("F20", "tests/deep/test_marked.py::test_parametrised"),
        ("M04", "tests/deep/test_marked.py::TestClass::test_inside"),
        ("N05", "tests/deep/test_module.py::test_all"),
        ("P03", "tests/deep/test_marked.py::TestClass::test_inside"),
        ("T01", "tests/deep/test_marked.py::test_stacked_and_several"),
        ("T05", "tests/deep/test_marked.py::test_stacked_and_several"),
    ]


def test_cells_of_built_lessons_are_found_by_their_rows(tmp_path: Path) -> None:
    cells = [
        {"id": "a", "metadata": {"course": {"rows": ["F12", "T01"]}}},
        {"id": "b", "metadata": {}},
    ]
    (tmp_path / "03-networking.ipynb").write_text(json.dumps({"cells": cells}))
    assert list(coverage.taught(tmp_path)) == [("F12", "a"), ("T01", "a")]
    (tmp_path / "04-broken.ipynb").write_text("{")
    with pytest.raises(Trouble, match=r"04-broken\.ipynb is not a notebook"):
        list(coverage.taught(tmp_path))


def test_the_json_has_all_57_rows_with_four_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage", "--json"]) == 0
    table = json.loads(capsys.readouterr().out)
    assert len(table) == 57
    assert all(list(columns) == ["taught", "simulated", "practised", "examined"] for columns in table.values())
    assert "three-keys-to-ecr" in table["N05"]["examined"]


def test_the_table_names_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["coverage"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if line[:3] in bank.curriculum()]) == 57
    n01 = next(line for line in lines if line.startswith("N01"))
    assert n01.split()[-3:-1] == ["-", "-"]
    assert any(line.startswith("not examined: ") for line in lines)


def test_an_unknown_row_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "course").mkdir()
    cells = [{"id": "a", "metadata": {"course": {"rows": ["F99"]}}}]
    (tmp_path / "course" / "03-x.ipynb").write_text(json.dumps({"cells": cells}))
    with pytest.raises(Trouble, match="a names F99, which is no row"):
        coverage.coverage(Course(tmp_path))
