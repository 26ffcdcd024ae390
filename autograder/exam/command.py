"""`fargate-course exam`: sit a form in the terminal, go on with one, or read its report again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from autograder import state
from autograder.exam import cohort, report
from autograder.exam.assignment import is_exam
from autograder.exam.form import assemble
from autograder.exam.sitting import Sitting, next_seed, resume
from autograder.exam.terminal import Room, write_report
from autograder.trouble import Trouble


def command(args: argparse.Namespace) -> int:
    """Gives 0. Raises Trouble for an exam, a form or a length that is not there."""
    if args.exam and is_exam(args.exam.lower()):
        return _cohort(args.exam.lower())
    if args.report:
        tell(resume(args.report))
        return 0
    sitting = resume(args.resume) if args.resume else _begun(args)
    if not sitting.over and not Room(sitting, input, _say).enter():
        return 0
    tell(sitting)
    return 0


def _cohort(name: str) -> int:
    sitting = cohort.sitting(name)
    if sitting.over or Room(sitting, input, _say).enter():
        sitting.submit()
        _say(f"It is over. Hand it in: fargate-course submit {name}")
    return 0


def _begun(args: argparse.Namespace) -> Sitting:
    if not args.exam:
        _list()
        raise Trouble("name an exam, such as SAA-C03, or a form with --resume or --report")
    seed = args.seed if args.seed is not None else next_seed(args.exam)
    form = assemble(args.exam, seed, length=args.items)
    return Sitting(form, "practice" if args.practice else "exam")


def _list() -> None:
    for form, kept in state.read()["exams"].items():
        _say(f"{form}: {'submitted' if kept['submitted'] else 'begun'}, {kept['mode']}")


def tell(sitting: Sitting) -> None:
    """Print the report and write its page. Raises Trouble while an exam is still going on."""
    if not sitting.over and sitting.mode == "exam":
        raise Trouble(f"{sitting.form.id} is not over: fargate-course exam --resume {sitting.form.id}")
    _say("")
    _say(report.text(sitting))
    _say(f"\nEvery item explained: {write_report(sitting, reports())}")


def reports() -> Path:
    """The folder for reports: in the workspace, beside the lessons; else here."""
    return state.workspace() / "reports"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
