"""Every notebook of the course: rebuilt to equal bytes, and run again by nbval."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import nbformat
import pytest

from autograder.author import build, lab, lesson, outputs, release, source, validation
from autograder.author.places import Course, course
from autograder.exam import assignment
from tests.rotation import on_turn, parameters

HERE = course()
SOURCES = HERE.sources()
LESSONS = [HERE.lessons / f"{path.stem}.ipynb" for path in HERE.lesson_sources()]
SOLUTIONS = [HERE.solutions / path.parent.name / f"{path.parent.name}.ipynb" for path in HERE.lab_sources()]
BUILT = [*LESSONS, *SOLUTIONS]
EXAMS = [HERE.solutions / name / f"{name}.ipynb" for name in assignment.ids()]
UNBUILT = HERE.lessons / "exams-and-review.ipynb"
"""Everything that it shows depends on the learner, so nothing is stored in it: its text is all there is to build."""
GLOSSARY = HERE.lessons / release.GLOSSARY
"""Made from its terms: tests/autograder/glossary compares it."""
RELEASED = [HERE.labs / path.parent.name / f"{path.parent.name}.ipynb" for path in HERE.lab_sources()]


def name(path: Path) -> str:
    return HERE.relative(path)


@pytest.mark.parametrize("path", parameters(SOURCES, 2), ids=name)
def test_a_rebuild_in_another_directory_gives_the_stored_bytes(path: Path, tmp_path: Path) -> None:
    """Tracebacks and images included, which nbval does not compare."""
    elsewhere = Course(tmp_path / "another place")
    copy = elsewhere.root / path.relative_to(HERE.root)
    copy.parent.mkdir(parents=True)
    shutil.copy(path, copy)
    for built in build.build(elsewhere, copy):
        stored = HERE.root / built.path.relative_to(elsewhere.root)
        assert built.text == stored.read_text(encoding="utf-8"), f"{name(stored)}: run `fargate-course build`"


@pytest.mark.parametrize("path", HERE.lesson_sources(), ids=name)
def test_a_stored_lesson_has_the_cells_of_its_source(path: Path) -> None:
    """All of them every time, since a rebuild, which compares outputs as well, comes up in its turn only."""
    stored = nbformat.read(HERE.lessons / f"{path.stem}.ipynb", as_version=4)
    written = lesson.lesson(source.read(path))
    told = [_told(cell) for cell in written.cells]
    assert [_told(cell) for cell in stored.cells] == told, "run `fargate-course build`"


def _told(cell: nbformat.NotebookNode) -> tuple[object, ...]:
    return cell.id, cell.cell_type, cell.source, cell.metadata


@pytest.mark.parametrize("path", [*LESSONS, *parameters(SOLUTIONS, 3)], ids=name)
def test_strict_nbval_finds_every_stored_output_again(path: Path) -> None:
    run = validation.nbval([path], strict=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", parameters(RELEASED, 3), ids=name)
def test_an_untouched_lab_runs_to_its_end(path: Path) -> None:
    run = validation.nbval([path], strict=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", RELEASED, ids=name)
def test_a_released_lab_is_the_instructors_without_solutions_and_outputs(path: Path) -> None:
    text = lab.released(nbformat.read(HERE.solutions / path.parent.name / path.name, as_version=4))
    stored = nbformat.read(path, as_version=4)
    assert text == stored
    assert all(not cell.get("outputs") for cell in stored.cells)
    assert "BEGIN SOLUTION" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", BUILT, ids=name)
def test_no_notebook_shows_a_broken_widget_or_a_path_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    of_widgets = (outputs.WIDGET_VIEW, "widget-state", "Error displaying widget")
    for word in (*of_widgets, str(Path.home()) + os.sep, "site-packages"):
        assert word not in text


def test_no_notebook_lies_there_without_a_source() -> None:
    stored = {path for folder in (HERE.lessons, HERE.solutions, HERE.labs) for path in folder.rglob("*.ipynb")}
    stored = {path for path in stored if ".ipynb_checkpoints" not in path.parts}
    assert {name(path) for path in stored} <= {name(path) for path in (*BUILT, *RELEASED, *EXAMS, UNBUILT, GLOSSARY)}


@pytest.mark.parametrize("path", EXAMS, ids=name)
def test_the_notebook_of_an_exam_is_what_the_blueprint_makes(path: Path) -> None:
    assert json.loads(path.read_text(encoding="utf-8")) == assignment.notebook(path.stem)


def test_the_notebook_that_is_not_built_has_nothing_that_a_build_would_make() -> None:
    cells = nbformat.read(UNBUILT, as_version=4).cells
    assert all(not cell.get("outputs") and cell.get("execution_count") is None for cell in cells)


def test_every_cell_id_is_used_once_in_the_course() -> None:
    ids = [cell.id for path in SOURCES for cell in source.read(path).cells]
    assert len(ids) == len(set(ids))


@on_turn(0, 2)
def test_the_bundle_of_this_course_is_free_of_answers(tmp_path: Path) -> None:
    assert release.release(HERE, tmp_path / "cohort") > 0
    for folder in ("autograder/hidden", "autograder/bank/graded", "solutions", "tests", "course/source"):
        assert not (tmp_path / "cohort" / folder).exists()
