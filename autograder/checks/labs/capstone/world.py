"""What the learner finds: an account that is empty, but for the images that the pipeline has pushed."""

from __future__ import annotations

from typing import Any

from autograder.checks.labs.capstone.plan import plan_of


def build_world(cloud: Any, variant: dict[str, Any]) -> None:
    """Push the two versions that there are."""
    plan = plan_of(variant["ticket"])
    for version in ("1.0", "1.1"):
        cloud.push_image(f"ferryline/{plan.service}", version, **plan.behaviour(version))
