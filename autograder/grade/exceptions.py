"""`fargate-course extend` and `fargate-course override`: extra time, or points, for one learner, with a reason.

What was graded already is written anew at once, from what is kept: no notebook runs and no check judges.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from autograder.author.places import Course, course
from autograder.checks.lab import load
from autograder.exam.assignment import is_exam
from autograder.grade.attempts import Attempts
from autograder.grade.batch import alone
from autograder.grade.command import say
from autograder.grade.policy import naive, policy_of, spoken
from autograder.grade.store import Store
from autograder.grade.terms import Override, Terms, change, terms, without
from autograder.grade.writer import Writer
from autograder.learner import is_id
from autograder.trouble import Trouble

LOST = "is not kept any more as it was graded: run `fargate-course grade` again, then give this command"
TIME = re.compile(r"(\d{1,4})(m|h|d)")
UNITS = {"m": 1, "h": 60, "d": 1440}
"""In minutes."""


def extend(args: argparse.Namespace) -> int:
    """Extra time: the command. `0m` takes it back. Raises Trouble, with nothing written."""
    here = course()
    _refuse_strangers(args.learner, args.lab)
    reason, minutes = _reason(args.reason), _minutes(args.time)
    if not is_exam(args.lab) and not policy_of(here, args.lab).deadline:
        raise Trouble(f"{args.lab} has no deadline to move: give one with `fargate-course grade --deadline`")
    with alone(here):
        written = _changed(here, args, lambda one: replace(one, extra=minutes, why=reason if minutes else ""))
    due = policy_of(here, args.lab, args.learner).deadline
    say(f"{args.learner} {args.lab}: {spoken(minutes)} more than the others{f', due {due}' if due else ''}.")
    if is_exam(args.lab):
        say(
            "Hand the exam out anew with `fargate-course release --exam`: its paper tells the room how long to be open."
        )
    if written:
        say("It was graded before. Which version counts may change: give `fargate-course grade` again.")
    return 0


def override(args: argparse.Namespace) -> int:
    """Points for one question: the command. Raises Trouble, with nothing written."""
    here = course()
    _refuse_strangers(args.learner, args.lab)
    reason = _reason(args.reason)
    points = None if args.points == "auto" else _points(args.points)
    with alone(here):
        most = _max_points(here, args)
        if points is not None and points > most:
            raise Trouble(f"{args.question} of {args.lab} has {most:g} points: {points:g} are too many")
        now = datetime.now(UTC).isoformat(timespec="seconds")
        given = Override(points, reason, now)
        if not _changed(here, args, lambda one: _with(one, args.question, given), needed=True):
            raise Trouble(f"{args.lab} of {args.learner} {LOST}")
        if points is None:
            change(here, args.learner, args.lab, lambda one: without(one, args.question))
    what = "what its checks gave" if points is None else f"{points:g} of {most:g} points"
    say(f"{args.learner} {args.lab} {args.question}: {what}. Grading and regrading keep it.")
    return 0


def _changed(
    here: Course, args: argparse.Namespace, changed: Callable[[Terms], Terms], *, needed: bool = False
) -> bool:
    """Change what holds for the learner and write their mark anew; was there one?

    The terms are as they were where the mark cannot be written, or, with `needed`, where there is none.
    """
    before, done = terms(here, args.learner, args.lab), False
    change(here, args.learner, args.lab, changed)
    try:
        done = written = _write_again(here, args.learner, args.lab, args.gradebook or "")
        done = done or not needed
    finally:
        if not done:
            change(here, args.learner, args.lab, lambda _: before)
    return written


def _with(one: Terms, question: str, given: Override) -> Terms:
    return replace(one, overrides={**one.overrides, question: given})


def _refuse_strangers(learner: str, lab: str) -> None:
    if not is_id(learner):
        raise Trouble(f"{learner!r} cannot be a learner's id: use the name of the folder in submitted/")
    if not is_exam(lab):
        load(lab)


def _reason(text: str) -> str:
    plain = " ".join(text.split())
    if not plain or not plain.isprintable() or len(plain) > 500:
        raise Trouble(
            "--reason says in a sentence, of up to 500 characters, why: the learner and your colleagues read it"
        )
    return plain


def _minutes(text: str) -> float:
    found = TIME.fullmatch(text)
    if found is None:
        raise Trouble(f"{text!r} is no time: write 30m, 12h or 2d; 0m takes it back")
    return int(found[1]) * UNITS[found[2]]


def _points(text: str) -> float:
    try:
        points = float(text)
    except ValueError:
        points = math.nan
    if not (math.isfinite(points) and points >= 0):
        raise Trouble(f"{text!r} is no number of points: give one from 0, or `auto` for what the checks gave")
    return points


def _max_points(here: Course, args: argparse.Namespace) -> float:
    """Of the question. Raises Trouble where nothing was graded, or there is no such question."""
    mark = Attempts(here).counted(args.learner, args.lab)
    record = Store(here).record(mark.record) if mark else None
    if record is None:
        raise Trouble(f"{args.lab} of {args.learner} was not graded yet: run `fargate-course grade` first")
    known = {question["id"]: float(question["max_points"]) for question in record["questions"]}
    if args.question not in known:
        raise Trouble(f"{args.lab} has no question {args.question!r}: its questions are {', '.join(known)}")
    return known[args.question]


def _write_again(here: Course, learner: str, lab: str, gradebook: str) -> bool:
    """Write the learner's mark and feedback from what is kept; was there any?"""
    from autograder.grade.gradebook import Unanswered

    attempts, store = Attempts(here), Store(here)
    mark = attempts.counted(learner, lab)
    chosen = next((one for one in attempts.of(learner, lab) if mark and one.sha256 == mark.sha256), None)
    record = store.record(mark.record) if mark else None
    run = store.run(chosen.run) if chosen else None
    if record is None or run is None or chosen is None:
        return False
    writer = Writer(here, gradebook)
    writer.ready()
    try:
        writer.save(record, run, moment=naive(chosen.moment))
    except Unanswered as why:
        raise Trouble(f"the gradebook does not answer ({why}): give the same command again") from None
    finally:
        writer.close()
    return True
