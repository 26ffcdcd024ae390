"""References, commands and strategies."""

from __future__ import annotations

import pytest

from simcloud.sim.command import read
from simcloud.sim.reference import parse
from simcloud.sim.strategy import next_provider

ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app"


@pytest.mark.parametrize(
    ("text", "full", "host"),
    [
        ("nginx", "docker.io/library/nginx:latest", "registry-1.docker.io"),
        ("nginx:1.27", "docker.io/library/nginx:1.27", "registry-1.docker.io"),
        ("bitnami/redis:7", "docker.io/bitnami/redis:7", "registry-1.docker.io"),
        ("public.ecr.aws/nginx/nginx:1.27", "public.ecr.aws/nginx/nginx:1.27", "public.ecr.aws"),
        ("localhost:5000/app", "localhost:5000/app:latest", "localhost:5000"),
        (f"{ECR}:2", f"{ECR}:2", ECR.split("/")[0]),
        (f"{ECR}@sha256:ab", f"{ECR}@sha256:ab", ECR.split("/")[0]),
    ],
)
def test_a_reference_is_read_as_a_runtime_reads_it(text: str, full: str, host: str) -> None:
    assert (parse(text).full, parse(text).host) == (full, host)


def test_a_private_ecr_reference_knows_its_account_and_region() -> None:
    reference = parse(f"{ECR}:2")
    assert (reference.is_private_ecr, reference.account, reference.region) == (True, "123456789012", "eu-west-1")
    assert not parse("public.ecr.aws/nginx/nginx").is_private_ecr


@pytest.mark.parametrize(
    ("words", "seconds", "code", "lines"),
    [
        ((), None, None, ()),
        (("sleep", "20"), 20, 0, ()),
        (("echo", "hello", "world"), 0, 0, ("hello world",)),
        (("sh", "-c", "echo one && sleep 5; exit 3"), 5, 3, ("one",)),
        (("/bin/sh", "-ec", "echo 'a b'"), 0, 0, ("a b",)),
        (("python", "app.py"), None, None, ()),
        (("sh", "-c", "echo 'unbalanced"), 0, 0, ("'unbalanced",)),
    ],
)
def test_the_few_commands_that_are_understood(
    words: tuple[str, ...], seconds: float | None, code: int | None, lines: tuple[str, ...]
) -> None:
    command = read(words)
    assert (command.seconds, command.code, command.lines) == (seconds, code, lines)


def test_sleep_infinity_does_not_end() -> None:
    assert read(("sleep", "infinity")).forever


@pytest.mark.row("F19")
def test_base_two_and_weights_one_to_three_split_ten_tasks_four_to_six() -> None:
    strategy = [
        {"capacityProvider": "FARGATE", "base": 2, "weight": 1},
        {"capacityProvider": "FARGATE_SPOT", "weight": 3},
    ]
    placed: dict[str, int] = {}
    for _ in range(10):
        provider = next_provider(strategy, placed)
        placed[provider] = placed.get(provider, 0) + 1
    assert placed == {"FARGATE": 4, "FARGATE_SPOT": 6}


def test_a_strategy_without_weight_takes_no_task_beyond_its_base() -> None:
    strategy = [{"capacityProvider": "FARGATE", "base": 1}, {"capacityProvider": "FARGATE_SPOT"}]
    with pytest.raises(ValueError, match="weight"):
        next_provider(strategy, {"FARGATE": 1})
