"""Laws on the container instances that StartTask names; the rest of it is judged like any launch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simcloud.facts import api_limits, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT
from simcloud.facts.words import task as task_words
from simcloud.rules import reading
from simcloud.rules.as_written import as_written
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal

START = "StartTask"
INVALID = "InvalidParameterException"
ID_LENGTHS = (32, 36)


@rule("FG1481", on=START, source=API_MODEL)
def one_to_ten_instances_are_named(request: Any) -> Iterator[Refusal]:
    """StartTask names one to ten container instances: on Fargate, use RunTask."""
    named, most = reading.texts(as_written(request), "containerInstances"), api_limits.CHANGED_INSTANCES.value
    if not named:
        text = str(task_words.INSTANCES_EMPTY)
        yield Refusal("containerInstances", text, "Fargate has no instances; use RunTask", code=INVALID)
    elif len(named) > most:
        text = words.TOO_MANY.format(what="instanceIds", most=most)
        yield Refusal("containerInstances", text, f"{len(named)} are named", code=INVALID)


@rule("FG1482", on=START, source=FIELD_REPORT, status="observed")
def instances_to_start_on_have_ids(request: Any) -> Iterator[Refusal]:
    """A container instance is named by an id of 32 or 36 characters, or by ARN."""
    for index, named in enumerate(reading.texts(as_written(request), "containerInstances")):
        if len(named.rpartition("/")[2]) not in ID_LENGTHS:
            text = task_words.ID_LENGTH.format(what="instanceId")
            yield Refusal(f"containerInstances[{index}]", text, f"'{named}' is no id", code=INVALID)
