"""What another learner would have answered, for those who copy it."""

from __future__ import annotations

from functools import cache
from typing import Any

from autograder.checks.lab import load
from autograder.checks.labs.private_pull.site import site
from autograder.checks.sitting import sit_down
from tests.attacks.attack import LAB


@cache
def answers_of(learner: str) -> dict[str, Any]:
    """The right answers to those questions whose answers differ from world to world."""
    sitting = sit_down(load(LAB), learner)
    try:
        here = site(sitting.cloud, sitting.variant)
        return {
            "host": here.host(here.plan.faults.shut[0]),
            "tables": {subnet: here.table_of(subnet).id for subnet in here.private},
        }
    finally:
        sitting.cloud.close()
