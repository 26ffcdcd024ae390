"""What nbgrader's own generate_assignment makes of the instructor's notebook is what `build` releases."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.author import lab, notebook, source
from autograder.author.places import Course, course
from tests.rotation import rotating

ROOT = course().root
RELEASE = """
import sys
from nbgrader.apps.generateassignmentapp import GenerateAssignmentApp
for name in sys.argv[1:]:
    GenerateAssignmentApp.launch_instance([name, "--create"])
    GenerateAssignmentApp.clear_instance()
"""
"""nbgrader's command for each lab, in one process: starting it takes longer than what it does."""


@pytest.fixture(scope="module")
def released_by_nbgrader(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The sample course, its labs released by nbgrader with the shipped configuration."""
    sample = Course(tmp_path_factory.mktemp("nbgrader") / "course")
    shutil.copytree(Path(__file__).parent / "samples", sample.root)
    for path in rotating(course().lab_sources(), 3):  # the real labs go the same way, three a day
        shutil.copytree(path.parent, sample.solutions / path.parent.name)
    for path in sample.lab_sources():
        book = lab.lab(source.read(path))
        (path.parent / f"{path.parent.name}.ipynb").write_text(notebook.text(book))
        (path.parent / "answers.py").write_text("RIGHT = {}\n")
    shutil.copy(ROOT / "nbgrader_config.py", sample.root)
    names = [path.parent.name for path in sample.lab_sources()]
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(sample.root), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", RELEASE, *names]
    run = subprocess.run(command, cwd=sample.root, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return sample


def essence(book: Any) -> list[Any]:
    """What matters of each cell: nbgrader adds two notes of its own, the cell's type and a checksum."""
    cells = []
    for cell in book.cells:
        metadata = {**cell.metadata, "nbgrader": dict(cell.metadata.get("nbgrader", {}))}
        for note in ("checksum", "cell_type"):
            metadata["nbgrader"].pop(note, None)
        cells.append((cell.id, cell.cell_type, cell.source, metadata, cell.get("outputs"), cell.get("execution_count")))
    return cells


def test_cells_metadata_and_stubs_are_the_same(released_by_nbgrader: Course) -> None:
    for path in released_by_nbgrader.lab_sources():
        name = path.parent.name
        theirs = nbformat.read(released_by_nbgrader.labs / name / f"{name}.ipynb", as_version=4)
        ours = lab.released(lab.lab(source.read(path)))
        assert essence(theirs) == essence(ours)
        assert theirs.metadata["course"] == ours.metadata["course"]
        assert theirs.metadata["kernelspec"] == ours.metadata["kernelspec"]


def test_neither_text_source_nor_answers_are_released(released_by_nbgrader: Course) -> None:
    names: set[str] = {path.name for path in Path(released_by_nbgrader.labs).rglob("*") if path.is_file()}
    assert names == {f"{path.parent.name}.ipynb" for path in released_by_nbgrader.lab_sources()}
