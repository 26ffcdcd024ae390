"""Building: equal bytes anywhere, nothing of the machine in them, a failing cell named."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path

import pytest

from autograder.author import build
from autograder.author.build import CellFailed
from autograder.author.outputs import WIDGET_VIEW
from autograder.author.places import Course
from autograder.trouble import Trouble


def lesson_of(course: Course, text: str) -> Path:
    for path in course.lesson_sources():
        path.unlink()
    path = course.lessons / "source" / "92-lesson.py"
    path.write_text(text)
    return path


def test_a_rebuild_in_another_place_under_another_hash_seed_gives_equal_bytes(
    sample: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = [built.text for path in sample.sources() for built in build.build(sample, path)]
    (tmp_path / "elsewhere").mkdir()
    moved = sample.root.rename(tmp_path / "elsewhere" / "a-longer-name-than-before")
    monkeypatch.setenv("PYTHONHASHSEED", "77")
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.chdir("/")
    second = [built.text for path in Course(moved).sources() for built in build.build(Course(moved), path)]
    assert second == first
    assert len(first) == 3


def test_what_is_stored_names_no_machine_and_has_no_widget(sample: Course) -> None:
    (built,) = build.build(sample, sample.lesson_sources()[0])
    for word in (WIDGET_VIEW, os.getcwd(), "/tmp/", "iopub", platform.python_version(), '"widgets": {'):
        assert word not in built.text
    cells = {cell["id"]: cell for cell in json.loads(built.text)["cells"]}
    assert cells["sample-machine"]["outputs"] == []
    twin = {"text/html": ["<p>the twin</p>"], "text/plain": ["the twin"]}
    assert cells["sample-widget"]["outputs"][0]["data"] == twin
    assert "image/png" in cells["sample-picture"]["outputs"][0]["data"]
    assert cells["sample-error"]["outputs"][0]["evalue"] == "'subnet-1'"


def test_a_cell_that_fails_is_named_with_its_source_and_its_error(sample: Course) -> None:
    path = lesson_of(sample, '# %% id="a"\nx = 1\n\n# %% id="b"\nx / 0\n')
    with pytest.raises(CellFailed) as failed:
        build.build(sample, path)
    assert f"{path}:4: the cell raised ZeroDivisionError: division by zero" in str(failed.value)
    assert "    x / 0" in str(failed.value)


def test_a_cell_meant_to_fail_that_does_not_is_named(sample: Course) -> None:
    path = lesson_of(sample, '# %% id="a" tags=["raises-exception"]\n1\n')
    with pytest.raises(Trouble, match="is tagged raises-exception and raises nothing"):
        build.build(sample, path)


def test_a_widget_without_a_static_twin_is_refused(sample: Course) -> None:
    path = lesson_of(sample, '# %% id="a"\nimport ipywidgets\nipywidgets.IntSlider()\n')
    with pytest.raises(Trouble, match=r"IntSlider\(value=0\), a widget that is nothing when the notebook is not"):
        build.build(sample, path)


def test_check_writes_nothing_and_says_what_would_change(
    sample: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lesson_of(sample, '# %% id="a"\n1 + 1\n')
    for path in sample.lab_sources():
        path.unlink()
    monkeypatch.setattr(build, "course", lambda: sample)
    stored = sample.lessons / "92-lesson.ipynb"
    assert build.command([], check=True) == 1
    assert not stored.exists()
    assert "92-lesson.ipynb: is missing" in capsys.readouterr().out
    assert build.command([stored], check=False) == 0
    assert build.command([], check=True) == 0
    stored.write_text(stored.read_text().replace('"2"', '"3"'))
    assert build.command([], check=True) == 1
    assert "92-lesson.ipynb: differs from line" in capsys.readouterr().out


def test_a_path_that_is_no_source_is_refused(sample: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "course", lambda: sample)
    with pytest.raises(Trouble, match=r"nothing\.py is no source of this course: give one of course/source/90-"):
        build.command([Path("nothing.py")], check=True)
