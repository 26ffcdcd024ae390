"""Whatever is handed in, the grader ends with a record or with a word on why there can be none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import Any

import pytest

from autograder.author.places import Course
from autograder.checks.lab import load
from autograder.grade.work import Done, Job, do
from autograder.run.budget import Budget
from tests.autograder.samples import sample_course as sample
from tests.autograder.samples.mutations import mutated
from tests.rotation import parameters

SHORT, LONG, PARTS = 60, 5000, 3
"""So many mutations are graded in so many days; so many with --long."""
BUDGET = asdict(Budget(cell_seconds=1, grace_seconds=1, setup_seconds=20, total_seconds=40))


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return sample.install(tmp_path_factory.mktemp("fuzz"))


def graded(here: Course, numbers: range) -> Iterator[tuple[int, Done]]:
    release, solved = sample.released(here), sample.recorded(sample.solved(here), "ada")

    def one(number: int) -> tuple[int, Done]:
        content = mutated(solved, number)
        return number, do(Job("ada", sample.LAB, f"{sample.LAB}.ipynb", content, release, budget=BUDGET))

    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(one, numbers)


def problems(number: int, done: Done) -> Iterator[str]:
    """What is wrong with the way in which this mutation was graded."""
    if done.fault or done.refused:
        yield f"{number}: {done.fault or done.refused}"
        return
    if bool(done.bad) == bool(done.record):
        yield f"{number}: neither a record nor a reason, or both"
    if done.record is not None:
        json.dumps(done.record, allow_nan=False).encode("utf-8")
        yield from (f"{number}: {text}" for text in _of_record(done.record))


def _of_record(record: dict[str, Any]) -> Iterator[str]:
    lab = load(sample.LAB)
    if [question["id"] for question in record["questions"]] != [question.id for question in lab.questions]:
        yield "a question is missing"
    for question in record["questions"]:
        if not 0 <= question["points"] <= question["max_points"]:
            yield f"{question['id']} has {question['points']} points"
        if question["outcome"] != "passed" and not question["reason"]:
            yield f"{question['id']} is {question['outcome']} without a reason"
        if question["outcome"] == "broken":
            yield f"{question['id']} is broken: {[check['fault'] for check in question['checks']]}"
    if record["fault"]:
        yield f"judging failed: {record['fault']}"


@pytest.mark.parametrize("part", parameters(range(PARTS), 1))
def test_no_spoilt_notebook_raises_out_of_the_grader(here: Course, part: int) -> None:
    assert [text for number, done in graded(here, range(part, SHORT, PARTS)) for text in problems(number, done)] == []


@pytest.mark.long
def test_not_one_of_five_thousand_does(here: Course) -> None:
    assert [text for number, done in graded(here, range(LONG)) for text in problems(number, done)] == []


def test_the_mutations_reach_both_ends_and_what_is_between(here: Course) -> None:
    solved = sample.recorded(sample.solved(here), "ada")
    made = [mutated(solved, number) for number in range(SHORT)]
    assert len(set(made)) > SHORT * 0.8
    assert [mutated(solved, number) for number in range(SHORT)] == made
    assert json.dumps(solved).encode() not in made
