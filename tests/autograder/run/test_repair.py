"""A submission laid over the release: locked cells restored, answers kept, extra cells where they stood."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from autograder.run.repair import Repaired, repair
from autograder.run.submission import understand
from tests.autograder.samples import sample_course as sample


@pytest.fixture
def release(tmp_path: Path) -> dict[str, Any]:
    return sample.released(sample.install(tmp_path))


@pytest.fixture
def solved(tmp_path: Path, release: dict[str, Any]) -> dict[str, Any]:
    return sample.solved(sample.Course(tmp_path))


def repaired(book: dict[str, Any], release: dict[str, Any]) -> Repaired:
    return repair(understand(book), release)


def sources(found: Repaired) -> dict[str, str]:
    return {cell["id"]: "".join(cell["source"]) for cell in found.notebook["cells"]}


def whats(found: Repaired) -> set[tuple[str, str]]:
    return {(flag["what"], flag["cell"]) for flag in found.flags}


def test_an_honest_submission_is_kept_as_it_is(solved: dict[str, Any], release: dict[str, Any]) -> None:
    found = repaired(solved, release)
    assert found.flags == []
    assert sources(found) == {cell["id"]: "".join(cell["source"]) for cell in solved["cells"]}


def test_a_locked_cell_gets_its_own_text_again(solved: dict[str, Any], release: dict[str, Any]) -> None:
    sample.cell(solved, "s91-count-check")["source"] = "pass"
    found = repaired(solved, release)
    assert sources(found)["s91-count-check"] == 'lab.check("count-them", count=count)'
    assert whats(found) == {("restored", "count-them")}


def test_a_deleted_check_cell_comes_back_in_its_place(solved: dict[str, Any], release: dict[str, Any]) -> None:
    solved["cells"].remove(sample.cell(solved, "s91-cluster-check"))
    found = repaired(solved, release)
    assert [cell["id"] for cell in found.notebook["cells"]] == [cell["id"] for cell in release["cells"]]
    assert whats(found) == {("restored", "make-cluster")}


def test_a_duplicated_check_cell_stands_once(solved: dict[str, Any], release: dict[str, Any]) -> None:
    check = sample.cell(solved, "s91-count-check")
    solved["cells"] += [check | {"id": "copy-1"}, check | {"id": "copy-2"}]
    found = repaired(solved, release)
    assert [cell["id"] for cell in found.notebook["cells"]] == [cell["id"] for cell in release["cells"]]
    assert whats(found) == {("duplicate", "count-them")}


def test_an_answer_cell_split_in_two_runs_whole(solved: dict[str, Any], release: dict[str, Any]) -> None:
    answer = sample.cell(solved, "s91-cluster-answer")
    place = solved["cells"].index(answer)
    solved["cells"].insert(place + 1, copy.deepcopy(answer) | {"id": "split", "source": "second = 2"})
    answer["source"] = "first = 1"
    found = repaired(solved, release)
    texts = [cell["source"] for cell in found.notebook["cells"]]
    assert texts[place : place + 2] == ["first = 1", "second = 2"]
    assert "nbgrader" not in found.notebook["cells"][place + 1]["metadata"]


def test_cells_of_the_learners_own_stay_where_they_stood(solved: dict[str, Any], release: dict[str, Any]) -> None:
    posing = {"nbgrader": {"grade": True, "points": 100}}
    own = {"cell_type": "code", "id": "mine", "metadata": posing, "source": "helper = 1"}
    solved["cells"].insert(3, own)
    found = repaired(solved, release)
    assert found.notebook["cells"][3]["source"] == "helper = 1"
    assert found.notebook["cells"][3]["metadata"] == {}


def test_changed_ids_points_and_types_are_those_of_the_release_again(
    solved: dict[str, Any], release: dict[str, Any]
) -> None:
    check = sample.cell(solved, "s91-cluster-check")
    check["metadata"]["nbgrader"] |= {"grade_id": "mine", "points": 1000}
    sample.cell(solved, "s91-count-answer")["cell_type"] = "markdown"
    found = repaired(solved, release)
    again = sample.cell(found.notebook, "s91-cluster-check")
    assert again["metadata"]["nbgrader"] == sample.cell(release, "s91-cluster-check")["metadata"]["nbgrader"]
    assert sample.cell(found.notebook, "s91-count-answer")["cell_type"] == "code"
    assert whats(found) == {("restored", "make-cluster"), ("restored", "answer-count-them")}


def test_metadata_of_any_shape_is_survived(solved: dict[str, Any], release: dict[str, Any]) -> None:
    shapes = [None, [], "x", 3, {"nbgrader": []}, {"nbgrader": {"grade_id": {}}}]
    for cell, shape in zip(solved["cells"], shapes, strict=False):
        cell["metadata"] = shape
    assert [cell["id"] for cell in repaired(solved, release).notebook["cells"]] == [c["id"] for c in release["cells"]]


@pytest.mark.parametrize("shape", [3, "x", [1], True])
def test_what_stands_in_place_of_nbgraders_own_words_is_survived_in_every_cell(
    shape: Any, solved: dict[str, Any], release: dict[str, Any]
) -> None:
    for cell in solved["cells"]:
        cell["metadata"] = {"nbgrader": shape}
    assert [cell["id"] for cell in repaired(solved, release).notebook["cells"]] == [c["id"] for c in release["cells"]]


def test_an_empty_notebook_of_the_lab_becomes_the_release(release: dict[str, Any]) -> None:
    found = repaired({"metadata": {"course": {"lab": sample.LAB}}, "cells": []}, release)
    assert found.notebook["cells"] == release["cells"]


def test_a_written_answer_is_kept(solved: dict[str, Any], release: dict[str, Any]) -> None:
    sample.cell(solved, "s91-reflect-answer")["source"] = "Because one may die."
    assert sources(repaired(solved, release))["s91-reflect-answer"] == "Because one may die."
