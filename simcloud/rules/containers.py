"""Laws on the list of containers, and on what each takes of the task's CPU and memory."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import quotas, words
from simcloud.facts.sources import API_MODEL, FIELD_REPORT, PREFLIGHT, TASK_PARAMETERS
from simcloud.rules import reading
from simcloud.rules.engine import rule
from simcloud.rules.marks import LIMITS, SHARES, WITHOUT_MEMORY
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"


@rule("FG150", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-container-definitions-empty)", status="observed")
def a_task_has_a_container(task: TaskDefinition) -> Iterator[Refusal]:
    """A task definition has at least one container."""
    if not task.containers:
        yield Refusal("containerDefinitions", words.NO_CONTAINERS, "the list of containers is empty")


@rule("FG151", on=REGISTER, source=FIELD_REPORT, status="observed")
def a_task_has_at_most_ten_containers(task: TaskDefinition) -> Iterator[Refusal]:
    """A task definition has at most ten containers."""
    if len(task.containers) > quotas.CONTAINERS.value:
        yield Refusal(
            "containerDefinitions",
            words.TOO_MANY_CONTAINERS,
            f"{len(task.containers)} containers; the most is {quotas.CONTAINERS.value}",
        )


@rule("FG152", on=REGISTER, source=f"{PREFLIGHT} (pf-ecs-duplicate-container-names)", status="observed")
def container_names_are_unique(task: TaskDefinition) -> Iterator[Refusal]:
    """No two containers of a task have the same name."""
    for name, times in reading.repeated([container.name for container in task.containers]):
        if name:
            yield Refusal("containerDefinitions", words.NAMES_NOT_UNIQUE, f"{times} containers are called '{name}'")


@rule("FG153", on=REGISTER, of="essential", source=f"{PREFLIGHT} (pf-ecs-essential-container)", status="observed")
def a_container_is_essential(task: TaskDefinition) -> Iterator[Refusal]:
    """At least one container of a task is essential; a container that does not say is."""
    if task.containers and not any(container.essential for container in task.containers):
        yield Refusal(
            "containerDefinitions",
            words.NO_ESSENTIAL,
            "every container says essential: false, so nothing would end the task",
        )


@rule("FG381", on=REGISTER, of=SHARES, source=API_MODEL, status="assumed")
def a_share_of_the_cpu_is_not_negative(task: TaskDefinition) -> Iterator[Refusal]:
    """A container's cpu is 0 or more CPU units."""
    for container in task.containers:
        if container.cpu < 0:
            yield Refusal(
                f"{container.at}.cpu",
                words.CONTAINER_CPU.format(name=container.name),
                f"{container.called} asks for {container.cpu} CPU units",
            )


@rule(
    "FG154", on=REGISTER, of=SHARES, source=f"{PREFLIGHT} (pf-ecs-fargate-container-cpu-over-task)", status="observed"
)
def containers_share_the_cpu_of_the_task(task: TaskDefinition) -> Iterator[Refusal]:
    """The containers' CPU units together are at most those of the task."""
    total = sum([container.cpu for container in task.containers])
    if task.cpu is not None and total > task.cpu:
        yield Refusal("cpu", words.CPU_SUM, f"the containers ask for {total} CPU units, the task has {task.cpu}")


@rule("FG155", on=REGISTER, of=LIMITS, source=f"{PREFLIGHT} (pf-ecs-container-memory-over-task)", status="observed")
def no_container_is_larger_than_the_task(task: TaskDefinition) -> Iterator[Refusal]:
    """A container's hard memory limit is at most the memory of the task."""
    for container in task.containers:
        if task.memory is not None and container.memory is not None and container.memory > task.memory:
            yield Refusal(
                f"{container.at}.memory",
                words.CONTAINER_MEMORY_OVER_TASK.format(name=container.name),
                f"{container.called} has {container.memory} MiB, the task {task.memory}",
            )


@rule("FG156", on=REGISTER, of=LIMITS, source=API_MODEL, status="assumed")
def containers_share_the_memory_of_the_task(task: TaskDefinition) -> Iterator[Refusal]:
    """What the containers reserve (the soft limit, or else the hard one) together is at most the task's memory."""
    if task.memory is None:
        return
    total = sum([container.reserved for container in task.containers])
    if total > task.memory and not any((container.memory or 0) > task.memory for container in task.containers):
        yield Refusal("memory", words.MEMORY_SUM, f"the containers reserve {total} MiB, the task has {task.memory}")


@rule(
    "FG157", on=REGISTER, of=WITHOUT_MEMORY, source=f"{PREFLIGHT} (pf-ecs-container-memory-required)", status="observed"
)
def memory_is_said_somewhere(task: TaskDefinition) -> Iterator[Refusal]:
    """Where the task states no memory, every container states a hard or a soft limit."""
    if "memory" in task.raw:
        return
    for container in task.containers:
        if container.memory is None and container.reservation is None:
            yield Refusal(
                container.at,
                words.CONTAINER_MEMORY_MISSING.format(name=container.name),
                f"neither the task nor {container.called} says how much memory there is",
            )


@rule(
    "FG158",
    on=REGISTER,
    of="memoryReservation",
    source=f"{PREFLIGHT} (pf-ecs-container-memory-reservation)",
    status="observed",
)
def a_soft_limit_is_below_the_hard_one(task: TaskDefinition) -> Iterator[Refusal]:
    """A container's memoryReservation is at most its memory."""
    for container in task.containers:
        if container.memory is None or container.reservation is None:
            continue
        if container.reservation > container.memory:
            yield Refusal(
                f"{container.at}.memoryReservation",
                words.RESERVATION_OVER_MEMORY.format(name=container.name),
                f"{container.called} reserves {container.reservation} MiB and is stopped at {container.memory}",
            )


@rule("FG159", on=REGISTER, of=LIMITS, source=TASK_PARAMETERS, status="assumed")
def a_container_has_six_mebibytes(task: TaskDefinition) -> Iterator[Refusal]:
    """A container's memory limits are at least 6 MiB, which its run-time needs for itself."""
    least = quotas.CONTAINER_MEMORY_LEAST.value
    for container in task.containers:
        for key, amount in (("memory", container.memory), ("memoryReservation", container.reservation)):
            if amount is not None and amount < least:
                yield Refusal(
                    f"{container.at}.{key}",
                    words.MEMORY_TOO_SMALL.format(name=container.name),
                    f"{container.called} has {key} {amount}; the least is {least} MiB",
                )
