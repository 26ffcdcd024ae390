"""Laws on log drivers."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import statuses, words
from simcloud.facts.sources import PREFLIGHT, issue
from simcloud.rules import reading
from simcloud.rules.container import Container
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"


def _by_awslogs(task: TaskDefinition) -> Iterator[Container]:
    return (container for container in task.containers if container.log_driver == "awslogs")


@rule("FG160", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-fargate-log-driver-unsupported)", status="observed")
def fargate_has_three_log_drivers(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate the log driver is awslogs, splunk or awsfirelens."""
    for container in task.containers if task.on_fargate else ():
        driver = container.log_driver
        if driver and driver not in statuses.LOG_DRIVERS.value:
            yield Refusal(
                f"{container.at}.logConfiguration.logDriver",
                words.LOG_DRIVER.format(driver=driver),
                f"{container.called} logs by {driver}",
            )


@rule("FG161", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-awslogs-missing-group)", status="observed")
def awslogs_needs_group_and_region(task: TaskDefinition) -> Iterator[Refusal]:
    """The awslogs driver has the options awslogs-group and awslogs-region."""
    for container in _by_awslogs(task):
        missing = [option for option in statuses.AWSLOGS_REQUIRED.value if not container.log_options.get(option)]
        if missing:
            yield Refusal(
                f"{container.at}.logConfiguration.options",
                words.AWSLOGS_REQUIRES.format(options=", ".join(missing)),
                f"{container.called} does not say where its log goes",
            )


@rule("FG162", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-awslogs-fargate-missing-stream-prefix)", status="observed")
def awslogs_needs_a_stream_prefix(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate the awslogs driver has the option awslogs-stream-prefix: streams are prefix/container/task id."""
    for container in _by_awslogs(task) if task.on_fargate else ():
        if not container.log_options.get("awslogs-stream-prefix"):
            yield Refusal(
                f"{container.at}.logConfiguration.options",
                words.AWSLOGS_PREFIX,
                f"{container.called} gives no prefix for its log streams",
            )


@rule("FG163", on=REGISTER, source=issue("aws-samples/amazon-ecs-firelens-examples", 83), status="observed")
def awslogs_knows_its_options(task: TaskDefinition) -> Iterator[Refusal]:
    """The awslogs driver takes its own options alone."""
    for container in _by_awslogs(task):
        unknown = sorted(set(container.log_options) - set(statuses.AWSLOGS_OPTIONS.value))
        if unknown:
            yield Refusal(
                f"{container.at}.logConfiguration.options",
                words.AWSLOGS_DISALLOWS.format(options=", ".join(unknown)),
                f"{container.called} gives awslogs an option of another driver, or a misspelt one",
            )


@rule("FG164", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-awsfirelens-without-router)", status="observed")
def firelens_needs_a_router(task: TaskDefinition) -> Iterator[Refusal]:
    """Where a container logs by awsfirelens, another has a firelensConfiguration and routes the lines."""
    router = any(container.raw.get("firelensConfiguration") for container in task.containers)
    for container in task.containers:
        if container.log_driver == "awsfirelens" and not router:
            yield Refusal(
                f"{container.at}.logConfiguration.logDriver",
                words.FIRELENS_ROUTER,
                f"{container.called} logs by awsfirelens, and no container routes",
            )


@rule("FG165", on=REGISTER, source="https://github.com/floci-io/floci", status="assumed")
def a_router_reads_no_file_from_s3(task: TaskDefinition) -> Iterator[Refusal]:
    """On Fargate FireLens takes its configuration from a file in the image, not from S3."""
    for container in task.containers if task.on_fargate else ():
        options = reading.mapping(reading.mapping(container.raw, "firelensConfiguration"), "options")
        if options.get("config-file-type") == "s3":
            yield Refusal(
                f"{container.at}.firelensConfiguration.options",
                words.FIRELENS_S3,
                f"{container.called} names a configuration file in S3",
            )
