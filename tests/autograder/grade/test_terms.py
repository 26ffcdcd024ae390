"""What holds for one learner alone: extra time for a lab or an exam, and points with a reason."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.author.places import Course
from autograder.exam import paper
from autograder.grade.attempts import Attempt
from autograder.grade.policy import Policy, in_question, keep_policy, policy_of
from autograder.grade.terms import Override, Terms, change, every, terms, without
from autograder.trouble import Trouble

LAB = "01-a"


@pytest.fixture
def here(tmp_path: Path) -> Course:
    keep_policy(Course(tmp_path), [LAB], lambda _: Policy("before-deadline", "2026-12-01T18:00+01:00", 10))
    return Course(tmp_path)


def test_extra_time_moves_the_deadline_of_one_learner_in_one_lab(here: Course) -> None:
    change(here, "bob", LAB, lambda _: Terms(2 * 1440, "ill"))
    assert policy_of(here, LAB, "bob").due == datetime(2026, 12, 3, 17, tzinfo=UTC)
    assert policy_of(here, LAB, "bob").grace == 10
    assert policy_of(here, LAB, "ada") == policy_of(here, LAB)
    assert policy_of(here, "02-b", "bob") == Policy()


def test_what_came_in_the_extra_time_counts_for_that_learner_alone(here: Course) -> None:
    change(here, "bob", LAB, lambda _: Terms(60, "the bus"))
    early, late = Attempt("1", "2026-12-01T16:00:00+00:00"), Attempt("2", "2026-12-01T17:55:00+00:00")
    assert in_question(policy_of(here, LAB, "bob"), [early, late], late) == [late]
    assert in_question(policy_of(here, LAB, "ada"), [early, late], late) == [early]


def test_terms_are_kept_and_an_empty_one_is_gone(here: Course) -> None:
    given = Override(4.5, "the room's clock", "2026-11-23T10:00:00+00:00")
    change(here, "bob", LAB, lambda _: Terms(60, "ill", {"q": given}))
    assert terms(here, "bob", LAB).overrides == {"q": given}
    change(here, "bob", LAB, lambda one: without(Terms(0, "", one.overrides), "q"))
    assert every(here) == {}


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"bob": {"01-a": {"extra": 1}}}',
        '{"bob": {"01-a": {"extra": NaN, "why": "", "overrides": {}}}}',
        '{"bob": {"01-a": {"extra": 0, "why": "", "overrides": {"q": {"points": "3", "why": "", "when": ""}}}}}',
    ],
)
def test_a_damaged_file_is_told_and_not_guessed(here: Course, text: str) -> None:
    (here.root / "grading" / "terms.json").write_text(text)
    with pytest.raises(Trouble, match="is damaged"):
        every(here)


def test_an_exams_paper_gives_one_learner_more_time_and_names_nobody() -> None:
    made = paper.made("SAA-C03", {"A": [], "B": []}, {"ada": 15})
    assert paper.sat(made, "ada").minutes == made["minutes"] + 15
    assert paper.sat(made, "bob").minutes == made["minutes"]
    assert "ada" not in paper.text(made)
    assert "extra" not in paper.made("SAA-C03", {"A": [], "B": []}, {})
