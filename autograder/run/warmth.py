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
    """Build a world of the lab; on the judging side let each check run once, on the learner's begin in its bytes and do
    there what is done most. Whatever fails, fails later."""
    from autograder.checks.lab import load
    from autograder.checks.sitting import sit_down, world_of
    from autograder.run import rehearsal

    rehearsal.imported()
    with contextlib.suppress(Exception):
        made = load(lab_id)
        sitting = sit_down(made, LEARNER, hidden=judge)
        world = world_of(sitting)
        try:
            if judge:  # its checks call what there is to call
                _checks(sitting)
                _clients(sitting.cloud, made.services)
        finally:
            sitting.cloud.close()
        if not judge:
            with sit_down(made, LEARNER, world=world).cloud as again:
                rehearsal.rehearsed(again, made.services)


def _clients(cloud: Any, services: Any) -> None:
    """The clients by which a learner's own calls are replayed."""
    from simcloud.cloud.egress import ACCESS_KEY
    from simcloud.cloud.replay import client

    for service in services:
        with contextlib.suppress(Exception):
            client(service, cloud.region, ACCESS_KEY)


def _checks(sitting: Any) -> None:
    from autograder.checks.judge import blank

    for question in sitting.lab.questions:
        before = [blank(check) for check in sitting.lab.checks_of(question.id, hidden=True)]
        for verdict in before:
            verdict.outcome = "passed"
        for check in sitting.lab.checks_of(question.id, hidden=True):
            sitting.judge.try_check(check, {}, before)
