"""`fargate-course regrade`: judge the kept runs again with the checks as they are now. No notebook runs.

The marks that a person gave stay; nbgrader then asks that person to look again. Nothing is written with `--dry-run`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from autograder.author.places import Course, course
from autograder.bar import Bar
from autograder.exam.assignment import is_exam
from autograder.grade.attempts import Attempt, Attempts, Counted
from autograder.grade.batch import alone
from autograder.grade.command import say
from autograder.grade.fingerprint import verdict_key
from autograder.grade.history import note
from autograder.grade.policy import BEST, counted, naive, policy_of
from autograder.grade.pool import Results, pool
from autograder.grade.record import Record
from autograder.grade.store import Store
from autograder.grade.work import Done, Job, do
from autograder.grade.writer import Writer
from autograder.grade.writer import replace as write
from autograder.trouble import Trouble


@dataclass
class Kept:
    """One learner's lab as it was graded."""

    learner: str
    lab: str
    attempts: list[Attempt]
    """Those that may count, each with a kept run."""
    before: Record
    """The record that the gradebook's marks come from."""
    mark: Counted
    after: dict[str, Record]
    """What judging anew gave, by the attempt's hash."""
    why: str = ""
    """Why it could not be judged again."""


@dataclass(frozen=True)
class Change:
    """What regrading changes for one learner."""

    learner: str
    lab: str
    points: tuple[float, float]
    """Before and after."""
    reasons: list[str]
    """One sentence for each check whose verdict changed."""


def regrade(args: argparse.Namespace) -> int:
    """The command. Exit status 1 where something could not be judged again."""
    if args.json and not args.json.absolute().parent.is_dir():
        raise Trouble(f"{args.json} cannot be written: its folder is not there; make it, or name another file")
    here = course()
    changes, faults = regraded(here, args.lab, gradebook=args.gradebook or "", jobs=args.jobs, dry_run=args.dry_run)
    if args.json:
        write(args.json, json.dumps([vars(one) for one in changes], indent=1, ensure_ascii=False) + "\n")
    return 1 if faults else 0


def regraded(
    here: Course,
    labs: Iterable[str] = (),
    *,
    gradebook: str = "",
    jobs: int | None = None,
    dry_run: bool = False,
) -> tuple[list[Change], int]:
    """Judge again what is kept of these labs (none: of all). What changes, and how many could not be judged.

    Raises Trouble where nothing is kept.
    """
    with alone(here):
        found = list(kept(here, set(labs)))
        if not found:
            raise Trouble("nothing of that was graded yet: run `fargate-course grade` first")
        _judge_again(here, found, jobs)
        changes = [change(one, _chosen(here, one)[1]) for one in found if not one.why]
        changes = [one for one in changes if one.reasons or one.points[0] != one.points[1]]
        if not dry_run:
            _save(here, [one for one in found if not one.why], gradebook)
            unsaved = {(one.learner, one.lab) for one in found if one.why}
            saved = [one for one in changes if (one.learner, one.lab) not in unsaved]
            if saved:
                note(here, ((one.learner, one.lab, one.points, one.reasons) for one in saved))
        for text in told(found, changes):
            say(text)
    return changes, sum(bool(one.why) for one in found)


def kept(here: Course, labs: set[str]) -> Iterator[Kept]:
    """Every learner's lab that has marks from a kept run."""
    attempts, store = Attempts(here), Store(here)
    for learner, lab in attempts.all():
        mark = attempts.counted(learner, lab)
        if mark is None or (labs and lab not in labs):
            continue
        before = store.record(mark.record)
        known = [one for one in attempts.of(learner, lab) if one.run and store.has_run(one.run)]
        best = policy_of(here, lab).counts == BEST
        usable = [one for one in known if best or one.sha256 == mark.sha256]
        if before is not None and usable:
            yield Kept(learner, lab, usable, before, mark, {})


def change(one: Kept, after: Record) -> Change:
    """What is different."""
    now = {check["id"]: check for question in after["questions"] for check in question["checks"]}
    was = {check["id"]: check for question in one.before["questions"] for check in question["checks"]}
    reasons = [_reason(was.get(name), now.get(name)) for name in {**was, **now}]
    points = float(one.before["points"]), float(after["points"])
    return Change(one.learner, one.lab, points, [reason for reason in reasons if reason])


def told(found: list[Kept], changes: list[Change]) -> Iterator[str]:
    """The report: who changes, and why."""
    for one in found:
        if one.why:
            yield f"{one.learner} {one.lab}: its marks stay as they were: {one.why}"
    for moved in changes:
        before, after = moved.points
        yield f"{moved.learner} {moved.lab}: {before:g} -> {after:g} points"
        yield from (f"  {reason}" for reason in moved.reasons)
    many = sum(moved.points[0] != moved.points[1] for moved in changes)
    yield f"{len(found)} submissions judged again without running a notebook; {many} marks change."


def _reason(was: dict[str, Any] | None, now: dict[str, Any] | None) -> str:
    if now is None or was is None:
        check = now or was or {}
        return f"{'new' if now else 'gone'}: {check['sentence']} ({check['points']:g} of {check['max_points']:g})"
    if (was["outcome"], was["points"]) == (now["outcome"], now["points"]):
        return ""
    got = f"; expected {now['expected']}, got {now['got']}" if now["outcome"] == "failed" else ""
    moved = f"{was['outcome']} ({was['points']:g}) -> {now['outcome']} ({now['points']:g})"
    return f"{moved}: {now['sentence']}{got}"


def _judge_again(here: Course, found: list[Kept], jobs: int | None) -> None:
    store = Store(here)
    todo = [(one, attempt) for one in found for attempt in one.attempts]
    for one, attempt in todo:
        if is_exam(one.lab):
            _note(one, attempt, do(Job(one.learner, one.lab, run=store.run(attempt.run))))
    work = [(one, attempt) for one, attempt in todo if not is_exam(one.lab)]
    if not work:
        return
    workers = pool(jobs, "")
    try:
        orders = ((Job(one.learner, one.lab, run=store.run(attempt.run)), (one, attempt)) for one, attempt in work)
        with Bar("Judging again", len(work)) as bar:
            for (one, attempt), done in Results(workers, orders):
                _note(one, attempt, done)
                bar.step()
    finally:
        workers.close()


def _note(one: Kept, attempt: Attempt, done: Done) -> None:
    if done.record is None or done.record["fault"]:
        one.why = done.refused or done.bad or done.fault or (done.record or {}).get("fault", "")
    else:
        one.after[attempt.sha256] = done.record


def _chosen(here: Course, one: Kept) -> tuple[Attempt, Record]:
    """Which attempt counts now, with its record."""
    graded = [(attempt, float(one.after[attempt.sha256]["points"])) for attempt in one.attempts]
    number = len(Attempts(here).of(one.learner, one.lab))
    chosen, why = counted(policy_of(here, one.lab, one.learner), graded, number)
    record = one.after[chosen.sha256]
    record["counted"] = {"sha256": chosen.sha256, "handed_in": chosen.handed_in, "why": why}
    return chosen, record


def _save(here: Course, found: list[Kept], gradebook: str) -> None:
    from autograder.grade.gradebook import Unanswered

    store, attempts, writer = Store(here), Attempts(here), Writer(here, gradebook)
    writer.ready()
    try:
        for one in found:
            try:
                _save_one(store, attempts, writer, one, *_chosen(here, one))
            except Unanswered as why:
                raise Trouble(
                    f"the gradebook does not answer ({why}): run this again, it saves what is missing"
                ) from None
            except Exception as fault:  # whatever is wrong with this one is no other's
                one.why = f"{type(fault).__name__}: {' '.join(str(fault).split())[:300]}"
    finally:
        writer.close()


def _save_one(store: Store, attempts: Attempts, writer: Writer, one: Kept, chosen: Attempt, record: Record) -> None:
    run, key = store.run(chosen.run), verdict_key(chosen.run, one.lab)
    if run is None:
        raise OSError("the kept run cannot be read: run `fargate-course grade` again")
    writer.save(record, run, moment=naive(chosen.moment))
    store.keep_record(key, record)
    attempts.count(one.learner, one.lab, Counted(chosen.sha256, key))
