"""Work that takes its time: how much of it is done, what a checkpoint keeps, and what an interruption loses.

A container whose image has `work_seconds` does that much work and ends. With `checkpoint_path` it writes how far it is
into that file, every `checkpoint_seconds`, and, where `checkpoint_on_stop` is set, once more when SIGTERM comes; it
begins where the file says. A file on the task's own ephemeral storage is gone with the task, and the work with it.
Nothing happens between the beginning and the end of a run: what was written when is arithmetic.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcloud.sim import files
from simcloud.sim.image import Image
from simcloud.sim.task import Container, Task

if TYPE_CHECKING:
    from simcloud.sim.world import World


@dataclass
class Run:
    """One run of a process that works. Seconds of work; times are epoch seconds."""

    task: str
    container: str
    service: str
    """ARN; '' for a standalone task."""
    total: float
    start: float
    """When it began."""
    resumed: float
    """So much was done when it began: what the checkpoint said."""
    ended: float | None = None
    stopped_working: float | None = None
    """SIGTERM made it stop and write; None where it worked to its end."""
    kept: float | None = None
    """So much is done for whoever goes on, once it has ended."""
    why: str = ""
    """What ended it."""

    def done(self, now: float) -> float:
        """Seconds of the whole work that are done in this process' memory."""
        until = min(each for each in (now, self.ended, self.stopped_working) if each is not None)
        return min(self.total, self.resumed + until - self.start)

    @property
    def lost(self) -> float:
        """Seconds of work that have to be done again."""
        return 0.0 if self.kept is None or self.ended is None else max(0.0, self.done(self.ended) - self.kept)


def begin(world: World, task: Task, container: Container, image: Image) -> float:
    """The process begins where the checkpoint says. Seconds until its work is done."""
    assert image.work_seconds is not None
    resumed = min(_read(world, task, container, image), image.work_seconds)
    run = Run(task.arn, container.name, task.service, image.work_seconds, world.now, resumed)
    world.runs.append(run)
    left = image.work_seconds - resumed
    if resumed:
        world.tell(task, f"container {container.name} goes on from its checkpoint: {resumed:g} s of work are done")
    else:
        world.tell(task, f"container {container.name} begins {left:g} s of work")
    return left


def hear_sigterm(world: World, task: Task, container: Container) -> None:
    """A process that handles the signal works no further, and writes what it has."""
    run, image = _run(world, task, container), container.behaviour
    if run is not None and image is not None and image.checkpoint_on_stop and image.stop_seconds is not None:
        run.stopped_working = world.now


def interrupt(world: World, task: Task, container: Container, why: str) -> None:
    """The process has ended, whatever it was: what it did is kept as far as its checkpoints go."""
    run, image = _run(world, task, container), container.behaviour
    if run is None or image is None:
        return
    run.ended, run.why = world.now, why
    done = run.done(world.now)
    if done >= run.total:
        run.kept = run.total
        _write(world, task, container, image, run.total)
        world.tell(task, f"container {container.name} has done its {run.total:g} s of work")
        return
    written = _checkpoint(image, run, done, world.now)
    if image.checkpoint_path and written > run.resumed:
        _write(world, task, container, image, written)
    run.kept = written if _outlives(task, container, image) else 0.0
    kept = f"{run.kept:g} s are kept in {image.checkpoint_path}" if run.kept else "none of it is kept"
    told = f"container {container.name} was interrupted with {done:g} of {run.total:g} s of work done: {kept}"
    world.tell(task, f"{told}, {run.lost:g} s are lost", why)


def _checkpoint(image: Image, run: Run, done: float, now: float) -> float:
    """So much work the last checkpoint holds. The one on SIGTERM is only there if there was time to write it."""
    if not image.checkpoint_path:
        return 0.0
    if run.stopped_working is not None and now - run.stopped_working >= (image.stop_seconds or 0.0):
        return done
    if not image.checkpoint_seconds:
        return run.resumed
    return run.resumed + math.floor((done - run.resumed) / image.checkpoint_seconds) * image.checkpoint_seconds


def _outlives(task: Task, container: Container, image: Image) -> bool:
    """Is the checkpoint there for another process? On the task's own storage, only for one in the same task."""
    if not image.checkpoint_path:
        return False
    plan = task.definition.container(container.name)
    store, _, writable = files.place(task, plan, image.checkpoint_path)
    its_own = store.startswith(f"{task.id}/")
    return writable and (not its_own or (task.wanted and plan.restart is not None))


def _read(world: World, task: Task, container: Container, image: Image) -> float:
    if not image.checkpoint_path:
        return 0.0
    store, inside, _ = files.place(task, task.definition.container(container.name), image.checkpoint_path)
    try:
        return max(0.0, float(world.files.get(store, {}).get(inside, "0")))
    except ValueError:
        return 0.0  # the file holds something else: the process begins anew


def _write(world: World, task: Task, container: Container, image: Image, done: float) -> None:
    if not image.checkpoint_path:
        return
    store, inside, writable = files.place(task, task.definition.container(container.name), image.checkpoint_path)
    if writable:
        world.files.setdefault(store, {})[inside] = f"{done:g}"


def _run(world: World, task: Task, container: Container) -> Run | None:
    """The run that goes on in a container."""
    if container.behaviour is None or container.behaviour.work_seconds is None:
        return None
    return next(
        (
            run
            for run in reversed(world.runs)
            if run.task == task.arn and run.container == container.name and run.ended is None
        ),
        None,
    )
