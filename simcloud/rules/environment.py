"""Laws on environment variables and environment files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, PREFLIGHT
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
OBJECT_ARN = re.compile(r"arn:aws[a-z-]*:s3:::[^/]+/.+")
"""The ARN of an object in S3."""


@rule("FG1120", on=REGISTER, of="environment", source=API_MODEL, status="assumed")
def a_variable_has_a_name(task: TaskDefinition) -> Iterator[Refusal]:
    """An environment variable has a name."""
    for container in task.containers:
        for index, variable in enumerate(reading.structures(container.raw, "environment")):
            if not reading.text(variable, "name"):
                yield Refusal(
                    f"{container.at}.environment[{index}].name",
                    words.VARIABLE_NAME_EMPTY,
                    f"a variable of {container.called} has no name",
                )


@rule(
    "FG173",
    on=REGISTER,
    of="environmentFiles",
    source=f"{PREFLIGHT} (pf-ecs-environment-files-type)",
    status="observed",
)
def an_environment_file_is_an_object(task: TaskDefinition) -> Iterator[Refusal]:
    """An environment file is named by the ARN of an S3 object."""
    for container in task.containers:
        for index, file in enumerate(reading.structures(container.raw, "environmentFiles")):
            if not OBJECT_ARN.fullmatch(reading.text(file, "value")):
                yield Refusal(
                    f"{container.at}.environmentFiles[{index}].value",
                    words.ENVIRONMENT_FILE,
                    f"{reading.text(file, 'value')!r} is not the ARN of an S3 object",
                )


@rule(
    "FG174", on=REGISTER, of="environmentFiles", source=f"{PREFLIGHT} (pf-ecs-environment-files-max)", status="observed"
)
def a_container_reads_at_most_ten_files(task: TaskDefinition) -> Iterator[Refusal]:
    """A container has at most ten environment files."""
    for container in task.containers:
        count = len(reading.structures(container.raw, "environmentFiles"))
        if count > quotas.ENVIRONMENT_FILES.value:
            yield Refusal(f"{container.at}.environmentFiles", words.ENVIRONMENT_FILES, f"{count} files are named")


@rule("FG1121", on=REGISTER, of="environmentFiles", source=API_MODEL, status="assumed")
def an_environment_file_is_called_env(task: TaskDefinition) -> Iterator[Refusal]:
    """The name of an environment file ends in .env."""
    for container in task.containers:
        for index, file in enumerate(reading.structures(container.raw, "environmentFiles")):
            value = reading.text(file, "value")
            if OBJECT_ARN.fullmatch(value) and not value.endswith(".env"):
                yield Refusal(
                    f"{container.at}.environmentFiles[{index}].value",
                    words.ENVIRONMENT_FILE_EXTENSION,
                    f"{value} does not end in .env",
                )
