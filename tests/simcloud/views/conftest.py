"""Tasks with a story, without a cloud: what the views draw from."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from simcloud.reason.sketch import TASK, Choices, sketch
from simcloud.reason.start import start

NINE = 1767603600.0
"""2026-01-05 09:00:00 UTC."""


def line(after: float, what: str, why: str = "") -> Any:
    return SimpleNamespace(at=NINE + after, who="task 1a2b3c4d", what=what, why=why)


@pytest.fixture
def failed_task() -> Any:
    """A task that found no way to ECR."""
    found = start(sketch(Choices(public_subnet=True)), TASK)
    why = found.last[1].why
    story = (
        line(0, "PROVISIONING: asked for by service web, web in subnet-task"),
        line(10, "PENDING: has network interface eni-task with 10.0.1.10"),
        line(10, "cannot do its step 'registry authorisation' and tries again", why),
        line(299, f"is to stop: TaskFailedToStart: {found.message}", why),
        line(299, "DEPROVISIONING: its network interface is taken away"),
        line(315, "STOPPED"),
    )
    return SimpleNamespace(id="1a2b3c4d5e6f", definition="web:1", status="STOPPED", stop_code="TaskFailedToStart",
                           stopped_reason=found.message, why=why, task_role="", story=story)  # fmt: skip


@pytest.fixture
def running_task() -> Any:
    """A task that runs, and whose code asks for something that its task role may not do."""
    story = (
        line(0, "PROVISIONING: asked for by RunTask, web in subnet-task"),
        line(10, "PENDING: has network interface eni-task with 10.0.1.10"),
        line(10, "has a token for the private registry, as execution role exec", "eni-task reaches the ECR API"),
        line(10, "has read DB_PASSWORD for container web, as execution role exec"),
        line(10, "pulls 123456789012.dkr.ecr.us-east-1.amazonaws.com/web:latest (120 MiB), as execution role exec"),
        line(16, "has a log stream web/web/1a2b3c4d5e6f, as execution role exec"),
        line(18, "container web runs"),
        line(18, "ACTIVATING: all its containers have started"),
        line(19, "RUNNING"),
        line(
            4500,
            "the code in container web was denied an AWS call, as task role web",
            "no identity-based policy allows s3:GetObject",
        ),
    )
    return SimpleNamespace(id="1a2b3c4d5e6f", definition="web:1", status="RUNNING", stop_code="", stopped_reason="",
                           why="", task_role="arn:aws:iam::123456789012:role/web", story=story)  # fmt: skip
