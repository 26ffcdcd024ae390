"""A lab's file: what is refused in it, and how a lab is found by its id."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from autograder.checks import Lab, LabError, Question, load, places
from autograder.checks.lab import ids, make_variant, seed_of
from autograder.trouble import Trouble
from tests.autograder.samples import sample_course


def a_lab() -> Lab:
    return Lab(
        id="50-test",
        title="Test",
        version=1,
        variant=lambda random: {"number": random.random()},
        world=lambda cloud, variant: None,
        services=(),
        questions=(Question("one", title="One", points=1), Question("two", title="Two", points=1)),
    )


def fine() -> None:
    """It is fine."""


def silent() -> None:
    pass


def greedy(cloud: Any, gradebook: Any) -> None:
    """It asks for too much."""


@pytest.mark.parametrize(
    ("function", "said", "problem"),
    [
        (fine, {"question": "three", "points": 1}, "there is no question 'three'"),
        (fine, {"question": "one", "points": 0}, "points must be a number above zero"),
        (fine, {"question": "one", "points": float("nan")}, "points must be a number above zero"),
        (fine, {"question": "one", "points": 1, "after": "second"}, "no earlier check of question 'one'"),
        (silent, {"question": "one", "points": 1}, "it has no docstring"),
        (greedy, {"question": "one", "points": 1}, "it asks for ['gradebook']"),
    ],
)
def test_a_check_that_does_not_fit_its_lab_is_refused(
    function: Callable[..., None], said: dict[str, Any], problem: str
) -> None:
    with pytest.raises(LabError, match="lab 50-test, check 'first': ") as refused:
        a_lab().check("first", **said)(function)
    assert problem in str(refused.value)


def test_two_checks_of_one_id_are_refused() -> None:
    lab = a_lab()
    lab.check("first", question="one", points=1)(fine)
    with pytest.raises(LabError, match="already"):
        lab.check("first", question="two", points=1)(fine)


def test_a_lab_is_found_by_its_id_with_its_hidden_checks() -> None:
    places.add(sample_course.PLACE)
    lab = load(sample_course.LAB)
    assert lab.id == sample_course.LAB
    assert sample_course.LAB in ids()
    assert [check.id for check in lab.checks_of("make-cluster", hidden=True)] == ["cluster-exists", "only-one-cluster"]
    assert [check.id for check in lab.checks_of("make-cluster", hidden=False)] == ["cluster-exists"]
    assert lab.max_points == 10


@pytest.mark.parametrize("name", ["99-nothing", "../../etc/passwd", "", "os"])
def test_a_lab_that_does_not_exist_is_one_line_of_trouble(name: str) -> None:
    with pytest.raises(Trouble, match=r"there is no lab .*; the labs are: "):
        load(name)


def test_a_question_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(Trouble, match="has no question 'three'; its questions are: one, two"):
        a_lab().question("three")


def test_points_that_do_not_add_up_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in ("odd_labs", "odd_hidden"):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").write_text("")
    (tmp_path / "odd_labs" / "lab_70_odd.py").write_text(
        "from tests.autograder.checks.test_lab import a_lab, fine\n"
        "from dataclasses import replace\n"
        "LAB = replace(a_lab(), id='70-odd', checks=[])\n"
        "LAB.check('first', question='one', points=1)(fine)\n"
        "LAB.check('second', question='two', points=3)(fine)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(places, "PLACES", [places.Place("odd_labs", "odd_hidden")])
    with pytest.raises(LabError, match="question 'two': its checks give 3 points, the question says 1"):
        load("70-odd")


def test_every_learner_has_a_seed_of_their_own_that_is_the_same_everywhere() -> None:
    assert seed_of("ada", "03-private-pull") == seed_of("ada", "03-private-pull")
    assert len({seed_of(name, lab) for name in ("ada", "bob", "") for lab in ("03-a", "04-b")}) == 6
    assert make_variant(a_lab(), 5) == {"number": Random(5).random()}
