"""What is handed to a worker and what it hands back. JSON throughout: it may lie on another machine.

A worker holds no gradebook and writes no file: results come back to the one writer.
"""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from autograder.checks import places
from autograder.exam.assignment import is_exam
from autograder.trouble import Trouble

if TYPE_CHECKING:
    from autograder.run.engine import Engine


@dataclass(frozen=True)
class Job:
    """One submission to run and to judge, or a kept run to judge again."""

    learner: str
    lab: str
    name: str = ""
    """The file's name, for what is said of it."""
    content: bytes = b""
    """The notebook as it was handed in; b'' where a kept run is judged."""
    release: dict[str, Any] = field(default_factory=dict)
    run: dict[str, Any] | None = None
    """A kept run; None to run the notebook."""
    budget: dict[str, Any] | None = None
    strict: bool = False
    """Refuse where a layer of isolation is missing."""
    code: str = ""
    """The fingerprint that the worker's own copy of the course must have; '' where it is this very copy."""

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "content": base64.b64encode(self.content).decode()}


@dataclass(frozen=True)
class Done:
    """What came of a job: a record, with the run where there was one; or why there is none."""

    record: dict[str, Any] | None = None
    run: dict[str, Any] | None = None
    bad: str = ""
    """The submission cannot be graded: why, and what to do."""
    fault: str = ""
    """It could not be graded, which is the course's or the machine's fault, not the submission's."""
    refused: str = ""
    """Nothing may be graded here, as the machine is: why, and what to do."""


def job_of(data: dict[str, Any]) -> Job:
    """A job from what `as_json` gave."""
    return Job(**{**data, "content": base64.b64decode(data["content"])})


def do(job: Job) -> Done:
    """Do one job in this process. Raises nothing: a fault is a word of its own."""
    from autograder.run.submission import BadSubmission

    try:
        return _done(job)
    except BadSubmission as why:
        return Done(bad=str(why))
    except Trouble as why:
        return Done(refused=str(why))
    except Exception as fault:
        return Done(fault=f"{type(fault).__name__}: {' '.join(str(fault).split())[:300]}")


def do_text(text: str) -> str:
    """The same from JSON to JSON: what a cluster's worker is asked to call."""
    order = json.loads(text)
    for place in order["places"]:
        places.add(places.Place(**place))
    job = job_of(order["job"])
    if job.code:
        from autograder.grade.fingerprint import everything

        if job.code != everything():
            return json.dumps(vars(Done(fault=OTHER_COURSE)))
    return json.dumps(vars(do(job)))


OTHER_COURSE = "its worker has another version of the course: install there the version that is here"


def as_text(job: Job) -> str:
    """What `do_text` takes."""
    return json.dumps({"job": job.as_json(), "places": [asdict(place) for place in places.PLACES]})


def _done(job: Job) -> Done:
    from autograder.grade.engine import judge_run, refuse_other_labs, run_and_judge
    from autograder.grade.run import run_of
    from autograder.run.budget import Budget
    from autograder.run.repair import repair
    from autograder.run.submission import parse

    engine = None if is_exam(job.lab) else _engine(job.strict)
    if job.run is not None:
        return Done(judge_run(run_of(job.run), learner=job.learner, engine=engine))
    submission = parse(job.name, job.content)
    refuse_other_labs(submission, job.name, job.lab)
    repaired = repair(submission, job.release)
    budget = Budget(**job.budget) if job.budget else None
    run, record = run_and_judge(submission, repaired, learner=job.learner, budget=budget, engine=engine)
    return Done(record, run.as_json())


@cache
def _engine(strict: bool) -> Engine | None:
    """The engine of this process; None for the one that it shares."""
    if not strict:
        return None
    from autograder.run.engine import Engine

    return Engine(strict=True)
