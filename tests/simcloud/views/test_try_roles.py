"""The explorer of the two roles: IAM's own decision for each step, by the role that is asked for it."""

from __future__ import annotations

import pytest

from simcloud.views.try_roles import BOTH, EXECUTION, NOBODY, TASK, try_roles, verdict

STARTS = "The task starts, and its code does its work."
NEVER = "The task never starts: TaskFailedToStart. Your code has not run at all."
DENIED = "The task starts and runs. Its code gets AccessDenied, and only its log says so."


@pytest.mark.parametrize(
    ("managed", "secret", "bucket", "closing"),
    [
        (NOBODY, NOBODY, NOBODY, NEVER),
        (TASK, TASK, TASK, NEVER),
        (EXECUTION, NOBODY, TASK, NEVER),
        (EXECUTION, TASK, TASK, NEVER),
        (EXECUTION, EXECUTION, EXECUTION, DENIED),
        (EXECUTION, EXECUTION, TASK, DENIED),
        (EXECUTION, BOTH, TASK, STARTS),
        (BOTH, BOTH, BOTH, STARTS),
    ],
)
def test_only_the_role_that_is_asked_counts(managed: str, secret: str, bucket: str, closing: str) -> None:
    assert verdict(managed, secret, bucket).closing == closing


def test_the_denial_stands_in_awss_words_and_ends_the_start() -> None:
    rows = verdict(EXECUTION, TASK, TASK).rows
    assert rows[2][3:] == (
        "denied",
        "because no identity-based policy allows the secretsmanager:GetSecretValue action",
    )
    assert [row[3] for row in rows[3:]] == ["not reached"] * 3


def test_a_choice_redraws_the_view() -> None:
    tried = try_roles()
    assert "never starts" in tried.html
    for name, value in (("managed", EXECUTION), ("secret", BOTH), ("bucket", TASK)):
        tried.controls[name].value = value
    assert STARTS in tried.html
