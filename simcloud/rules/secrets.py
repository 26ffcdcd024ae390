"""Laws on secrets. Their order is known: an account that is not one's own comes before the missing execution role (the
bench case of R-042), and that comes before images and memory (a field report of one definition with all three)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, EXECUTION_ROLE, FIELD_REPORT, PREFLIGHT
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.marks import WITHOUT_ROLE
from simcloud.rules.refusal import Refusal
from simcloud.rules.seen import Seen
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
_PARAMETER = re.compile(r"[A-Za-z0-9_.\-/]+")
_PARAMETER_ARN = re.compile(r"arn:aws[a-z-]*:ssm:[a-z0-9-]+:(\d{12}):parameter/.+")
_SECRET_ARN = re.compile(r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+")
_KNOWN = re.compile("|".join(form.pattern for form in (_PARAMETER, _PARAMETER_ARN, _SECRET_ARN)))


@rule("FG170", on=REGISTER, of=("secrets", "secretOptions"), source=FIELD_REPORT, status="observed")
def a_short_value_is_a_parameter_name(task: TaskDefinition) -> Iterator[Refusal]:
    """valueFrom is the ARN of a secret, the ARN of a parameter, or the bare name of a parameter; a secret's name or its
    JSON key works with the ARN alone."""
    for container in task.containers:
        for at, secret in container.secrets:
            value = reading.text(secret, "valueFrom")
            if not _KNOWN.fullmatch(value):
                yield Refusal(
                    f"{at}.valueFrom",
                    words.PARAMETER_NAME.format(name=reading.text(secret, "name")),
                    f"{value!r} is read as the name of an SSM parameter, and cannot be one",
                )


@rule(
    "FG171",
    on=REGISTER,
    of=("secrets", "secretOptions"),
    source=f"{PREFLIGHT} (pf-ecs-secrets-without-execution-role)",
    status="observed",
)
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


@rule("FG172", on=REGISTER, of="secrets", source=FIELD_REPORT, status="observed")
def a_variable_is_plain_or_secret(task: TaskDefinition) -> Iterator[Refusal]:
    """A container's environment variable comes from environment or from secrets, not from both."""
    for container in task.containers:
        if not container.secrets:
            continue
        taken = {reading.text(variable, "name") for variable in reading.structures(container.raw, "environment")}
        for index, secret in enumerate(reading.structures(container.raw, "secrets")):
            name = reading.text(secret, "name")
            if name in taken:
                yield Refusal(
                    f"{container.at}.secrets[{index}].name",
                    words.SECRET_NAME_TAKEN.format(name=name),
                    f"{container.called} sets {name} twice",
                )


@rule("FG378", on=REGISTER, of=("secrets", "secretOptions"), source=FIELD_REPORT, status="observed")
def a_secret_is_named_once(task: TaskDefinition) -> Iterator[Refusal]:
    """The secrets of a container have different names, and so have those of its log driver."""
    for container in task.containers:
        if len({reading.text(secret, "name") for _, secret in container.secrets}) == len(container.secrets):
            continue  # told without looking which of them are of the log driver
        for at, holder, key in (
            ("secrets", container.raw, "secrets"),
            ("logConfiguration.secretOptions", reading.mapping(container.raw, "logConfiguration"), "secretOptions"),
        ):
            names = [reading.text(secret, "name") for secret in reading.structures(holder, key)]
            twice = [name for name, _ in reading.repeated(names) if name]
            if twice:
                yield Refusal(
                    f"{container.at}.{at}",
                    words.SECRET_TWICE.format(names=", ".join(twice)),
                    f"{container.called} gives a name to two secrets",
                )


@rule("FG379", on=REGISTER, of=("secrets", "secretOptions"), source=API_MODEL, status="assumed")
def a_secret_has_a_name(task: TaskDefinition) -> Iterator[Refusal]:
    """A secret has a name: that of the variable, or of the log driver's option, in which its value arrives."""
    for container in task.containers:
        for at, secret in container.secrets:
            if not reading.text(secret, "name"):
                yield Refusal(f"{at}.name", words.SECRET_NAME_EMPTY, f"a secret of {container.called} has no name")


@rule("FG181", on=REGISTER, of=WITHOUT_ROLE, source=FIELD_REPORT, status="observed")
def secrets_need_the_execution_role(task: TaskDefinition) -> Iterator[Refusal]:
    """Secrets are fetched with the execution role, before the container starts."""
    if task.execution_role:
        return
    holder = next((container for container in task.containers if container.secrets), None)
    if holder is not None:
        yield Refusal("executionRoleArn", words.ROLE_FOR_SECRETS, f"{holder.called} has secrets")


@rule("FG1146", on=REGISTER, of="repositoryCredentials", source=EXECUTION_ROLE, status="assumed")
def registry_credentials_need_the_execution_role(task: TaskDefinition) -> Iterator[Refusal]:
    """The credentials of a private registry are fetched with the execution role, before the image is pulled."""
    if task.execution_role:
        return
    holder = next((container for container in task.containers if container.raw.get("repositoryCredentials")), None)
    if holder is not None:
        yield Refusal("executionRoleArn", words.ROLE_FOR_REGISTRY, f"{holder.called} has repositoryCredentials")
