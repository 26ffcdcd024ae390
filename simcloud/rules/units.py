"""Laws on how CPU and memory are written. They come before all others (recorded: a CPU that cannot be read is refused
in a definition whose network mode and containers are wrong too)."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import words
from simcloud.facts.sources import API_MODEL, TASK_SIZE
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"


@rule("FG103", on=REGISTER, source=TASK_SIZE)
def cpu_can_be_read(task: TaskDefinition) -> Iterator[Refusal]:
    """cpu is a number of CPU units (`1024`) or of vCPU (`1 vCPU`)."""
    if "cpu" in task.raw and task.cpu is None:
        yield Refusal("cpu", words.INVALID_CPU, f"{task.cpu_written!r} is neither")


@rule("FG105", on=REGISTER, source=API_MODEL, status="assumed")
def memory_can_be_read(task: TaskDefinition) -> Iterator[Refusal]:
    """memory is a number of MiB (`2048`) or of GB (`2 GB`)."""
    if "memory" in task.raw and task.memory is None:
        yield Refusal("memory", words.INVALID_MEMORY, f"{task.memory_written!r} is neither")
