"""Fluent Bit reads what ECS wrote for it out of the containers' log options, and does not start where that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from simcloud.facts import fluent_bit as facts
from simcloud.sim.container_plan import ContainerPlan
from simcloud.sim.task import Task

FLUENT_BIT = "fluentbit"
EXIT_CODE = facts.EXIT_CODE.value
SIZE = re.compile(r"(\d+)([kmg])?b?", re.IGNORECASE)
UNITS = {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3}


def wrong(task: Task, router: ContainerPlan) -> tuple[str, ...]:
    """The lines with which the router ends at its start; none where it starts, or is no Fluent Bit."""
    if router.router != FLUENT_BIT:
        return ()
    for plan in task.definition.containers:
        options = {name.lower(): value for name, value in _options(plan)} if plan.log_driver == "awsfirelens" else {}
        if lines := tuple(_wrong_output(options)):
            return (*lines, str(facts.ENGINE))
    return ()


def _options(plan: ContainerPlan) -> Iterator[tuple[str, str]]:
    """All options of the log driver; those that come from a secret have a value that nobody sees."""
    yield from plan.log_options
    for secret in plan.secrets:
        if secret.is_option:
            yield secret.name, secret.value_from


def _wrong_output(options: Mapping[str, str]) -> Iterator[str]:
    output = options.get("name", "").lower()
    known = facts.PROPERTIES.value.get(output)
    if known is None:
        return
    for name in options:
        of_every = name in facts.OF_EVERY_OUTPUT.value or name.startswith(("tls.", "net."))
        if name not in known and not of_every:
            yield facts.UNKNOWN.format(output=output, name=name, others=", ".join(known[:-1]), last=known[-1])
            yield facts.FAILED.format(output=output)
            return
    if fault := next(_FAULTS[output](options), ""):
        yield fault.format(output=output)
        yield facts.FAILED.format(output=output)


def _of_s3(options: Mapping[str, str]) -> Iterator[str]:
    if "bucket" not in options:
        yield facts.REQUIRED_PARAMETER.format(output="s3", name="bucket")
    if not options.get("s3_key_format", "/").startswith("/"):
        yield facts.KEY_FORMAT
    if "total_file_size" in options and _bytes(options["total_file_size"]) < facts.SMALLEST_FILE.value:
        yield facts.TOO_SMALL


def _of_logs(options: Mapping[str, str]) -> Iterator[str]:
    if "log_group_name" not in options:
        yield facts.REQUIRED_FIELD.format(output="cloudwatch_logs", name="log_group_name")
    if ("log_stream_name" in options) == ("log_stream_prefix" in options):
        yield facts.ONE_STREAM
    if "region" not in options:
        yield facts.REQUIRED_FIELD.format(output="cloudwatch_logs", name="region")


def _of_firehose(options: Mapping[str, str]) -> Iterator[str]:
    for name in ("delivery_stream", "region"):
        if name not in options:
            yield facts.REQUIRED_FIELD.format(output="kinesis_firehose", name=name)


_FAULTS = {"s3": _of_s3, "cloudwatch_logs": _of_logs, "kinesis_firehose": _of_firehose}


def _bytes(size: str) -> int:
    """Bytes of a size such as 5M. Of one with a letter that Fluent Bit does not know it reads the number alone."""
    found = SIZE.fullmatch(size.strip())
    if found:
        return int(found[1]) * UNITS[(found[2] or "").lower()]
    digits = re.match(r"\d+", size.strip())
    return int(digits[0]) if digits else 0
