"""Laws on ephemeral storage."""

from __future__ import annotations

from collections.abc import Iterator

from simcloud.facts import sizes, words
from simcloud.facts.sources import PREFLIGHT
from simcloud.rules.engine import rule
from simcloud.rules.refusal import Refusal
from simcloud.rules.task_definition import TaskDefinition

REGISTER = "RegisterTaskDefinition"


def storage_words(gib: int) -> str | None:
    """What AWS says to this size of ephemeral storage; None where it is sold."""
    least, most = sizes.STORAGE_LEAST_GIB.value, sizes.STORAGE_MOST_GIB.value
    if gib < least:
        return words.STORAGE_LEAST.format(least=least)
    return words.STORAGE_MOST.format(most=most) if gib > most else None


@rule(
    "FG190",
    on=REGISTER,
    of="ephemeralStorage",
    source=f"{PREFLIGHT} (pf-ecs-ephemeral-storage-range)",
    status="observed",
)
def storage_is_sold_from_21_to_200(task: TaskDefinition) -> Iterator[Refusal]:
    """Ephemeral storage is asked for from 21 to 200 GiB; the 20 GiB that every task has are not asked for."""
    if task.storage_gib is not None and (text := storage_words(task.storage_gib)):
        yield Refusal("ephemeralStorage.sizeInGiB", text, f"{task.storage_gib} GiB are asked for")


@rule(
    "FG191",
    on=REGISTER,
    of="ephemeralStorage",
    source=f"{PREFLIGHT} (pf-ecs-fargate-ephemeral-storage-ec2)",
    status="observed",
)
def ephemeral_storage_is_of_fargate(task: TaskDefinition) -> Iterator[Refusal]:
    """A definition for EC2 alone has no ephemeralStorage: its containers use the disk of the instance."""
    if task.storage_gib is not None and task.requires == {"EC2"}:
        yield Refusal("ephemeralStorage", words.STORAGE_EC2, "requiresCompatibilities is EC2 alone")
