"""The notebook of exams and review: it runs, and everything in it works for a learner."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat

from autograder.author import release
from autograder.author.kernel import client, environment
from autograder.author.places import course
from autograder.workspace import carry

PAGE = course().lessons / release.EXAMS


def test_every_cell_runs_and_shows_its_room(tmp_path: Path) -> None:
    book = nbformat.read(PAGE, as_version=4)
    client(book, tmp_path, allow_errors=False).execute(env=environment(tmp_path))
    shown = {cell.id: [one for one in cell.outputs if "data" in one] for cell in book.cells if cell.cell_type == "code"}
    texts = {name: some[0]["data"]["text/plain"] for name, some in shown.items() if some}
    assert "fargate-course place" in texts["er-place"]
    assert texts["er-plan"].startswith("SAA-C03 asks for")
    assert (tmp_path / "record.html").is_file()
    assert "no AWS certificate" in texts["er-record"]
    assert texts["er-review"].startswith("Nothing is due.")
    assert "10 items" in texts["er-practice"]
    assert "20 items, 40 minutes" in texts["er-short"]
    assert "0 of 57 rows held" in texts["er-progress"]
    assert len(json.loads((tmp_path / "state.json").read_text())["exams"]) == 2
    assert json.loads((tmp_path / "state.json").read_text())["placements"] == {}


def test_a_learner_gets_it_in_the_workspace_and_in_a_cohort(tmp_path: Path) -> None:
    carry.carry(course().root, tmp_path / "my", merge=False)
    assert (tmp_path / "my" / "course" / release.EXAMS).read_bytes() == PAGE.read_bytes()
    assert PAGE in list(release._notebooks(course()))


def test_nothing_of_a_learner_is_stored_in_it() -> None:
    book = nbformat.read(PAGE, as_version=4)
    assert not [cell.id for cell in book.cells if cell.get("outputs")]
