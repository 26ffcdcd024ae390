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
from autograder.grade.files import refuse_unwritable, write
from autograder.grade.fingerprint import verdict_key
from autograder.grade.history import note
from autograder.grade.policy import BEST, counted, naive, policy_of
from autograder.grade.pool import Results, pool
from autograder.grade.record import Record
from autograder.grade.store import Store
from autograder.grade.terms import terms
from autograder.grade.work import Done, Job, do
from autograder.grade.writer import Writer
from autograder.trouble import Trouble

LOST = "what it was graded by is not kept any more, or cannot be read: run `fargate-course grade` again"


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
    given: tuple[str, ...] = ()
    """Questions whose points an instructor gave: these stay, whatever the checks say."""


def regrade(args: argparse.Namespace) -> int:
    """The command. Exit status 1 where something could not be judged again."""
    if args.json:
        refuse_unwritable(args.json)
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
        lacking = sorted(set(labs) - {one.lab for one in found})
        if lacking or not found:
            what = ", ".join(lacking) or "that"
            raise Trouble(f"nothing of {what} was graded yet: run `fargate-course grade` first")
        _judge_again(here, found, jobs)
        changes = [change(one, _chosen(here, one)[1], _given(here, one)) for one in found if not one.why]
        changes = [one for one in changes if one.reasons or one.points[0] != one.points[1]]
        if not dry_run:
            _save(here, [one for one in found if not one.why], changes, gradebook)
        for text in told(found, changes):
            say(text)
    return changes, sum(bool(one.why) for one in found)


def kept(here: Course, labs: set[str]) -> Iterator[Kept]:
    """Every learner's lab that has marks, with the runs that may count; none of them where the store has lost them."""
    attempts, store = Attempts(here), Store(here)
    for learner, lab in attempts.all():
        mark = attempts.counted(learner, lab)
        if mark is None or (labs and lab not in labs):
            continue
        before = store.record(mark.record)
        known = [one for one in attempts.of(learner, lab) if one.run and store.has_run(one.run)]
        best = policy_of(here, lab).counts == BEST
        usable = [one for one in known if best or one.sha256 == mark.sha256]
        lost = before is None or not usable
        yield Kept(learner, lab, [] if lost else usable, before or {}, mark, {}, LOST if lost else "")


def change(one: Kept, after: Record, given: tuple[str, ...] = ()) -> Change:
    """What is different."""
    now = {check["id"]: check for question in after["questions"] for check in question["checks"]}
    was = {check["id"]: check for question in one.before["questions"] for check in question["checks"]}
    reasons = [_reason(was.get(name), now.get(name)) for name in {**was, **now}]
    points = float(one.before["points"]), float(after["points"])
    return Change(one.learner, one.lab, points, [reason for reason in reasons if reason], given)


def told(found: list[Kept], changes: list[Change]) -> Iterator[str]:
    """The report: who changes, and why."""
    for one in found:
        if one.why:
            yield f"{one.learner} {one.lab}: its marks stay as they were: {one.why}"
    for moved in changes:
        before, after = moved.points
        yield f"{moved.learner} {moved.lab}: {before:g} -> {after:g} points"
        yield from (f"  {reason}" for reason in moved.reasons)
        if moved.given:
            yield f"  An instructor's points stay, whatever the checks say: {', '.join(moved.given)}."
    many = sum(moved.points[0] != moved.points[1] for moved in changes)
    judged = sum(not one.why for one in found)
    yield f"{judged} submissions judged again without running a notebook; {many} marks change."


def _given(here: Course, one: Kept) -> tuple[str, ...]:
    overrides = terms(here, one.learner, one.lab).overrides
    return tuple(name for name, override in overrides.items() if override.points is not None)


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
            for job, _ in _jobs(store, [(one, attempt)]):
                _note(one, attempt, do(job))
    work = [(one, attempt) for one, attempt in todo if not is_exam(one.lab)]
    if not work:
        return
    workers = pool(jobs, "")
    try:
        with Bar("Judging again", len(work)) as bar:
            for (one, attempt), done in Results(workers, _jobs(store, work)):
                _note(one, attempt, done)
                bar.step()
    finally:
        workers.close()


def _jobs(store: Store, work: Iterable[tuple[Kept, Attempt]]) -> Iterator[tuple[Job, tuple[Kept, Attempt]]]:
    """One for each run; a run that cannot be read is forgotten, so that grading makes it again."""
    for one, attempt in work:
        run = store.run(attempt.run)
        if run is None:
            store.forget_run(attempt.run)
            one.why = LOST
        else:
            yield Job(one.learner, one.lab, run=run), (one, attempt)


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


def _save(here: Course, found: list[Kept], changes: Iterable[Change], gradebook: str) -> None:
    from autograder.grade.gradebook import Unanswered

    moved = {(one.learner, one.lab): one for one in changes}
    writer = Writer(here, gradebook)
    writer.ready()
    try:
        for one in found:
            try:
                _save_one(here, writer, one, moved.get((one.learner, one.lab)))
            except Unanswered as why:
                raise Trouble(
                    f"the gradebook does not answer ({why}): run this again, it saves what is missing"
                ) from None
            except Exception as fault:  # whatever is wrong with this one is no other's
                one.why = f"{type(fault).__name__}: {' '.join(str(fault).split())[:300]}"
    finally:
        writer.close()


def _save_one(here: Course, writer: Writer, one: Kept, moved: Change | None) -> None:
    """The mark, then that it moved, then that it counts: what is killed between is done again, and nothing is lost."""
    chosen, record = _chosen(here, one)
    store, key = Store(here), verdict_key(chosen.run, one.lab)
    run = store.run(chosen.run)
    if run is None:
        raise OSError(LOST)
    writer.save(record, run, moment=naive(chosen.moment))
    store.keep_record(key, record)
    if moved is not None:
        note(here, [(one.learner, one.lab, moved.points, moved.reasons)])
    Attempts(here).count(one.learner, one.lab, Counted(chosen.sha256, key))
