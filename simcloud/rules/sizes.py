"""Laws on the size of a task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simcloud.facts import sizes, words
from simcloud.facts.sources import API_MODEL, FARGATE_PRICING, PREFLIGHT
from simcloud.rules.amounts import spoken_mib
from simcloud.rules.engine import rule
from simcloud.rules.marks import ON_INSTANCES, WITHOUT_CPU, WITHOUT_MEMORY
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"


@rule("FG100", on=REGISTER, of=WITHOUT_CPU, source=f"{PREFLIGHT} (pf-ecs-fargate-task-cpu-memory)", status="observed")
def fargate_needs_the_cpu_of_the_task(task: TaskDefinition) -> Iterator[Refusal]:
    """A Fargate task states its CPU at task level: that is what is sold."""
    if task.on_fargate and "cpu" not in task.raw:
        yield Refusal("cpu", words.CPU_REQUIRED, "the task states no cpu; what containers state is only their share")


@rule("FG104", on=REGISTER, of=ON_INSTANCES, source=API_MODEL)
def cpu_fits_an_instance(task: TaskDefinition) -> Iterator[Refusal]:
    """A task that Fargate need not run has 128 CPU units (0.125 vCPU) to 196608 (192 vCPU)."""
    least, most = sizes.EC2_CPU.value
    if not task.on_fargate and task.cpu is not None and not least <= task.cpu <= most:
        yield Refusal("cpu", words.CPU_OF_EC2, f"{task.cpu} CPU units are outside {least} to {most}")


@rule(
    "FG101", on=REGISTER, of=WITHOUT_MEMORY, source=f"{PREFLIGHT} (pf-ecs-fargate-task-cpu-memory)", status="observed"
)
def fargate_needs_the_memory_of_the_task(task: TaskDefinition) -> Iterator[Refusal]:
    """A Fargate task states its memory at task level: that is what is sold."""
    if task.on_fargate and "memory" not in task.raw:
        yield Refusal(
            "memory", words.MEMORY_REQUIRED, "the task states no memory; what containers state are only their limits"
        )


@rule("FG102", on=REGISTER, source=FARGATE_PRICING)
def memory_is_sold_with_this_cpu(task: TaskDefinition) -> Iterator[Refusal]:
    """Fargate sells memory in steps that depend on the CPU; any other pair is refused."""
    if not task.on_fargate or task.cpu is None or task.memory is None:
        return
    table = sizes.WINDOWS.value if task.windows else sizes.LINUX.value
    if task.memory not in table.get(task.cpu, ()):
        yield Refusal(
            at="memory" if task.cpu in table else "cpu",
            aws=words.NO_CONFIGURATION.format(cpu=task.cpu, memory=task.memory),
            because=_not_sold(task.cpu, task.memory, table, "Windows" if task.windows else "Linux"),
        )


def _not_sold(cpu: int, memory: int, table: Mapping[int, tuple[int, ...]], system: str) -> str:
    if cpu in table:
        return f"cpu {cpu} is sold with {spoken_mib(table[cpu])} MiB, not {memory}"
    return f"cpu {cpu} is not sold to {system} tasks; {', '.join(str(units) for units in table)} are"
