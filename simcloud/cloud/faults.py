"""The commanded faults as events: each function reads the live world, and says what is to happen."""

from __future__ import annotations

from simcloud.cloud.live import Live
from simcloud.sim.events import ContainerExited, Event
from simcloud.sim.faults import HostBroken, HostMended, PullsSlowed
from simcloud.sim.retirement import RetirementAnnounced
from simcloud.sim.task import RUNNING, Task


def kill_task(live: Live, *, task: str, container: str, exit_code: int) -> list[Event]:
    """A container of the task that runs ends with this code."""
    if not 0 <= int(exit_code) <= 255:
        raise ValueError(f"an exit code is a number from 0 to 255, not {exit_code}")
    found = _task(live, task)
    running = [each for each in found.containers.values() if each.status == RUNNING]
    wanted = [each for each in running if each.name == container or (not container and each.essential)]
    if not wanted:
        what = f"container {container}" if container else "essential container"
        raise LookupError(f"no {what} of task {found.id} runs; the task is {found.status}")
    return [ContainerExited(found.arn, wanted[0].name, int(exit_code), "", "somebody killed its process")]


def slow_pulls(live: Live, *, factor: float, image: str) -> list[Event]:
    """Pulls take so many times as long."""
    if not 0 < float(factor) < float("inf"):
        raise ValueError(f"a pull takes a number above 0 times as long, not {factor}")
    return [PullsSlowed(str(image), float(factor))]


def break_host(live: Live, *, host: str) -> list[Event]:
    """Nothing reaches the host."""
    if not host:
        raise ValueError("name the host that is to break, or `internet`")
    return [HostBroken(str(host))]


def mend_host(live: Live, *, host: str) -> list[Event]:
    """The host can be reached again."""
    if host not in live.world.faults.hosts:
        broken = ", ".join(live.world.faults.hosts) or "none is"
        raise LookupError(f"{host} is not broken ({broken})")
    return [HostMended(str(host))]


def retire(live: Live, *, task: str) -> list[Event]:
    """AWS retires the infrastructure under the task."""
    found = _task(live, task)
    if not found.wanted:
        raise LookupError(f"task {found.id} is {found.status}: AWS retires what is meant to run")
    return [RetirementAnnounced(found.arn)]


def _task(live: Live, named: str) -> Task:
    wanted = named.rsplit("/", 1)[-1]
    for each in live.world.tasks.values():
        if each.id == wanted:
            return each
    raise LookupError(f"there is no task {named}; stopped tasks are shown for an hour")
