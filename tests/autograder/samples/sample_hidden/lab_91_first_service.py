"""Hidden checks of the sample lab. SECRET-OF-THE-LAB."""

from __future__ import annotations

from typing import Any

import boto3
from sample_labs.lab_91_first_service import LAB, _service

from autograder.checks import expect


@LAB.check("only-one-cluster", question="make-cluster", points=1, after="cluster-exists")
def nothing_else_was_made(cloud: Any) -> None:
    """No other cluster was left behind."""
    arns = boto3.client("ecs").list_clusters()["clusterArns"]
    secret = "SECRET-OF-THE-CHECK"
    expect(len(arns) == 1 and secret, expected="one cluster", got=len(arns), hint="delete what you do not need")


@LAB.check("keeps-its-count", question="run-service", points=2, after="service-wants-two")
def the_service_keeps_its_count(cloud: Any, variant: dict[str, Any]) -> None:
    """An hour later `web` still wants two tasks."""
    cloud.advance(hours=1)
    expect(_service(variant)["desiredCount"] == 2, expected="2", got=_service(variant)["desiredCount"])
