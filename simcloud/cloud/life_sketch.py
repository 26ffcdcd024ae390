"""One task from its start to its end, in a world with nothing around it: what its image and its settings make of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simcloud.sim import events as e
from simcloud.sim.asks import Permission, Route
from simcloud.sim.bare import ADDRESS, IMAGE, Around, Bare
from simcloud.sim.image import Image
from simcloud.sim.launch import Launch, new_task
from simcloud.sim.story import StoryLine
from simcloud.sim.task import RUNNING, STOPPED, Task

NETWORK = {"subnets": ["subnet-a"], "securityGroups": ["sg-web"]}
LONGEST = 3600.0
"""Seconds that a start or a stop is waited for."""


@dataclass(frozen=True)
class Sketch:
    """What is tried. Sizes in MiB, times in seconds."""

    image_mib: int = 200
    needs_mib: int = 256
    """Memory that the process needs; the task has 512."""
    runs: int = 60
    """From RUNNING to StopTask."""
    ends_in: int = 5
    """From SIGTERM until the process has ended."""
    stop_timeout: int = 30
    has_way: bool = True
    """Is there a way to ECR?"""
    may: bool = True
    """Has the execution role its policy?"""


@dataclass(frozen=True)
class Life:
    """What became of the task."""

    id: str
    definition: str
    status: str
    stop_code: str
    stopped_reason: str
    why: str
    task_role: str
    story: tuple[StoryLine, ...]
    exit_code: int | None
    billed: float
    """Seconds from the start of the pull to the end (R-307); 0 where nothing was pulled."""


class _Surroundings(Around):
    """A way and a permission that may be missing."""

    def __init__(self, sketch: Sketch) -> None:
        super().__init__(_image(sketch))
        self._sketch = sketch

    def route(self, interface: str, host: str, port: int, call: object = None) -> Route:
        """To everywhere, or to nowhere."""
        if self._sketch.has_way:
            return super().route(interface, host, port, call)
        return Route(False, ADDRESS, "timeout", f"the subnet's route table has no route to {host}")

    def may(
        self, role: str, session: str, action: str, resource: str, context: Mapping[str, str] | None = None
    ) -> Permission:
        """Everything, or nothing."""
        if self._sketch.may:
            return super().may(role, session, action, resource, context)
        because = f"because no identity-based policy allows the {action} action"
        return Permission(False, because, f"no identity-based policy allows {action} on {resource} (there is none)")


def _image(sketch: Sketch) -> Image:
    return Image(
        IMAGE,
        "sha256:" + "0" * 64,
        size_mib=sketch.image_mib,
        memory_mib=sketch.needs_mib,
        stop_seconds=float(sketch.ends_in),
    )


def run(sketch: Sketch) -> Life:
    """Start it, let it run, stop it."""
    bare = Bare(0, stop_timeout=sketch.stop_timeout, around=_Surroundings(sketch))
    (cluster,), (stored,) = bare.world.clusters.values(), bare.world.definitions.values()
    task = new_task(bare.world, Launch(cluster, stored, NETWORK))
    bare.happen(e.TaskAsked(task))
    _wait(bare, task, RUNNING)
    bare.wait(float(sketch.runs))
    if task.status == RUNNING:
        bare.happen(e.StopAsked(task.arn, "UserInitiated", "Task stopped by user"))
    _wait(bare, task, STOPPED)
    billed = (task.stopped_at or 0.0) - task.pull_started_at if task.pull_started_at is not None else 0.0
    return Life(
        task.id,
        "web:1",
        task.status,
        task.stop_code,
        task.stopped_reason,
        task.why,
        task.definition.task_role,
        tuple(bare.world.story.about(task.id)),
        task.containers["web"].exit_code,
        billed,
    )


def _wait(bare: Bare, task: Task, status: str) -> None:
    begun = bare.world.now
    while task.status not in (status, STOPPED) and bare.world.now < begun + LONGEST:
        bare.wait(1.0)
