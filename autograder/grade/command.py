"""`fargate-course grade DIR`: grade LEARNER/LAB/*.ipynb in DIR; write gradebook, notebooks and feedback."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from autograder.author.places import Course, course
from autograder.bar import Bar, readable
from autograder.grade.batch import Batch, Grading, alone
from autograder.grade.files import refuse_unwritable, write
from autograder.grade.handed import found
from autograder.grade.plan import How
from autograder.grade.policy import Policy, keep_policy
from autograder.grade.record import Record
from autograder.run.budget import Budget
from autograder.trouble import Trouble


def grade(args: argparse.Namespace) -> int:
    """The command. Raises Trouble where nothing can be graded; one bad submission stops no other.

    Exit status 1 where something was not graded or not saved through no fault of a submission.
    """
    if args.json:
        refuse_unwritable(args.json)
    here = course()
    if args.directory.resolve() == here.root.resolve():
        raise Trouble(f"{args.directory} is the course itself: give the folder with LEARNER/LAB/*.ipynb in it")
    _refuse_no_jobs(args.jobs)
    handed = found(args.directory)
    _set_policy(here, args, {one.lab for one in handed if one.lab})
    how = How(args.jobs, args.gradebook or "", args.scheduler or "", None, args.strict, args.again)
    batch = graded(here, args.directory, how)
    if args.json:
        write(args.json, json.dumps(batch.records, indent=1, ensure_ascii=False) + "\n")
    done = [record for record in batch.records if record["outcome"] != "skipped"]
    if not done and not batch.faults:
        raise Trouble(f"nothing in {args.directory} could be graded: each line above says what to do")
    for text in summary(batch):
        say(text)
    return 1 if batch.faults or batch.unsaved else 0


def grade_folder(
    here: Course, folder: Path, *, jobs: int | None = None, gradebook: str = "", budget: Budget | None = None
) -> list[Record]:
    """Grade every submission of a folder; the records, in order of learner and lab."""
    return graded(here, folder, How(jobs, gradebook, budget=budget)).records


def graded(here: Course, folder: Path, how: How) -> Batch:
    """Grade every submission of a folder."""
    handed = found(folder)
    _refuse_no_jobs(how.jobs)
    with Bar("Grading", len(handed)) as bar:
        return Grading(here, how, bar).grade(handed)


def summary(batch: Batch) -> Iterable[str]:
    """The last lines of a batch."""
    done = sum(record["outcome"] != "skipped" for record in batch.records)
    known = f", {batch.kept} of them known from before" if batch.kept else ""
    yield f"{done} of {len(batch.records)} submissions graded{known}."
    if batch.faults:
        yield f"{batch.faults} could not be graded through no fault of theirs: run the same command again."
    if batch.unsaved:
        names = ", ".join(batch.unsaved[:10]) + (" and more" if len(batch.unsaved) > 10 else "")
        yield f"{len(batch.unsaved)} marks are not in the gradebook ({names}): run the same command again."


def say(line: str) -> None:
    """One line on stderr, whatever is in it."""
    sys.stderr.write(f"{readable(line)}\n")
    sys.stderr.flush()


def _refuse_no_jobs(jobs: int | None) -> None:
    if jobs is not None and jobs < 1:
        raise Trouble(f"--jobs {jobs} grades nothing: give a number from 1")


def _set_policy(here: Course, args: argparse.Namespace, labs: set[str]) -> None:
    given = {"counts": args.policy, "deadline": args.deadline, "grace": args.grace, "late": args.late_penalty}
    chosen = {name: value for name, value in given.items() if value is not None}

    def change(policy: Policy) -> Policy:
        return replace(policy, **chosen)

    if chosen:
        with alone(here):
            keep_policy(here, sorted(labs), change)
