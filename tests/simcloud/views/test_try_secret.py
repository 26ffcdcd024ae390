"""The explorer of secrets: each choice runs a task in a copy, and nothing of it is left in the cloud."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from simcloud import Cloud
from simcloud.views.try_secret import try_secret, verdict


@pytest.fixture(scope="module")
def open_cloud() -> Iterator[Cloud]:
    with Cloud(seed=5) as cloud:
        yield cloud


@pytest.mark.row("F16")
@pytest.mark.parametrize(
    ("reference", "permission", "answer", "closing"),
    [
        ("ARN of the secret", "nothing more", "secretsmanager:GetSecretValue action", "The task stops"),
        ("ARN of the secret", "secretsmanager:GetSecretValue", '"password": "sesame"', "The program runs."),
        ("ARN of the secret, :password::", "secretsmanager:GetSecretValue", "PASSWORD is sesame", "The program runs."),
        (
            "ARN of the secret, :pin::",
            "secretsmanager:GetSecretValue",
            "did not contain json key pin",
            "The task stops",
        ),
        ("name of a parameter", "ssm:GetParameter", "ssm:GetParameters on resource", "The task stops"),
        ("name of a parameter", "ssm:GetParameters", "PASSWORD is sesame", "The program runs."),
        ("ARN of a parameter", "ssm:GetParameters", "PASSWORD is sesame", "The program runs."),
        ("name of the secret", "secretsmanager:GetSecretValue", "ssm:GetParameters on resource", "The task stops"),
    ],
)
def test_the_task_finds_what_reference_and_role_give_it(
    open_cloud: Cloud, reference: str, permission: str, answer: str, closing: str
) -> None:
    before = pickle.dumps(open_cloud.world)
    table = verdict(open_cloud, reference, permission)
    assert answer in table.rows[-1][1]
    assert table.closing.startswith(closing)
    assert pickle.dumps(open_cloud.world) == before


def test_a_choice_redraws_the_view(open_cloud: Cloud) -> None:
    tried = try_secret(open_cloud)
    assert "stops before the program runs" in tried.html
    tried.controls["permission"].value = "secretsmanager:GetSecretValue"
    assert "The program runs." in tried.html
