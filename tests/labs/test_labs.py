"""Every lab in solutions/: each answer gets what it deserves, every seed can be solved, no answer fits all variants."""

from __future__ import annotations

import contextlib
import re
from itertools import pairwise

import pytest

from autograder.author.places import course
from autograder.author.worked import SOLUTION, STUB, Answer
from autograder.bank import bank
from autograder.checks.check import Check, Miss, NotAttempted
from autograder.checks.lab import load
from tests.labs.desk import Desk, answers, decided, desk_before, said, wrecks
from tests.rotation import parameters, rotating, turn

LABS = [path.parent.name for path in course().lab_sources()]
ANSWERS_A_DAY = 6
"""Of each lab so many answers are tried each day, in turn; the long run tries all."""
EVERY_ANSWER = [
    pytest.param(lab_id, question.id, answer, id=f"{lab_id}-{question.id}-{answer.name}")
    for lab_id in LABS
    for question in load(lab_id).questions
    for answer in answers(lab_id)[question.id]
]
OTHER_LEARNERS = ("bob", "cleo", "dora")
SOLVERS = [f"learner-{number}" for number in range(50)]
OF_THE_DAY = f"learner-of-day-{turn() % 1000}"
"""Another one each day, so that in the long run many seeds are solved. The test's name says which."""
IN_PAIRS = ("ada", "bob", "cleo", "dora", "ada")

each_lab = pytest.mark.parametrize("lab_id", LABS)
a_fifth_of_the_labs = pytest.mark.parametrize("lab_id", parameters(LABS, -(-len(LABS) // 5)))
"""What takes seconds for each lab: every lab comes up in five days."""


def questions(lab_id: str) -> list[str]:
    return [question.id for question in load(lab_id).questions]


# --- answers.py


def must_get_what_it_deserves(lab_id: str, learner: str, question: str, answer: Answer) -> None:
    desk = desk_before(lab_id, learner, question)
    with desk.apart():
        verdict = desk.answer(question, desk.texts.of(question, answer))
        assert desk.raised == answer.raises
        if not answer.attempted:
            assert (verdict.outcome, verdict.points) == ("not attempted", 0)
            return
        told = {check.id: said(check) for check in verdict.checks if check.outcome != "passed"}
        assert set(told) == set(answer.misses), told
        for check, words in answer.misses.items():
            assert words in told[check]
        assert {check.outcome for check in verdict.checks} <= {"passed", "failed", "skipped"}


OF_TODAY = [
    one for lab_id in LABS for one in rotating([one for one in EVERY_ANSWER if one.values[0] == lab_id], ANSWERS_A_DAY)
]


@pytest.mark.parametrize(("lab_id", "question", "answer"), OF_TODAY)
def test_an_answer_of_the_day_gets_what_it_deserves(lab_id: str, question: str, answer: Answer) -> None:
    must_get_what_it_deserves(lab_id, "ada", question, answer)


@pytest.mark.long
@pytest.mark.parametrize(("lab_id", "question", "answer"), EVERY_ANSWER)
def test_an_answer_gets_what_it_deserves(lab_id: str, question: str, answer: Answer) -> None:
    must_get_what_it_deserves(lab_id, "ada", question, answer)


@pytest.mark.long
@pytest.mark.parametrize("learner", OTHER_LEARNERS)
@pytest.mark.parametrize(("lab_id", "question", "answer"), EVERY_ANSWER)
def test_an_answer_gets_what_it_deserves_in_other_worlds(
    lab_id: str, question: str, answer: Answer, learner: str
) -> None:
    must_get_what_it_deserves(lab_id, learner, question, answer)


@each_lab
def test_answers_py_has_enough_of_each_kind_for_every_question(lab_id: str) -> None:
    for question in questions(lab_id):
        mine = answers(lab_id)[question]
        assert sum(answer.is_right for answer in mine) >= 2, question
        assert sum(bool(answer.misses) for answer in mine) >= 4, question
        assert [answer.name for answer in mine if answer.cell == STUB] == ["untouched"], question
        assert any(answer.cell == SOLUTION for answer in mine), question
        assert any(answer.raises for answer in mine), question


@each_lab
def test_every_check_is_missed_by_some_wrong_answer(lab_id: str) -> None:
    missed = {check for mine in answers(lab_id).values() for answer in mine for check in answer.misses}
    assert missed == {check.id for check in load(lab_id).checks}


# --- seeds and variants


def must_be_solved(lab_id: str, learner: str) -> None:
    desk = Desk(lab_id, learner)
    for question in questions(lab_id):
        verdict = desk.answer(question, desk.texts.solutions[question])
        assert (verdict.outcome, desk.raised) == ("passed", ""), (desk.variant, verdict)
    desk.cloud.world.check()


@pytest.mark.parametrize("learner", [OF_THE_DAY])
@a_fifth_of_the_labs
def test_the_seed_of_the_day_is_solved_by_the_solution(lab_id: str, learner: str) -> None:
    must_be_solved(lab_id, learner)


@pytest.mark.long
@pytest.mark.parametrize("learner", SOLVERS)
@each_lab
def test_every_seed_is_solved_by_the_solution(lab_id: str, learner: str) -> None:
    must_be_solved(lab_id, learner)


def points_with(lab_id: str, learner: str, of: str) -> float:
    """The points that a learner gets with the decisions of another one's variant, written down as they are."""
    desk = Desk(lab_id, learner)
    texts = decided(lab_id)(Desk(lab_id, of).variant)
    desk.cloud.open()
    return sum(desk.answer(question, texts[question]).points for question in questions(lab_id))


@a_fifth_of_the_labs
def test_the_decisions_of_a_variant_are_right_there_and_wrong_in_another(lab_id: str) -> None:
    assert points_with(lab_id, "ada", "ada") == load(lab_id).max_points
    assert points_with(lab_id, "bob", "ada") < load(lab_id).max_points


@pytest.mark.long
@pytest.mark.parametrize(("one", "other"), list(pairwise(IN_PAIRS)))
@each_lab
def test_the_decisions_of_each_variant_are_wrong_in_the_next(lab_id: str, one: str, other: str) -> None:
    assert points_with(lab_id, one, one) == load(lab_id).max_points
    assert points_with(lab_id, other, one) < load(lab_id).max_points


# --- the untouched lab, and wreckage


@each_lab
def test_the_untouched_lab_is_not_attempted_and_nothing_else(lab_id: str) -> None:
    desk = Desk(lab_id, "ada")
    for question in questions(lab_id):
        verdict = desk.answer(question, desk.texts.stubs[question])
        assert (verdict.outcome, verdict.points, desk.raised) == ("not attempted", 0, "")


ODD = ("x", 7, None, [], {}, ["x"], {"x": {"x": None}}, -1.5, True, "." * 50)


def must_break_no_check(lab_id: str, wreck: str) -> None:
    """A check may pass there, or raise what a learner can read; any other exception would be our own fault."""
    lab = load(lab_id)
    desk = desk_before(lab_id, "ada", questions(lab_id)[-1])
    with desk.apart():
        assert desk._run(wrecks(lab_id)[wreck]) == ""
        desk.cloud.advance(hours=1)
        for number, check in enumerate(lab.checks):
            given = dict.fromkeys(lab.question(check.question).needs, ODD[number % len(ODD)])
            must_be_readable(desk, check, given)


def must_be_readable(desk: Desk, check: Check, given: dict[str, object]) -> None:
    with desk.cloud.copy() as future, contextlib.suppress(Miss, NotAttempted):
        handed = {"cloud": future, "answers": given, "variant": desk.variant, "transcript": []}
        check.function(**check.parameters(**handed))


EVERY_WRECK = [(lab_id, wreck) for lab_id in LABS for wreck in wrecks(lab_id)]
WRECK_OF_THE_DAY = [(lab_id, list(wrecks(lab_id))[turn() % len(wrecks(lab_id))]) for lab_id in rotating(LABS, 6)]


@pytest.mark.parametrize(("lab_id", "wreck"), WRECK_OF_THE_DAY)
def test_the_wreck_of_the_day_breaks_no_check(lab_id: str, wreck: str) -> None:
    must_break_no_check(lab_id, wreck)


@pytest.mark.long
@pytest.mark.parametrize(("lab_id", "wreck"), EVERY_WRECK)
def test_no_wrecked_world_breaks_a_check(lab_id: str, wreck: str) -> None:
    must_break_no_check(lab_id, wreck)


@each_lab
def test_odd_answers_of_every_kind_break_no_check(lab_id: str) -> None:
    lab = load(lab_id)
    desk = desk_before(lab_id, "ada", questions(lab_id)[0])
    for check in lab.checks:
        if needs := lab.question(check.question).needs:
            for odd in ODD:
                must_be_readable(desk, check, dict.fromkeys(needs, odd))


# --- the form


@each_lab
def test_the_lab_gives_twenty_points_some_of_them_after_submission(lab_id: str) -> None:
    lab = load(lab_id)
    assert lab.max_points == 20
    assert 4 <= sum(check.points for check in lab.checks if check.hidden) <= 9


@each_lab
def test_every_question_has_three_hints_each_with_something_new(lab_id: str) -> None:
    for question in load(lab_id).questions:
        assert len({str(hint) for hint in question.hints}) == 3


# --- docs/labs.md


def table() -> dict[str, set[str]]:
    """Number of a lab -> the rows that docs/labs.md says it practises."""
    lines = (course().root / "docs" / "labs.md").read_text(encoding="utf-8").split("\n")
    first = [line for line in lines if re.match(r"\| \d\d ", line)][:17]
    return {line[2:4]: set(re.findall(r"\b[FPTMN]\d\d\b", line.split("|")[3])) for line in first}


def test_the_table_of_labs_practises_every_row_that_can_be_seen() -> None:
    can_be_seen = {row for row, about in bank.curriculum().items() if about["see"] != "-"}
    assert len(table()) == 17
    assert set().union(*table().values()) == can_be_seen
    assert len(can_be_seen) == 53


@each_lab
def test_a_lab_practises_the_rows_that_the_table_says(lab_id: str) -> None:
    assert table().get(lab_id[:2], set()) == {row for check in load(lab_id).checks for row in check.rows}
