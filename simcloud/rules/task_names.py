"""Laws on how tasks are named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simcloud.facts import api_limits, quotas, words
from simcloud.facts.sources import API_MODEL, issue
from simcloud.facts.words import task as task_words
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal

INVALID = "InvalidParameterException"
ID_LENGTHS = (32, 36)
FILTERS = ("family", "serviceName", "containerInstance", "daemonName", "launchType", "desiredStatus")


def _named(request: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Where a task is named in a request, and how."""
    if "task" in request:
        yield "task", reading.text(request, "task")
    for index, task in enumerate(reading.texts(request, "tasks")):
        yield f"tasks[{index}]", task


@rule("FG1435", on="DescribeTasks", source=API_MODEL)
def tasks_are_named(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """At least one task is named."""
    if not reading.texts(request, "tasks"):
        yield Refusal("tasks", str(task_words.TASKS_EMPTY), "the list is empty", code=INVALID)


@rule("FG1436", on=("DescribeTasks", "GetTaskProtection"), source=issue("gchq/sleeper", 555), status="observed")
def a_hundred_tasks_are_described(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """At most 100 tasks are described at a time."""
    named, most = reading.texts(request, "tasks"), quotas.DESCRIBED_TASKS.value
    if len(named) > most:
        yield Refusal(
            "tasks", words.TOO_MANY.format(what="taskIds", most=most), f"{len(named)} are named", code=INVALID
        )


@rule(
    "FG1437",
    on=("DescribeTasks", "StopTask", "GetTaskProtection", "UpdateTaskProtection"),
    source=issue("Mic-U/ecsher", 56),
    status="observed",
)
def a_task_id_is_long(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """A task's id has 32 characters, in old accounts 36; the word None of a shell script is none."""
    for at, task in _named(request):
        if len(task.rpartition("/")[2]) not in ID_LENGTHS:
            yield Refusal(at, task_words.ID_LENGTH.format(what="taskId"), f"'{task}' is no id", code=INVALID)


@rule("FG1438", on="ExecuteCommand", source=issue("Mic-U/ecsher", 56), status="observed")
def a_task_to_enter_has_an_id(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """The task in which a command is executed is named by id or ARN."""
    task = reading.text(request, "task")
    if len(task.rpartition("/")[2]) not in ID_LENGTHS:
        yield Refusal("task", task_words.ID_LENGTH.format(what="task"), f"'{task}' is no id", code=INVALID)


@rule("FG1439", on="ListTasks", source=API_MODEL)
def started_by_is_the_only_filter(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """Tasks are listed by startedBy alone, or by the other filters."""
    others = [name for name in FILTERS if request.get(name) is not None]
    if request.get("startedBy") is not None and others:
        text = str(task_words.STARTED_BY_ALONE)
        yield Refusal("startedBy", text, f"{' and '.join(others)} are given too", code=INVALID)


@rule("FG1441", on="UpdateTaskProtection", source=API_MODEL)
def ten_tasks_are_protected(request: Mapping[str, Any]) -> Iterator[Refusal]:
    """One to ten tasks are protected in a call."""
    named, most = reading.texts(request, "tasks"), api_limits.PROTECTED_TASKS.value
    if not named:
        yield Refusal("tasks", str(task_words.TASKS_EMPTY), "the list is empty", code=INVALID)
    elif len(named) > most:
        text = task_words.PROTECTED_TASKS.format(most=most)
        yield Refusal("tasks", text, f"{len(named)} are named", code=INVALID)
