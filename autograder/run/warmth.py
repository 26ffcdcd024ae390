"""What a warm process does before its first fork, so that no fork has to: imports, models read, one world built.

All of it is the course's own code. The worlds that are built here are closed again and leave nothing behind: a fork's
transcript has the same bytes as that of a fresh process (a test compares them).
"""

from __future__ import annotations

import contextlib
from typing import Any

LEARNER = "warm-up"


def both() -> None:
    """What running and judging need."""
    import boto3

    from autograder.checks.sitting import sit_down  # noqa: F401
    from simcloud import Cloud

    with contextlib.suppress(Exception), Cloud(seed=0).open():
        boto3.client("sts").get_caller_identity()


def learner() -> None:
    """What a learner's cells need: IPython with its slow first cell, and the door to the labs."""
    from autograder import lab  # noqa: F401
    from autograder.run import child

    both()
    child.shell()


def judge() -> None:
    """What judging needs. Its clients are kept, so that a fork finds them made."""
    import simcloud.cloud.replay  # noqa: F401
    from autograder.run import judging_child

    judging_child.keep_clients()
    both()


def lab(lab_id: str, *, judge: bool) -> None:
    """Build a world of the lab, let its clients be made, and let each check run once. Whatever fails, fails later."""
    from autograder.checks.lab import load
    from autograder.checks.sitting import sit_down

    with contextlib.suppress(Exception):
        made = load(lab_id)
        sitting = sit_down(made, LEARNER, hidden=judge)
        try:
            _clients(made.services)
            _checks(sitting)
        finally:
            sitting.cloud.close()


def _clients(services: Any) -> None:
    import boto3

    for service in services:
        with contextlib.suppress(Exception):
            boto3.client(service)


def _checks(sitting: Any) -> None:
    from autograder.checks.judge import blank

    for question in sitting.lab.questions:
        before = [blank(check) for check in sitting.lab.checks_of(question.id, hidden=True)]
        for verdict in before:
            verdict.outcome = "passed"
        for check in sitting.lab.checks_of(question.id, hidden=True):
            sitting.judge.try_check(check, {}, before)
