"""What a definition is like, where no member tells it: laws name these beside members, so as to be asked of the few
definitions that can break them."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.rules.task_definition import TaskDefinition

WITHOUT_CPU = "no cpu of the task"
WITHOUT_MEMORY = "no memory of the task"
WITHOUT_ROLE = "no execution role"
ON_INSTANCES = "not for Fargate"
OTHER_CAPACITY = "for other capacity than Fargate and EC2"
OTHER_NETWORK = "in another network mode than awsvpc"
SHARES = "containers with a share of the cpu"
LIMITS = "containers with a limit of their memory"
ROUTED = "containers that log by awsfirelens"

MARKS = frozenset(
    {
        WITHOUT_CPU,
        WITHOUT_MEMORY,
        WITHOUT_ROLE,
        ON_INSTANCES,
        OTHER_CAPACITY,
        OTHER_NETWORK,
        SHARES,
        LIMITS,
        ROUTED,
    }
)
"""All of them. A name with a space is no member."""
_USUAL = frozenset({"FARGATE", "EC2"})


def marks(task: TaskDefinition) -> Iterator[str]:
    """Those that the definition has; a mark may be given more than once."""
    if "cpu" not in task.raw:
        yield WITHOUT_CPU
    if "memory" not in task.raw:
        yield WITHOUT_MEMORY
    if not task.execution_role:
        yield WITHOUT_ROLE
    if not task.on_fargate:
        yield ON_INSTANCES
    if not task.requires <= _USUAL:
        yield OTHER_CAPACITY
    if not task.awsvpc:
        yield OTHER_NETWORK
    for container in task.containers:
        if container.cpu:
            yield SHARES
        if container.memory is not None or container.reservation is not None:
            yield LIMITS
        if container.log_driver == "awsfirelens":
            yield ROUTED
