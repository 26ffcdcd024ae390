"""`fargate-course bank statistics`: what the graded cohort's answers tell of each item of its exams."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from autograder.author.places import Course, course
from autograder.bank import bank
from autograder.exam import assignment
from autograder.exam.statistics import Answered, Statistic, answers, statistics, table
from autograder.grade.attempts import Attempts
from autograder.grade.files import refuse_unwritable, write
from autograder.grade.regrade import kept
from autograder.trouble import Trouble


def command(exams: Iterable[str], output: Path | None) -> int:
    """Print the table of these exams, or of all that were graded; the same as JSON into a file."""
    if output:
        refuse_unwritable(output)
    wanted = [assignment.PREFIX + exam.lower() for exam in exams]
    for name in wanted:
        if not assignment.is_exam(name):
            raise Trouble(f"there is no exam {name!r}: choose of {', '.join(bank.blueprints())}")
    found = of_cohort(course(), wanted or assignment.ids())
    for name, some in found.items():
        sys.stdout.write(f"{assignment.title(name)}\n{table(some)}\n")
    if output:
        told = {name: [asdict(one) for one in some] for name, some in found.items()}
        write(output, json.dumps(told, indent=1) + "\n")
    return 0


def of_cohort(here: Course, exams: Iterable[str]) -> dict[str, list[Statistic]]:
    """By exam, from the attempts that count. Raises Trouble where no exam was graded."""
    known = {one.id: one for one in bank.load(bank.GRADED)}
    wrong = {name: [option.id for option in one.options if not one.right(option)] for name, one in known.items()}
    graded = {lab for _, lab in Attempts(here).all()}
    found = {name: statistics(_answers(here, name), wrong) for name in exams if name in graded}
    if not found:
        raise Trouble("no exam of the cohort was graded yet: run `fargate-course grade` first")
    return found


def _answers(here: Course, name: str) -> Iterable[Answered]:
    for one in kept(here, {name}):
        yield from answers(one.before["exam"]) if not one.why else ()
