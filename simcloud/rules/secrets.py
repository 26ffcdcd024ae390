"""Laws on secrets, environment variables and environment files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.facts import quotas, words
from simcloud.facts.sources import FIELD_REPORT, PREFLIGHT
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
_PARAMETER = re.compile(r"[A-Za-z0-9_.\-/]+")
_PARAMETER_ARN = re.compile(r"arn:aws[a-z-]*:ssm:[a-z0-9-]+:(\d{12}):parameter/.+")
_SECRET_ARN = re.compile(r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+")
_OBJECT_ARN = re.compile(r"arn:aws[a-z-]*:s3:::[^/]+/.+")


@rule("FG170", on=REGISTER, source=FIELD_REPORT, status="observed")
def a_short_value_is_a_parameter_name(task: TaskDefinition) -> Iterator[Refusal]:
    """valueFrom is the ARN of a secret, the ARN of a parameter, or the bare name of a parameter; a secret's name or its
    JSON key works with the ARN alone."""
    for container in task.containers:
        for at, secret in container.secrets:
            value = reading.text(secret, "valueFrom")
            known = (_PARAMETER, _PARAMETER_ARN, _SECRET_ARN)
            if not any(pattern.fullmatch(value) for pattern in known):
                yield Refusal(
                    f"{at}.valueFrom",
                    words.PARAMETER_NAME.format(name=reading.text(secret, "name")),
                    f"{value!r} is read as the name of an SSM parameter, and cannot be one",
                )


@rule("FG171", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-secrets-without-execution-role)", status="observed")
def a_parameter_is_of_this_account(task: TaskDefinition, seen: Seen) -> Iterator[Refusal]:
    """An SSM parameter named by its ARN belongs to the account of the task."""
    for container in task.containers:
        for at, secret in container.secrets:
            match = _PARAMETER_ARN.fullmatch(reading.text(secret, "valueFrom"))
            if match and match[1] != seen.account:
                yield Refusal(
                    f"{at}.valueFrom",
                    words.PARAMETER_ACCOUNT.format(current=seen.account, other=match[1]),
                    f"the parameter is of account {match[1]}",
                )


@rule("FG172", on=REGISTER, source=FIELD_REPORT, status="observed")
def a_variable_is_plain_or_secret(task: TaskDefinition) -> Iterator[Refusal]:
    """A container's environment variable comes from environment or from secrets, not from both."""
    for container in task.containers:
        taken = {reading.text(variable, "name") for variable in reading.structures(container.raw, "environment")}
        for index, secret in enumerate(reading.structures(container.raw, "secrets")):
            name = reading.text(secret, "name")
            if name in taken:
                yield Refusal(
                    f"{container.at}.secrets[{index}].name",
                    words.SECRET_NAME_TAKEN.format(name=name),
                    f"{container.called} sets {name} twice",
                )
            taken.add(name)


@rule("FG173", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-environment-files-type)", status="observed")
def an_environment_file_is_an_object(task: TaskDefinition) -> Iterator[Refusal]:
    """An environment file is named by the ARN of an S3 object."""
    for container in task.containers:
        for index, file in enumerate(reading.structures(container.raw, "environmentFiles")):
            if not _OBJECT_ARN.fullmatch(reading.text(file, "value")):
                yield Refusal(
                    f"{container.at}.environmentFiles[{index}].value",
                    words.ENVIRONMENT_FILE,
                    f"{reading.text(file, 'value')!r} is not the ARN of an S3 object",
                )


@rule("FG174", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-environment-files-max)", status="observed")
def a_container_reads_at_most_ten_files(task: TaskDefinition) -> Iterator[Refusal]:
    """A container has at most ten environment files."""
    for container in task.containers:
        count = len(reading.structures(container.raw, "environmentFiles"))
        if count > quotas.ENVIRONMENT_FILES.value:
            yield Refusal(f"{container.at}.environmentFiles", words.ENVIRONMENT_FILES, f"{count} files are named")
