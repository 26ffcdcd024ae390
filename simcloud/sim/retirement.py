"""Task retirement: AWS mends the host of a task and stops the task once the account's wait is over (R-113, R-334)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import words
from simcloud.facts.words import stop_codes as stop_words
from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import StopAsked, TaskEvent
from simcloud.sim.story import counted

if TYPE_CHECKING:
    from simcloud.sim.world import World

SETTING = "fargateTaskRetirementWaitPeriod"
DAY = 86_400.0


class RetirementAnnounced(TaskEvent, frozen=True):
    """AWS says that it will retire the infrastructure under the task."""


def wait_days(world: World) -> int:
    """So many days lie between the announcement and the stop: 0, 7 or 14, as the account says."""
    from simcloud.facts import account_settings  # here, so that a first answer does not wait for it

    held = world.settings.get(f"arn:aws:iam::{world.account}:root", {})
    return int(held.get(SETTING, account_settings.DEFAULTS.value[SETTING]))


@after(RetirementAnnounced)
def wait(world: World, event: RetirementAnnounced) -> Iterator[Effect]:
    """The task runs on until the wait is over. Who stops it before, by a new deployment, is spared the surprise."""
    task, days = world.tasks[event.task], wait_days(world)
    reason = str(words.MAINTENANCE)
    if task.service:
        reason = words.MAINTENANCE_OF_SERVICE.format(service=task.service.rsplit("/", 1)[-1])
    world.tell(task, f"is to be retired in {counted(days, 'day')}", f"the account's {SETTING} is {days}")
    code = str(stop_words.SCHEDULER_INITIATED)
    yield After(days * DAY, StopAsked(task.arn, code, reason, "AWS retires the infrastructure under it"))
