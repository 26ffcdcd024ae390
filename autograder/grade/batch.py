"""A folder of submissions graded: what is known is taken from the store, the rest goes to workers, one writer saves.

A batch that was killed goes on where it was, since every run and verdict is kept before its mark is written, and
writing a mark twice gives the same.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from filelock import FileLock, Timeout

from autograder.author.places import Course
from autograder.bar import Bar
from autograder.exam.assignment import is_exam
from autograder.grade.attempts import Counted
from autograder.grade.handed import Handed
from autograder.grade.plan import OUR_FAULT, How, Plan, Planner, Version
from autograder.grade.policy import counted, naive
from autograder.grade.pool import Pool, Results, pool
from autograder.grade.record import Record, unreadable
from autograder.grade.work import Done, do
from autograder.grade.writer import Writer
from autograder.trouble import Trouble

PATIENCE = 20.0
"""Wall seconds that marks which the gradebook did not take are offered again at the end."""


@dataclass
class Batch:
    """What grading a folder came to."""

    records: list[Record] = field(default_factory=list)
    """In the order in which the submissions were given."""
    kept: int = 0
    """Submissions whose verdicts were known already."""
    unsaved: list[str] = field(default_factory=list)
    """`LEARNER LAB` of each whose mark the gradebook did not take."""
    faults: int = 0
    """Submissions that could not be graded through no fault of theirs."""


@dataclass(frozen=True)
class Waiting:
    """A graded submission whose mark the gradebook has not taken yet."""

    plan: Plan
    version: Version


class Grading:
    """One batch under way."""

    def __init__(self, here: Course, how: How, bar: Bar) -> None:
        self.here, self.how, self.bar = here, how, bar
        self.planner = Planner(here, how, self._begin)
        self.writer = Writer(here, how.gradebook)
        self.batch = Batch()
        self._waiting: list[Waiting] = []
        self._pool: Pool | None = None
        self._fresh: dict[str, dict[str, Any]] = {}
        """The run that was kept last, so that it need not be read again."""

    def grade(self, handed: list[Handed]) -> Batch:
        """Grade what was handed in. Raises Trouble where nothing can be, or where another batch is under way."""
        with alone(self.here):
            done: dict[Handed, Record] = {}
            try:
                plans = [self.planner.plan(one) for one in handed]
                for number, plan in enumerate(self._completed(plans), 1):
                    record = done[plan.handed] = self._finished(plan)
                    odd = record["outcome"] in ("skipped", "broken") or bool(record["flags"])
                    self.bar.step(f"[{number}/{len(plans)}] {line(record)}", keep=odd)
                self._offer_again()
            finally:
                try:
                    if self._pool is not None:
                        self._pool.close()
                finally:
                    self.writer.close()
        self.batch.records = [done[one] for one in handed]
        return self.batch

    def _begin(self, lab: str) -> None:
        """Start a worker for each that is new, while there are any: the rest is planned while they start."""
        if self.how.scheduler or is_exam(lab):
            return
        self._pool = self._pool or pool(self.how.jobs, "")
        self._pool.begin()

    def _completed(self, plans: list[Plan]) -> Iterator[Plan]:
        """Each plan once everything about it is known: first those that need no work."""
        exams = [plan for plan in plans if is_exam(plan.handed.lab)]
        for plan, version in _open(exams):  # a matter of milliseconds, and the keys stay in this process
            self._keep(plan, version, do(self.planner.job(plan, version)))
        work = _open(plans)
        known = [plan for plan in plans if plan.complete]
        self.batch.kept = sum(bool(plan.versions) for plan in known)
        if not work:
            if self.batch.kept:
                self.writer.ready()
            yield from known
            return
        self._pool = self._pool or pool(self.how.jobs, self.how.scheduler)
        found = Results(self._pool, ((self.planner.job(*one), one) for one in work))
        self.writer.ready()  # while the workers are at it
        yield from known
        for (plan, version), done in found:
            self._keep(plan, version, done)
            if plan.complete:
                yield plan

    def _keep(self, plan: Plan, version: Version, done: Done) -> None:
        """Keep what came of a job before anything is made of it."""
        if done.refused:
            raise Trouble(done.refused)
        store = self.planner.store
        if done.bad:
            version.why = done.bad
            store.keep_record(version.verdict, {"bad": done.bad})
            return
        if done.record is None:
            version.why = f"{OUR_FAULT}: {done.fault}; run the same command again"
            return
        if done.run is not None:
            store.keep_run(version.run, done.run)
            self._fresh = {version.run: done.run}
        version.record = done.record
        if not done.record["fault"]:  # what could not be judged today is judged again tomorrow
            store.keep_record(version.verdict, done.record)
        self.planner.attempts.ran(plan.handed.learner, plan.handed.lab, version.attempt.sha256, version.run)

    def _finished(self, plan: Plan) -> Record:
        """Choose what counts, and write it; the record of it."""
        graded = [version for version in plan.versions if version.record is not None]
        if not graded:
            why = plan.why or plan.versions[0].why
            self.batch.faults += why.startswith(OUR_FAULT)
            return unreadable(plan.handed.learner, plan.handed.lab, why)
        points = [(version.attempt, float(version.record["points"])) for version in graded if version.record]
        chosen, why = counted(plan.policy, points, plan.number)
        version = next(version for version in graded if version.attempt == chosen)
        assert version.record is not None
        version.record["counted"] = {"sha256": chosen.sha256, "handed_in": chosen.handed_in, "why": why}
        version.record["flags"] += [_other(one) for one in plan.versions if one.why]
        try:
            self._save(Waiting(plan, version))
        except Exception as fault:  # whatever is wrong with this one is no other's
            self.batch.faults += 1
            says = f"{OUR_FAULT}: {type(fault).__name__}: {' '.join(str(fault).split())[:300]}"
            return unreadable(plan.handed.learner, plan.handed.lab, says)
        return version.record

    def _save(self, one: Waiting) -> None:
        """Write a mark; where the gradebook does not take it, it waits for the end of the batch."""
        from autograder.grade.gradebook import Unanswered

        handed, version = one.plan.handed, one.version
        run = self._fresh.pop(version.run, None) or self.planner.store.run(version.run)
        assert version.record is not None
        if run is None:
            self.planner.store.forget_run(version.run)
            raise OSError("the kept run cannot be read; run the same command again")
        try:
            self.writer.save(version.record, run, moment=naive(version.attempt.moment))
        except Unanswered as why:
            self._waiting.append(one)
            self.bar.say(f"{handed.learner} {handed.lab}: graded, but the gradebook does not answer: {why}")
            return
        mark = Counted(version.attempt.sha256, version.verdict)
        self.planner.attempts.count(handed.learner, handed.lab, mark)
        if not is_exam(handed.lab):
            with suppress(Exception):  # the report reads the run itself where this cannot
                from autograder.grade.honesty.cohort import given  # here: they read numpy, and the workers start first
                from autograder.grade.honesty.traits import kept

                kept(self.planner.store, version.run, given(self.here, handed.lab), run)

    def _offer_again(self) -> None:
        """Offer once more, for a while, what the gradebook did not take."""
        end = time.monotonic() + PATIENCE
        while self._waiting and time.monotonic() < end:
            time.sleep(1)
            waiting, self._waiting = self._waiting, []
            for one in waiting:
                if self._waiting:  # it does not answer yet; the others need not hear so too
                    self._waiting.append(one)
                else:
                    self._save(one)
        self.batch.unsaved = [f"{one.plan.handed.learner} {one.plan.handed.lab}" for one in self._waiting]


def _open(plans: list[Plan]) -> list[tuple[Plan, Version]]:
    """What must be done: each version of which nothing is known."""
    return [(plan, version) for plan in plans for version in plan.versions if not version.known]


def line(record: Record) -> str:
    """One submission in one line."""
    who = f"{record['learner']} {record['lab']}".rstrip()
    if record["outcome"] == "skipped":
        return f"{who}: not graded: {record['flags'][0]['says']}"
    late = f", {record['late_penalty']:g} lost for coming late" if record.get("late_penalty") else ""
    noticed = ", ".join(sorted({flag["what"] for flag in record["flags"]}))
    score = f"{record['points']:g} of {record['max_points']:g} ({record['outcome']}{late})"
    return f"{who}: {score}" + (f"; noticed: {noticed}" if noticed else "")


def _other(version: Version) -> dict[str, Any]:
    says = f"Another version ({version.attempt.sha256[:8]}) has no mark: {version.why}"
    return {"what": "version not graded", "cell": "", "says": says}


@contextmanager
def alone(here: Course) -> Iterator[None]:
    """Be the one writer of this course. Raises Trouble where another process is."""
    folder = here.root / "grading"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / "lock", timeout=0):
            yield
    except Timeout:
        raise Trouble(f"another command is grading in {here.root}: wait until it has ended") from None
