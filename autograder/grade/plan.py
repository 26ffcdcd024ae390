"""What must be done for each submission of a folder: which of its versions are in question, what is known of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from autograder.author.places import Course
from autograder.grade.attempts import Attempt, Attempts, hash_of, iso
from autograder.grade.fingerprint import run_key, verdict_key
from autograder.grade.handed import Handed, handed_in, notebook_in
from autograder.grade.policy import Policy, in_question, policy_of
from autograder.grade.record import Record
from autograder.grade.store import Store
from autograder.grade.work import Job
from autograder.run.budget import Budget
from autograder.run.course import release
from autograder.run.submission import BadSubmission, content_of
from autograder.trouble import Trouble, told

OUR_FAULT = "could not be graded, which is not the learner's fault"


@dataclass(frozen=True)
class How:
    """How a batch is graded."""

    jobs: int | None = None
    """Submissions at once; None for one a core."""
    gradebook: str = ""
    scheduler: str = ""
    """The address of a Dask scheduler; '' for this machine."""
    budget: Budget | None = None
    strict: bool = False
    """Refuse where a layer of isolation is missing."""
    again: bool = False
    """Run notebooks again that have been run."""


@dataclass
class Version:
    """One version of a submission that is in question."""

    attempt: Attempt
    run: str
    """The fingerprint of its run."""
    verdict: str
    """The fingerprint of its record."""
    record: Record | None = None
    why: str = ""
    """Why it has no record."""

    @property
    def known(self) -> bool:
        """Is there a record of it, or a reason for none?"""
        return self.record is not None or bool(self.why)


@dataclass
class Plan:
    """One learner's submission of one lab."""

    handed: Handed
    policy: Policy = field(default_factory=Policy)
    number: int = 0
    """Of all versions that were ever handed in."""
    versions: list[Version] = field(default_factory=list)
    """Those in question by the policy."""
    why: str = ""
    """Why nothing of it can be graded."""

    @property
    def complete(self) -> bool:
        """Is everything known about it?"""
        return all(version.known for version in self.versions)


class Planner:
    """Plans for the submissions of one course."""

    def __init__(self, here: Course, how: How, new: Callable[[str], None]) -> None:
        """`new` is called, with the lab, for each version that was never handed in before, as soon as it is seen."""
        self.here, self.how, self._new = here, how, new
        self.store, self.attempts = Store(here), Attempts(here)
        self._releases: dict[str, dict[str, object]] = {}

    def plan(self, one: Handed) -> Plan:
        """Read what lies there, note it as an attempt, choose what is in question, and look up what is known."""
        try:
            return self._planned(one)
        except BadSubmission as why:
            return Plan(one, why=str(why))
        except OSError as why:
            return Plan(one, why=f"{OUR_FAULT}: {told(why)}")
        except Trouble as why:
            return Plan(one, why=f"{OUR_FAULT}: {why}")

    def job(self, plan: Plan, version: Version) -> Job:
        """What a worker must be told: a kept run where there is one, else the notebook."""
        one, how = plan.handed, self.how
        run = None if how.again else self.store.run(version.run)
        if run is not None and not (how.strict and run["evidence"]["missing"]):
            return Job(one.learner, one.lab, run=run, strict=how.strict)
        content = self.attempts.notebook(one.learner, one.lab, version.attempt.sha256).read_bytes()
        name = version.attempt.source or f"{one.lab}.ipynb"
        budget = how.budget.as_json() if how.budget else None
        return Job(one.learner, one.lab, name, content, self._release(one.lab), None, budget, how.strict)

    def _planned(self, one: Handed) -> Plan:
        file = notebook_in(one)
        content = content_of(file)
        self._release(one.lab)
        current = Attempt(hash_of(content), iso(handed_in(file)), file.name)
        current, new = self.attempts.add(one.learner, one.lab, content, current)
        if new:
            self._new(one.lab)
        attempts = self.attempts.of(one.learner, one.lab)
        policy = policy_of(self.here, one.lab, one.learner)
        versions = [self._version(one, attempt) for attempt in in_question(policy, attempts, current)]
        return Plan(one, policy, len(attempts), versions)

    def _version(self, one: Handed, attempt: Attempt) -> Version:
        limits = (self.how.budget or Budget()).as_json()
        run = run_key(attempt.sha256, self._release(one.lab), one.lab, one.learner, limits)
        made = Version(attempt, run, verdict_key(run, one.lab))
        if not self.how.again:
            record = self.store.record(made.verdict) or {}
            made.why = str(record.get("bad", ""))
            usable = record and not made.why and not (self.how.strict and record["missing"])
            made.record = record if usable and self.store.has_run(run) else None
        there = self.store.has_run(run) or self.attempts.notebook(one.learner, one.lab, attempt.sha256).exists()
        if not there and not made.known:
            made.why = "its notebook is not kept any more"
        return made

    def _release(self, lab: str) -> dict[str, object]:
        """The lab's release. Raises BadSubmission where the course has no such lab."""
        if lab not in self._releases:
            try:
                self._releases[lab] = release(self.here, lab)
            except Trouble as unknown:
                raise BadSubmission(f"it was handed in for {lab!r}, which is no lab here: {unknown}") from None
        return self._releases[lab]
