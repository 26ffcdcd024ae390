"""Which version counts, and what coming late costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.author.places import Course
from autograder.grade.attempts import Attempt, iso
from autograder.grade.policy import Policy, counted, in_question, keep_policy, penalty, policy_of
from autograder.trouble import Trouble

DUE = datetime(2026, 12, 1, 18, tzinfo=UTC)


def at(minutes: float, name: str = "") -> Attempt:
    """A version handed in these minutes after the deadline."""
    return Attempt(name or f"at{minutes:g}", iso(DUE + timedelta(minutes=minutes)))


def by(counts: str, **more: float) -> Policy:
    return Policy(counts, "2026-12-01T19:00+01:00", **more).check()


EARLY, LATER, IN_GRACE, LATE, LATEST = at(-90), at(-10), at(4), at(30), at(60 * 25)
ALL = [LATE, EARLY, LATEST, IN_GRACE, LATER]


@pytest.mark.parametrize(
    ("policy", "given", "wanted"),
    [
        (by("last"), ALL, [LATER]),
        (by("best"), ALL, ALL),
        (by("before-deadline"), ALL, [LATER]),
        (by("before-deadline", grace=5), ALL, [IN_GRACE]),
        (by("before-deadline"), [LATEST, LATE], [LATE]),
        (by("before-deadline"), [at(0)], [at(0)]),
    ],
)
def test_only_what_may_count_is_graded(policy: Policy, given: list[Attempt], wanted: list[Attempt]) -> None:
    assert in_question(policy, given, given[-1]) == wanted


def test_the_best_counts_after_its_penalty_and_the_earlier_of_two_equals() -> None:
    policy = by("best", late=50)
    assert counted(policy, [(EARLY, 4.0), (LATE, 7.0), (LATEST, 9.0)], 3) == (EARLY, "the best of 3")
    assert counted(policy, [(EARLY, 3.0), (LATE, 7.0)], 2)[0] == LATE
    assert counted(policy, [(LATER, 4.0), (EARLY, 4.0)], 2)[0] == EARLY


def test_the_words_say_why_a_version_counts() -> None:
    assert counted(Policy(), [(EARLY, 1.0)], 1) == (EARLY, "the only one")
    assert counted(Policy(), [(EARLY, 1.0)], 2) == (EARLY, "the last of 2")
    assert counted(by("before-deadline"), [(EARLY, 1.0)], 2)[1] == "the last in time, of 2"
    assert counted(by("before-deadline"), [(LATE, 1.0)], 2)[1] == "none came in time, this was the first after it, of 2"


@pytest.mark.parametrize(
    ("policy", "seconds", "lost"),
    [
        (Policy(), 10**9, None),
        (by("last", late=10), 0, None),
        (by("last", late=10), 1, 1.0),
        (by("last", late=10), 86_400, 1.0),
        (by("last", late=10), 86_401, 2.0),
        (by("last", late=10, grace=10), 600, None),
        (by("last", late=10, grace=10), 601, 1.0),
        (by("last", late=60), 86_401, 10.0),
        (by("before-deadline"), 1, 10.0),
        (by("before-deadline", late=0), 10**6, None),
    ],
)
def test_each_late_day_begun_after_the_grace_costs_its_percent(
    policy: Policy, seconds: float, lost: float | None
) -> None:
    assert penalty(policy, 10, seconds) == lost


def test_nothing_is_lost_of_nothing() -> None:
    assert penalty(by("last", late=10), 0, 10**6) is None


@pytest.mark.parametrize(
    ("policy", "says"),
    [
        (Policy("newest"), "'newest' is no policy"),
        (Policy(deadline="soon"), "no date and time"),
        (Policy(deadline="2026-12-01T18:00"), "no time zone"),
        (Policy(deadline="2026-12-01"), "write it as 2026-12-01T23:59Z or 2026-12-01T23:59.01:00$"),
        (Policy("before-deadline"), "needs a deadline"),
        (Policy(grace=-1), "a grace of -1 minutes"),
        (Policy(grace=float("nan")), "a grace of nan minutes"),
        (Policy(late=101), "a late penalty of 101 percent"),
        (Policy(late=float("nan")), "a late penalty of nan percent"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(policy: Policy, says: str) -> None:
    with pytest.raises(Trouble, match=says):
        policy.check()


def test_a_policy_is_kept_by_lab_and_a_refused_change_leaves_it(tmp_path: Path) -> None:
    here = Course(tmp_path)
    keep_policy(here, ["01-a", "02-b"], lambda _: by("best", grace=5))
    keep_policy(here, ["02-b"], lambda policy: Policy("last", policy.deadline, policy.grace))
    with pytest.raises(Trouble):
        keep_policy(here, ["01-a", "02-b"], lambda _: Policy("newest"))
    assert policy_of(here, "01-a") == by("best", grace=5)
    assert policy_of(here, "02-b").counts == "last"
    assert policy_of(here, "03-c") == Policy()


def test_a_damaged_policy_is_told_and_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "grading").mkdir()
    (tmp_path / "grading" / "policy.json").write_text("{")
    with pytest.raises(Trouble, match="damaged"):
        policy_of(Course(tmp_path), "01-a")
