"""What nbgrader's own commands graded is kept as well, so that `regrade` and the reports know of it."""

from __future__ import annotations

from pathlib import Path

from autograder.author.places import Course
from autograder.grade.attempts import Attempt, Attempts, Counted, hash_of, iso
from autograder.grade.batch import alone
from autograder.grade.engine import Graded
from autograder.grade.fingerprint import run_key, verdict_key
from autograder.grade.handed import handed_in
from autograder.grade.store import Store
from autograder.run.budget import Budget
from autograder.run.course import release
from autograder.run.submission import content_of
from autograder.trouble import Trouble


def remember(here: Course, graded: Graded, file: Path) -> str:
    """Keep run, record and attempt of a submitted file; '' or why that could not be done, which costs no mark."""
    try:
        with alone(here):
            _keep(here, graded, file)
    except (Trouble, OSError) as why:
        return str(why)
    return ""


def _keep(here: Course, graded: Graded, file: Path) -> None:
    learner, lab, content = graded.record["learner"], graded.record["lab"], content_of(file)
    attempts, store = Attempts(here), Store(here)
    attempt, _ = attempts.add(learner, lab, content, Attempt(hash_of(content), iso(handed_in(file)), file.name))
    run = run_key(attempt.sha256, release(here, lab), lab, learner, Budget().as_json())
    store.keep_run(run, graded.run.as_json())
    store.keep_record(verdict_key(run, lab), graded.record)
    attempts.ran(learner, lab, attempt.sha256, run)
    attempts.count(learner, lab, Counted(attempt.sha256, verdict_key(run, lab)))
