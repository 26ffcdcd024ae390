"""Laws on the life of a container: order of start, health, time-outs, restarts."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, PREFLIGHT, RECORDED
from simcloud.rules import reading
from simcloud.rules.container import Container
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"


def _dependencies(task: TaskDefinition) -> Iterator[tuple[int, Container, str, str]]:
    """The how manyeth of its container, who depends, on whom, and on what condition."""
    for container in task.containers:
        if "dependsOn" in container.raw:
            for index, dependency in enumerate(reading.structures(container.raw, "dependsOn")):
                target, condition = reading.text(dependency, "containerName"), reading.text(dependency, "condition")
                yield index, container, target, condition


@rule(
    "FG220", on=REGISTER, of="dependsOn", source=f"{PREFLIGHT} (pf-ecs-dependson-container-missing)", status="observed"
)
def a_dependency_exists(task: TaskDefinition) -> Iterator[Refusal]:
    """A container depends on containers of its own task."""
    names = task.names
    for index, container, target, _ in _dependencies(task):
        if target not in names:
            yield Refusal(
                f"{container.at}.dependsOn[{index}].containerName",
                words.DEPENDENCY_MISSING.format(name=target),
                f"{container.called} waits for '{target}', which is not there",
            )


@rule(
    "FG221",
    on=REGISTER,
    of="dependsOn",
    source=f"{PREFLIGHT} (pf-ecs-dependson-healthy-without-healthcheck)",
    status="observed",
)
def health_is_checked_where_it_is_waited_for(task: TaskDefinition) -> Iterator[Refusal]:
    """A container whose health another waits for has a health check in the definition; one in the image is ignored."""
    for index, container, target, condition in _dependencies(task):
        if condition == "HEALTHY" and target in task.names and target not in _checked(task):
            yield Refusal(
                f"{container.at}.dependsOn[{index}].condition",
                words.DEPENDENCY_HEALTHY,
                f"{container.called} waits until '{target}' is healthy; nothing checks that",
            )


def _checked(task: TaskDefinition) -> set[str]:
    """The names of the containers that have a health check."""
    return {container.name for container in task.containers if container.raw.get("healthCheck")}


@rule(
    "FG222",
    on=REGISTER,
    of="dependsOn",
    source=f"{PREFLIGHT} (pf-ecs-dependson-complete-on-essential)",
    status="observed",
)
def what_is_waited_out_is_not_essential(task: TaskDefinition) -> Iterator[Refusal]:
    """A container whose end another waits for is not essential: the end of an essential container ends the task."""
    for index, container, target, condition in _dependencies(task):
        if condition in ("COMPLETE", "SUCCESS") and target in _essential(task):
            yield Refusal(
                f"{container.at}.dependsOn[{index}].condition",
                words.DEPENDENCY_ESSENTIAL,
                f"{container.called} waits for the end of '{target}', which is essential",
            )


def _essential(task: TaskDefinition) -> set[str]:
    """The names of the containers whose end ends the task."""
    return {container.name for container in task.containers if container.essential}


@rule("FG223", on=REGISTER, of="dependsOn", source=RECORDED, status="observed")
def dependencies_have_a_beginning(task: TaskDefinition) -> Iterator[Refusal]:
    """No container waits for itself, directly or through others."""
    waits: dict[str, set[str]] = {}
    for _, container, target, _ in _dependencies(task):
        waits.setdefault(container.name, set()).add(target)
    while free := [name for name, targets in waits.items() if waits.keys().isdisjoint(targets)]:
        for name in free:
            del waits[name]
    if waits:
        yield Refusal("containerDefinitions", words.DEPENDENCY_CYCLE, f"{', '.join(sorted(waits))} wait for each other")


@rule("FG224", on=REGISTER, of=("startTimeout", "stopTimeout"), source=RECORDED, status="observed")
def time_limits_are_two_seconds_or_more(task: TaskDefinition) -> Iterator[Refusal]:
    """startTimeout and stopTimeout are at least 2 seconds."""
    least = quotas.TIMEOUT_LEAST.value
    for container in task.containers:
        for setting, spoken in (("startTimeout", "start timeout"), ("stopTimeout", "stop timeout")):
            seconds = reading.number(container.raw, setting)
            if seconds is not None and seconds < least:
                text = words.TIMEOUT_LEAST.format(setting=spoken, name=container.name, least=least)
                yield Refusal(f"{container.at}.{setting}", text, f"{container.called} sets {seconds} seconds")


@rule("FG1150", on=REGISTER, of="stopTimeout", source=RECORDED, status="observed")
def stopping_has_an_end(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate a container has at most 120 seconds to stop."""
    most = quotas.STOP_TIMEOUT_MOST.value
    for container in task.containers if task.on_fargate else ():
        seconds = reading.number(container.raw, "stopTimeout")
        if seconds is not None and seconds > most:
            yield Refusal(
                f"{container.at}.stopTimeout",
                words.STOP_TIMEOUT_MOST.format(most=most),
                f"{container.called} sets {seconds} seconds",
            )


@rule(
    "FG225",
    on=REGISTER,
    of="healthCheck",
    source=f"{PREFLIGHT} (pf-ecs-healthcheck-interval-range and its neighbours)",
    status="observed",
)
def health_is_checked_within_limits(task: TaskDefinition) -> Iterator[Refusal]:
    """A health check has interval 5 to 300 s, timeout 2 to 60 s, retries 1 to 10 and startPeriod 0 to 300 s."""
    for container in task.containers:
        check = reading.mapping(container.raw, "healthCheck")
        for setting, (least, most) in quotas.HEALTH_RANGES.value.items() if check else ():
            value = reading.number(check, setting)
            if value is None or least <= value <= most:
                continue
            text = words.HEALTH_MOST if value > most else words.HEALTH_LEAST
            yield Refusal(
                f"{container.at}.healthCheck.{setting}",
                text.format(setting=setting, most=most, least=least, name=container.name),
                f"{container.called} sets {setting} to {value}",
            )


@rule("FG226", on=REGISTER, of="healthCheck", source=API_MODEL, status="assumed")
def a_health_check_is_a_command(task: TaskDefinition) -> Iterator[Refusal]:
    """A health check has a command. It is to begin with CMD or CMD-SHELL, and one that does not is taken all the same.

    AWS's own collector of traces is deployed with `["/healthcheck"]`:
    https://github.com/aws-observability/aws-otel-collector (examples/ecs/aws-cloudwatch/ecs-fargate-sidecar.json).
    """
    for container in task.containers:
        check = reading.mapping(container.raw, "healthCheck")
        if check and not reading.texts(check, "command"):
            yield Refusal(
                f"{container.at}.healthCheck.command",
                words.HEALTH_COMMAND.format(name=container.name),
                f"the command of {container.called} is empty",
            )


@rule(
    "FG227",
    on=REGISTER,
    of="restartPolicy",
    source=f"{PREFLIGHT} (pf-ecs-restart-policy-attempt-period-range)",
    status="observed",
)
def restarts_are_a_minute_apart(task: TaskDefinition) -> Iterator[Refusal]:
    """A container's restartAttemptPeriod is 60 to 1800 seconds."""
    least, most = quotas.RESTART_PERIOD.value
    for container in task.containers:
        period = reading.number(reading.mapping(container.raw, "restartPolicy"), "restartAttemptPeriod")
        if period is not None and not least <= period <= most:
            yield Refusal(
                f"{container.at}.restartPolicy.restartAttemptPeriod",
                words.RESTART_PERIOD.format(name=container.name, least=least, most=most),
                f"{container.called} sets {period} seconds",
            )


@rule("FG228", on=REGISTER, of="restartPolicy", source=API_MODEL)
def fifty_exit_codes_can_be_ignored(task: TaskDefinition) -> Iterator[Refusal]:
    """A restart policy ignores at most 50 exit codes."""
    most = quotas.IGNORED_EXIT_CODES.value
    for container in task.containers:
        codes = reading.mapping(container.raw, "restartPolicy").get("ignoredExitCodes")
        if isinstance(codes, list | tuple) and len(codes) > most:
            yield Refusal(
                f"{container.at}.restartPolicy.ignoredExitCodes",
                words.IGNORED_CODES.format(name=container.name, most=most),
                f"{len(codes)} codes are named",
            )
