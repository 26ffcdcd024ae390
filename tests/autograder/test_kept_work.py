"""Copies of answers: kept at each check, never lost by a reset, found again with `lab.work`."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder import lab, work
from autograder.checks import places
from tests.autograder.samples import sample_course as sample


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FARGATE_COURSE_STATE", str(tmp_path / "state.json"))


def ran(watch: work.Watch, text: str, cell_id: str | None = None) -> None:
    watch.note(SimpleNamespace(raw_cell=text, cell_id=cell_id))


def test_the_answer_cell_is_found_by_its_id_in_whatever_order_cells_were_run() -> None:
    watch = work.Watch()
    ran(watch, "one = 1", "a1")
    ran(watch, "two = 2", "a2")
    ran(watch, 'lab.check("one")', "c1")
    assert (watch.answer("a1"), watch.answer("a2"), watch.answer("a3")) == ("one = 1", "two = 2", "")


def test_without_ids_it_is_all_that_was_run_since_the_last_check() -> None:
    watch = work.Watch()
    for text in ("one = 1", 'lab.hint("one")', "one = 2", 'lab.check("one")'):
        ran(watch, text)
    assert watch.answer("a1") == "one = 1\n\none = 2"
    ran(watch, 'lab.check("one")')
    assert watch.answer("a1") == ""


def test_a_copy_is_kept_once_and_the_oldest_go_first() -> None:
    assert work.keep("03-lab", "q", "x = 0") is not None
    assert work.keep("03-lab", "q", "x = 0") is None
    assert work.keep("03-lab", "q", "  \n") is None
    for number in range(1, work.KEPT + 5):
        work.keep("03-lab", "q", f"x = {number}")
    kept = work.copies("03-lab", "q")
    assert len(kept) == work.KEPT
    assert (kept[0].read_text(), kept[-1].read_text()) == ("x = 5", f"x = {work.KEPT + 4}")


def test_answer_cells_are_those_that_nbgrader_knows_as_solutions(tmp_path: Path) -> None:
    cells = [
        {"id": "s", "metadata": {}},
        {"id": "a1", "metadata": {"nbgrader": {"solution": True, "grade_id": "answer-one"}}},
        {"id": "c1", "metadata": {"nbgrader": {"solution": False, "grade_id": "one"}}},
    ]
    (tmp_path / "book.ipynb").write_text(json.dumps({"cells": cells}))
    assert work.answer_cells(tmp_path / "book.ipynb") == {"one": "a1"}
    assert work.answer_cells(tmp_path / "none.ipynb") == {}


def test_a_check_keeps_the_answer_and_reset_does_not_touch_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    places.add(sample.PLACE)
    monkeypatch.setattr(lab, "DOOR", lab.Door())
    desk = lab.begin(sample.LAB)
    assert lab.DOOR.watch is not None
    for text in ("count = 1  # a guess", "count = desk.buckets"):
        ran(lab.DOOR.watch, text)
        ran(lab.DOOR.watch, 'lab.check("count-them", count=count)')
        lab.check("count-them", count=desk.buckets)
    lab.reset()
    capsys.readouterr()
    lab.work("count-them")
    assert capsys.readouterr().out.splitlines()[1:] == ["count = desk.buckets"]
    lab.work("count-them", -1)
    assert capsys.readouterr().out.splitlines()[1:] == ["count = 1  # a guess"]
    lab.work("make-cluster")
    assert "Nothing of make-cluster is kept yet" in capsys.readouterr().out
    lab.DOOR.sitting.cloud.close()  # type: ignore[union-attr]


def test_the_newest_copy_is_the_one_with_the_highest_number_also_beyond_four_digits() -> None:
    work.folder("03-lab", "q").mkdir(parents=True)
    for number in (9999, 10000):
        (work.folder("03-lab", "q") / f"{number}.py").write_text(f"x = {number}")
    (work.folder("03-lab", "q") / "².py").write_text("")
    kept = work.keep("03-lab", "q", "x = 1")
    assert kept is not None
    assert kept.name == "10001.py"
