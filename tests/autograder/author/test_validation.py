"""nbval over built notebooks: what passes, and what a changed output does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.author import build, validation
from autograder.author.places import Course
from tests.rotation import on_turn


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample's three notebooks by folder, built once for all tests here: kernels take their time to start."""
    sample = Course(tmp_path_factory.mktemp("built") / "course")
    shutil.copytree(Path(__file__).parent / "samples", sample.root)
    made = {}
    for path in sample.sources():
        for one in build.build(sample, path):
            one.path.parent.mkdir(parents=True, exist_ok=True)
            one.path.write_text(one.text)
            made[one.path.relative_to(sample.root).parts[0]] = one.path
    return made


@on_turn(2, 3)
def test_lesson_with_widget_and_question_cell_passes_strict_nbval_without_sanitizers(built: dict[str, Path]) -> None:
    run = validation.nbval([built["course"], built["solutions"]], strict=True)
    assert run.returncode == 0, run.stdout
    assert "14 passed" in run.stdout


@on_turn(2, 3)
def test_released_lab_passes_lax_nbval_untouched(built: dict[str, Path]) -> None:
    run = validation.nbval([built["labs"]], strict=False)
    assert run.returncode == 0, run.stdout


@on_turn(0, 3)
def test_changed_question_and_changed_error_fail_strict_nbval(built: dict[str, Path], tmp_path: Path) -> None:
    lesson = tmp_path / "90-sample.ipynb"
    text = built["course"].read_text()
    changed = text.replace("An interface endpoint for ecr.api<br>", "An interface endpoint for ecs<br>")
    changed = changed.replace('"evalue": "\'subnet-1\'"', '"evalue": "\'subnet-2\'"')
    assert changed != text
    lesson.write_text(changed)
    run = validation.nbval([lesson], strict=True)
    assert run.returncode == 1
    assert "2 failed" in run.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["90-sample.ipynb"]
