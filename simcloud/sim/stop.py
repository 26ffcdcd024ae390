"""The end of a task: asked for, forced by an essential container, or come before the start was done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from simcloud.facts import timings, words
from simcloud.facts.words import stop_codes as stop_words
from simcloud.facts.words.capacity import SPOT_INTERRUPTION
from simcloud.sim import events as e
from simcloud.sim import work
from simcloud.sim.after import after
from simcloud.sim.balancing import deregister
from simcloud.sim.dependencies import dependents
from simcloud.sim.effects import After, DeleteInterface, Effect
from simcloud.sim.files import forget as forget_files
from simcloud.sim.memory import KILLED
from simcloud.sim.task import DEACTIVATING, DEPROVISIONING, RUNNING, STOPPED, STOPPING, Container, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


@after(e.StartFailed)
def fail_to_start(world: World, event: e.StartFailed) -> Iterator[Effect]:
    """The task never ran."""
    task = world.tasks[event.task]
    task.move("StartFailed", world.story)
    if event.container:
        task.containers[event.container].reason = event.reason
    end(world, task, str(stop_words.FAILED_TO_START), event.reason, event.why)
    yield from let_go(world, task)


@after(e.EssentialContainerExited)
def end_with_container(world: World, event: e.EssentialContainerExited) -> Iterator[Effect]:
    """A task lives no longer than its essential containers."""
    task = world.tasks[event.task]
    task.move("EssentialContainerExited", world.story)
    end(world, task, str(stop_words.ESSENTIAL_EXITED_CODE), str(words.ESSENTIAL_EXITED), task.why)
    yield from deregister(task)


@after(e.StopAsked)
def stop(world: World, event: e.StopAsked) -> Iterator[Effect]:
    """Stop the task. A task that is ending already is left alone."""
    task = world.tasks.get(event.task)
    if task is None or not task.wanted:
        return
    task.move("StopAsked", world.story)
    end(world, task, event.code, event.reason, event.why)
    if task.status == DEPROVISIONING:
        yield from let_go(world, task)
    else:
        yield from deregister(task)


@after(e.Drained)
def send_sigterm(world: World, event: e.Drained) -> Iterator[Effect]:
    """STOPPING: SIGTERM to every container; what still runs after its stopTimeout is killed."""
    task = world.tasks[event.task]
    task.move("Drained", world.story)
    if task.terminated:
        world.tell(task, "STOPPING: its target groups send nothing any more")
    else:
        yield from terminate(world, task, "STOPPING: ")
    if not _running(task):
        yield After(0.0, e.ContainersStopped(task.arn), task.turn)


def terminate(world: World, task: Task, head: str = "") -> Iterator[Effect]:
    """SIGTERM to every container that runs, but for those on which one that runs depends: the order of a start is
    reversed when the task stops (R-051)."""
    task.terminated, left = True, _running(task)
    free = [each for each in left if not dependents(task, each)]
    told = f"SIGTERM to {', '.join(each.name for each in free)}" if left else "no container runs any more"
    kept = f"they depend on {', '.join(each.name for each in left if each not in free)}" if free != left else ""
    world.tell(task, f"{head}{told}", kept)
    for container in free:
        yield _sigterm(world, task, container)


def _running(task: Task) -> list[Container]:
    return [each for each in task.containers.values() if each.status == RUNNING]


def _sigterm(world: World, task: Task, container: Container) -> After:
    work.hear_sigterm(world, task, container)
    behaviour = container.behaviour
    takes, timeout = behaviour.stop_seconds if behaviour else None, _patience(world, task, container)
    if takes is None or takes > timeout:
        why = f"it still ran {timeout:g} s after SIGTERM and was killed"
        return After(timeout, e.ContainerExited(task.arn, container.name, KILLED, "", why, container.runs))
    code = behaviour.stop_code if behaviour else 0
    return After(takes, e.ContainerExited(task.arn, container.name, code, "", "it ended on SIGTERM", container.runs))


def _patience(world: World, task: Task, container: Container) -> float:
    """Seconds from SIGTERM to SIGKILL: the stopTimeout, and what is left of the notice where Spot takes the task."""
    timeout = task.definition.container(container.name).stop_timeout
    if task.stop_code != SPOT_INTERRUPTION or task.stopping_at is None:
        return timeout
    return min(timeout, max(0.0, task.stopping_at + float(timings.SPOT_WARNING_SECONDS.value) - world.now))


@after(e.ContainerExited)
def stop_what_it_needed(world: World, event: e.ContainerExited) -> Iterator[Effect]:
    """A container of a stopping task has ended: SIGTERM to those that only waited for that."""
    task = world.tasks[event.task]
    ended = task.containers[event.container]
    if not task.terminated or ended.status == RUNNING:
        return
    needed = {name for name, _ in task.definition.container(ended.name).depends_on}
    free = [each for each in _running(task) if each.name in needed and not dependents(task, each)]
    if free:
        world.tell(task, f"SIGTERM to {', '.join(each.name for each in free)}", f"{ended.name} depended on it")
    for container in free:
        yield _sigterm(world, task, container)


@after(e.ContainerExited)
def notice_last_exit(world: World, event: e.ContainerExited) -> Iterator[Effect]:
    """When the last container of a stopping task has ended, the task has; it waits for no target group then."""
    task = world.tasks[event.task]
    if _running(task):
        return
    if task.status == STOPPING:
        yield After(0.0, e.ContainersStopped(task.arn), task.turn)
    elif task.status == DEACTIVATING and task.terminated:
        world.tell(task, "its containers have ended before its target groups had drained", "open requests are cut off")
        yield After(0.0, e.Drained(task.arn), task.turn)


@after(e.ContainersStopped)
def deprovision(world: World, event: e.ContainersStopped) -> Iterator[Effect]:
    """Nothing runs: the network interface can go."""
    task = world.tasks[event.task]
    task.move("ContainersStopped", world.story)
    yield from let_go(world, task)


@after(e.InterfaceDeleteDue)
def delete_interface(world: World, event: e.InterfaceDeleteDue) -> Iterator[Effect]:
    """Detach and delete."""
    task = world.tasks[event.task]
    if task.interface.id:
        yield DeleteInterface(task.arn, task.interface.id)
    else:
        yield After(0.0, e.InterfaceDeleted(task.arn), task.turn)


@after(e.InterfaceDeleted)
def finish(world: World, event: e.InterfaceDeleted) -> Iterator[Effect]:
    """STOPPED; shown for an hour."""
    task = world.tasks[event.task]
    task.move("InterfaceDeleted", world.story)
    task.interface.status = "DELETED"
    task.stopped_at = world.now
    for container in task.containers.values():
        container.status = STOPPED
    forget_files(world, task)
    world.tell(task, "STOPPED")
    yield After(float(timings.STOPPED_TASK_VISIBLE_SECONDS.value), e.TaskForgotten(task.arn), task.turn)


@after(e.TaskForgotten)
def forget(world: World, event: e.TaskForgotten) -> Iterator[Effect]:
    """DescribeTasks no longer finds it."""
    world.roster.forget(world.tasks.pop(event.task))
    world.tags.pop(event.task, None)
    yield from ()


def end(world: World, task: Task, code: str, reason: str, why: str) -> None:
    """From now on it is to be STOPPED, for this stop code and reason of AWS's; `why` is our own sentence."""
    task.desired = STOPPED
    task.version += 1
    world.roster.leave(task)
    task.stop_code, task.stopped_reason, task.why = code, reason, why
    task.stopping_at = world.now
    world.tell(task, f"is to stop: {code}: {reason}", why)


def let_go(world: World, task: Task) -> Iterator[Effect]:
    """DEPROVISIONING: the network interface goes."""
    task.execution_stopped_at = world.now
    for container in task.containers.values():
        if container.status == RUNNING:
            container.exit_code = KILLED
        container.status = STOPPED
        container.exec_agent = container.exec_agent and STOPPED
    coming = _interface_comes_in(world, task)
    if coming is None:
        world.tell(task, "DEPROVISIONING: its network interface is taken away")
        wait = timings.DEPROVISION_SECONDS.value if task.interface.id else 0.0
    else:
        world.tell(task, "DEPROVISIONING: its network interface is made to its end and taken away again")
        wait = coming + timings.DEPROVISION_SECONDS.value
    yield After(wait, e.InterfaceDeleteDue(task.arn), task.turn)


def _interface_comes_in(world: World, task: Task) -> float | None:
    """Seconds until a network interface that is being made would be there; None where none is: EC2 is not called back
    from the work (R-103, R-107)."""
    if task.interface.id or task.stop_code == stop_words.FAILED_TO_START:
        return None
    return max(0.0, task.created_at + timings.ENI_SECONDS.value - world.now)
