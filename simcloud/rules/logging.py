"""Laws on log drivers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simcloud.facts import statuses, words
from simcloud.facts.sources import FIELD_REPORT, PREFLIGHT, RECORDED, issue
from simcloud.rules import reading
from simcloud.rules.container import Container
from simcloud.rules.engine import rule
from simcloud.rules.environment import OBJECT_ARN
from simcloud.rules.marks import ROUTED
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"
_LOG_GROUP = re.compile(r"[A-Za-z0-9_\-/.#]{1,512}")


def _by_awslogs(task: TaskDefinition) -> Iterator[Container]:
    return (container for container in task.containers if container.log_driver == "awslogs")


@rule("FG160", on=REGISTER, of="logConfiguration", source=RECORDED, status="observed")
def fargate_has_three_log_drivers(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate the log driver is awslogs, splunk or awsfirelens, for Windows awslogs alone; on instances it is one of
    eight."""
    offered = statuses.EC2_LOG_DRIVERS.value
    if task.on_fargate:
        offered = statuses.WINDOWS_LOG_DRIVERS.value if task.windows else statuses.LOG_DRIVERS.value
    for container in task.containers:
        driver = container.log_driver
        if reading.mapping(container.raw, "logConfiguration") and driver not in offered:
            yield Refusal(
                f"{container.at}.logConfiguration.logDriver",
                words.LOG_DRIVER.format(driver=driver, drivers=(", " if task.on_fargate else ",").join(offered)),
                f"{container.called} logs by {driver or 'no driver'}",
            )


def _secret_options(container: Container) -> set[str]:
    """The options that a container gives to its log driver as secrets."""
    log = reading.mapping(container.raw, "logConfiguration")
    return {reading.text(each, "name") for each in reading.structures(log, "secretOptions")}


@rule("FG161", on=REGISTER, of="logConfiguration", source=RECORDED, status="observed")
def a_log_driver_has_its_options(task: TaskDefinition) -> Iterator[Refusal]:
    """The awslogs driver has the options awslogs-region and awslogs-group, the splunk driver splunk-url and
    splunk-token."""
    for container in task.containers:
        required = statuses.LOG_REQUIRED.value.get(container.log_driver, ())
        missing = [option for option in required if not container.log_options.get(option)]
        if missing and (missing := [option for option in missing if option not in _secret_options(container)]):
            yield Refusal(
                f"{container.at}.logConfiguration.options",
                words.LOG_REQUIRES.format(driver=container.log_driver, options=", ".join(missing)),
                f"{container.called} does not say where its log goes",
            )


@rule("FG394", on=REGISTER, of="logConfiguration", source=FIELD_REPORT, status="observed")
def a_log_group_has_plain_characters(task: TaskDefinition) -> Iterator[Refusal]:
    """The name of a log group holds letters, digits and - _ / . # alone."""
    for container in _by_awslogs(task):
        group = container.log_options.get("awslogs-group", "")
        if group and not _LOG_GROUP.fullmatch(group):
            yield Refusal(
                f"{container.at}.logConfiguration.options",
                words.LOG_GROUP_INVALID,
                f"{group!r} cannot be the name of a log group",
            )


@rule(
    "FG162",
    on=REGISTER,
    of="logConfiguration",
    source=f"{PREFLIGHT} (pf-ecs-awslogs-fargate-missing-stream-prefix)",
    status="observed",
)
def awslogs_needs_a_stream_prefix(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate the awslogs driver has the option awslogs-stream-prefix: streams are prefix/container/task id."""
    for container in _by_awslogs(task) if task.on_fargate else ():
        if not container.log_options.get("awslogs-stream-prefix"):
            yield Refusal(
                f"{container.at}.logConfiguration.options",
                words.AWSLOGS_PREFIX,
                f"{container.called} gives no prefix for its log streams",
            )


@rule(
    "FG163",
    on=REGISTER,
    of="logConfiguration",
    source=issue("aws-samples/amazon-ecs-firelens-examples", 83),
    status="observed",
)
def awslogs_knows_its_options(task: TaskDefinition) -> Iterator[Refusal]:
    """The awslogs driver takes its own options alone."""
    for container in _by_awslogs(task):
        unknown = sorted(container.log_options.keys() - statuses.AWSLOGS_OPTIONS.value)
        if unknown:
            yield Refusal(
                f"{container.at}.logConfiguration.options",
                words.AWSLOGS_DISALLOWS.format(options=", ".join(unknown)),
                f"{container.called} gives awslogs an option of another driver, or a misspelt one",
            )


@rule(
    "FG164",
    on=REGISTER,
    of=ROUTED,
    source=f"{PREFLIGHT} (pf-ecs-awsfirelens-without-router)",
    status="observed",
)
def firelens_needs_a_router(task: TaskDefinition) -> Iterator[Refusal]:
    """Where a container logs by awsfirelens, another has a firelensConfiguration and routes the lines."""
    for container in task.containers:
        if container.log_driver == "awsfirelens" and not _routes(task):
            yield Refusal(
                f"{container.at}.logConfiguration.logDriver",
                words.FIRELENS_ROUTER,
                f"{container.called} logs by awsfirelens, and no container routes",
            )


def _routes(task: TaskDefinition) -> bool:
    """Does one of its containers route what others log?"""
    return any(container.raw.get("firelensConfiguration") for container in task.containers)


@rule("FG165", on=REGISTER, of="firelensConfiguration", source=FIELD_REPORT, status="observed")
def a_router_reads_no_file_from_s3(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate FireLens takes its configuration from a file in the image, not from S3; an object in S3 is named by
    its ARN, which is looked at first (https://github.com/aws/aws-sdk/issues/311)."""
    for container in task.containers:
        options = reading.mapping(reading.mapping(container.raw, "firelensConfiguration"), "options")
        at = f"{container.at}.firelensConfiguration.options"
        if options.get("config-file-type") != "s3":
            continue
        if not OBJECT_ARN.fullmatch(reading.text(options, "config-file-value")):
            yield Refusal(
                at, words.ENVIRONMENT_FILE, f"{options.get('config-file-value')!r} is not the ARN of an object"
            )
        elif task.on_fargate:
            yield Refusal(at, words.FIRELENS_S3, f"{container.called} names a configuration file in S3")


@rule(
    "FG393",
    on=REGISTER,
    of="firelensConfiguration",
    source=f"{PREFLIGHT} (pf-batch-jd-ecs-firelens-log-driver)",
    status="observed",
)
def a_router_has_something_to_route(task: TaskDefinition) -> Iterator[Refusal]:
    """Where a container has a firelensConfiguration, at least one logs by awsfirelens."""
    for container in task.containers:
        if container.raw.get("firelensConfiguration"):
            if not any(other.log_driver == "awsfirelens" for other in task.containers):
                yield Refusal(
                    f"{container.at}.firelensConfiguration",
                    words.FIRELENS_UNUSED,
                    f"{container.called} would route, and no container logs by awsfirelens",
                )
            return
