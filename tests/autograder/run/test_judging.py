"""Which check of a question counts."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks import places, sitting
from autograder.run import judging_child
from autograder.run.judging import with_marks
from autograder.run.judging_child import worlds
from tests.autograder.samples import sample_course as sample

MARKS = {"one": "check-one", "two": "check-two"}


def check(question: str, cell: str, **answers: Any) -> dict[str, Any]:
    return {"kind": "check", "question": question, "answers": answers, "cell": cell}


def test_the_last_check_in_its_own_cell_counts() -> None:
    transcript = [check("one", "answer", a=1), check("one", "check-one", a=2), check("one", "later", a=3)]
    assert with_marks(transcript, {"one": "check-one"}) == [check("one", "check-one", a=2)]


def test_a_check_elsewhere_counts_where_its_own_cell_made_none() -> None:
    transcript = [check("one", "answer", a=1), check("one", "answer", a=2)]
    assert with_marks(transcript, {"one": "check-one"}) == [check("one", "answer", a=2)]


def test_a_question_that_was_never_checked_is_judged_at_the_end() -> None:
    call = {"kind": "call", "cell": "x"}
    assert with_marks([check("two", "check-two"), call], MARKS) == [check("two", "check-two"), call, check("one", "")]


def test_checks_of_questions_that_do_not_exist_are_dropped() -> None:
    assert with_marks([check("free-points", "x")], {}) == []


def test_each_begin_starts_a_world_of_its_own() -> None:
    begin, call = {"kind": "begin"}, {"kind": "call"}
    assert list(worlds([begin, call, begin, call, call])) == [[call], [call, call]]
    assert list(worlds([])) == [[]]


def test_a_world_in_which_no_check_stands_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """A forged transcript may begin thousands."""
    built, real = [], sitting.sit_down

    def sit_down(lab: Any, learner: str, **_: Any) -> Any:
        built.append(learner)
        return real(lab, learner)

    monkeypatch.setattr("autograder.checks.sitting.sit_down", sit_down)
    entries = [{"kind": "begin"}] * 20 + [check("make-cluster", "")] + [{"kind": "begin"}] * 20
    judged: list[dict[str, Any]] = []
    places.add(sample.PLACE)
    judging_child.judge(judging_child.Built(sample.LAB, "ada"), entries, judged.append)
    assert (len(judged), built) == (1, ["ada"])
