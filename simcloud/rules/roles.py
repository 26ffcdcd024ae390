"""Laws on the task's two roles: the execution role works before the containers start, the task role inside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.facts import words
from simcloud.facts.sources import FIELD_REPORT, PREFLIGHT
from simcloud.rules.engine import rule
from simcloud.rules.marks import WITHOUT_ROLE
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
_ROLE_ARN = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):role/[\w+=,.@/-]+", re.ASCII)
_ROLE_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
ECR_IMAGE = re.compile(r"\d{12}\.dkr[.-]ecr(-fips)?\.[a-z0-9.-]+/.+")
"""An image of a private ECR repository, in every partition and by either endpoint (dkr.ecr, dual-stack dkr-ecr)."""


@rule("FG180", on=REGISTER, of=("taskRoleArn", "executionRoleArn"), source=FIELD_REPORT, status="observed")
def a_role_is_named_by_its_arn(task: TaskDefinition, seen: Seen) -> Iterator[Refusal]:
    """A role is named by its ARN or its name, and is of the account of the task. Whether it exists, and trusts ECS, is
    found out when a task starts."""
    for key, role in (("taskRoleArn", task.task_role), ("executionRoleArn", task.execution_role)):
        match = _ROLE_ARN.fullmatch(role) if role else None
        if role and not match and not _ROLE_NAME.fullmatch(role):
            yield Refusal(key, words.ROLE_INVALID, f"{role!r} is not the ARN of a role")
        elif match and match[1] != seen.account:
            yield Refusal(key, words.ROLE_INVALID, f"the role is of account {match[1]}, not {seen.account}")


@rule(
    "FG182",
    on=REGISTER,
    of=WITHOUT_ROLE,
    source=f"{PREFLIGHT} (pf-ecs-fargate-execution-role-missing-awslogs)",
    status="observed",
)
def awslogs_needs_the_execution_role(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate the awslogs driver writes with the execution role."""
    if task.execution_role or not task.on_fargate:
        return
    writer = next((container for container in task.containers if container.log_driver == "awslogs"), None)
    if writer is not None:
        yield Refusal("executionRoleArn", words.ROLE_FOR_AWSLOGS, f"{writer.called} logs by awslogs")


@rule("FG183", on=REGISTER, of=WITHOUT_ROLE, source=FIELD_REPORT, status="observed")
def private_images_need_the_execution_role(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate an image of a private ECR repository is pulled with the execution role."""
    if task.execution_role or not task.on_fargate:
        return
    puller = next((container for container in task.containers if ECR_IMAGE.fullmatch(container.image)), None)
    if puller is not None:
        yield Refusal("executionRoleArn", words.ROLE_FOR_ECR, f"{puller.called} is pulled from {puller.image}")
