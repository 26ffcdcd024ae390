"""What is kept of grading: no line, run or policy is lost or changed by odd words, a kill or a command that fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import cli
from autograder.author.places import Course
from autograder.grade import command, exceptions, regrade
from autograder.grade.attempts import Attempt, Attempts, Counted
from autograder.grade.history import history, note
from autograder.grade.policy import Policy, keep_policy
from autograder.grade.store import Store
from autograder.grade.terms import Terms, every
from autograder.trouble import Trouble

LAB = "03-private-pull"


def moved(learner: str, says: str) -> tuple[str, str, tuple[float, float], list[str]]:
    return learner, LAB, (1.0, 2.0), [says]


@pytest.mark.parametrize("end", ["\u2028", "\x85", "\x0b", "\r", "\n"])
def test_an_odd_end_of_line_in_a_learners_words_loses_no_entry(tmp_path: Path, end: str) -> None:
    here = Course(tmp_path)
    note(here, [moved("ada", f"got a{end}b")])
    note(here, [moved("bob", "got c")])
    assert [(one.learner, one.reasons) for one in history(here)] == [("ada", (f"got a{end}b",)), ("bob", ("got c",))]


def test_a_line_that_was_cut_short_costs_no_other(tmp_path: Path) -> None:
    here = Course(tmp_path)
    note(here, [moved("ada", "x"), moved("bob", "y")])
    file = tmp_path / "grading" / "regrades.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    note(here, [moved("cyd", "z")])
    assert [one.learner for one in history(here)] == ["ada", "cyd"]


def counted(here: Course, learner: str, run: str = "") -> None:
    """A learner whose mark is said to be in the gradebook; the record of it is kept, the run is not."""
    attempts = Attempts(here)
    made = Attempt("a" * 64, "2026-12-01T12:00:00+00:00", run=run)
    attempts.add(learner, LAB, b"{}", made)
    attempts.count(learner, LAB, Counted("a" * 64, "r" * 64))
    record = {"learner": learner, "lab": LAB, "points": 1, "questions": [{"id": "q", "max_points": 2, "checks": []}]}
    Store(here).keep_record("r" * 64, record)


def test_regrading_names_those_whose_runs_are_lost_or_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here, store = Course(tmp_path), Store(Course(tmp_path))
    counted(here, "ada")
    counted(here, "bob", run="b" * 64)
    store.keep_run("b" * 64, {})
    damaged = next((tmp_path / "grading" / "runs").rglob("*.gz"))
    damaged.write_bytes(damaged.read_bytes()[:10])
    changes, faults = regrade.regraded(here, jobs=1, dry_run=True)
    assert (changes, faults) == ([], 2)
    said = capsys.readouterr().err
    for learner in ("ada", "bob"):
        assert f"{learner} {LAB}: its marks stay as they were: {regrade.LOST}" in said
    assert "0 submissions judged again" in said
    assert not store.has_run("b" * 64)


def test_a_lab_that_was_misspelt_is_named_among_others(tmp_path: Path) -> None:
    counted(Course(tmp_path), "ada")
    with pytest.raises(Trouble, match="nothing of 04-typo was graded yet"):
        regrade.regraded(Course(tmp_path), [LAB, "04-typo"], dry_run=True)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["."], ". is the course itself: give the folder with LEARNER/LAB"),
        (["submitted", "--jobs", "0", "--policy", "best"], "--jobs 0 grades nothing"),
        (["submitted", "--json", "submitted", "--policy", "best"], "submitted cannot be written: it is a folder"),
    ],
)
def test_a_command_that_cannot_begin_keeps_no_policy(
    tmp_path: Path, given: list[str], says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "course", lambda: Course(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "submitted" / "ada" / LAB).mkdir(parents=True)
    assert cli.main(["grade", *given]) == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "grading").exists()


def test_terms_are_as_they_were_where_the_mark_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = Course(tmp_path)
    monkeypatch.setattr(exceptions, "course", lambda: here)
    keep_policy(here, [LAB], lambda _: Policy(deadline="2026-12-01T18:00Z"))
    assert cli.main(["extend", "ada", LAB, "2d", "--reason", "ill"]) == 0
    counted(here, "ada")
    assert cli.main(["override", "ada", LAB, "q", "2", "--reason", "seen"]) == 2
    assert "is not kept any more as it was graded" in capsys.readouterr().err

    def away(*_: object) -> bool:
        raise Trouble("the gradebook does not answer")

    monkeypatch.setattr(exceptions, "_write_again", away)
    assert cli.main(["extend", "ada", LAB, "5d", "--reason", "still ill"]) == 2
    assert cli.main(["override", "ada", LAB, "q", "2", "--reason", "seen"]) == 2
    assert every(here) == {("ada", LAB): Terms(2880, "ill")}


def test_regrading_says_that_points_which_an_instructor_gave_stay() -> None:
    before = {"points": 1, "questions": [{"checks": [check("failed", 0)]}]}
    after = {"points": 2, "questions": [{"checks": [check("passed", 1)]}]}
    one = regrade.Kept("ada", LAB, [], before, Counted("a", "b"), {})
    said = list(regrade.told([one], [regrade.change(one, after, ("q",))]))
    assert said == [
        f"ada {LAB}: 1 -> 2 points",
        "  failed (0) -> passed (1): It counts.",
        "  An instructor's points stay, whatever the checks say: q.",
        "1 submissions judged again without running a notebook; 1 marks change.",
    ]


def check(outcome: str, points: float) -> dict[str, object]:
    return {"id": "c", "sentence": "It counts.", "outcome": outcome, "points": points, "max_points": 1}
