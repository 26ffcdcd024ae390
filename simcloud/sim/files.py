"""The files that containers write and read, as far as their images say so: in the container, in a bind mount of the
task, on an EBS volume, or on an EFS file system that outlives every task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simcloud.sim.container_plan import ContainerPlan
    from simcloud.sim.task import Task
    from simcloud.sim.world import World


@dataclass(frozen=True, slots=True)
class Store:
    """Where the files of a volume are kept."""

    key: str
    """Id of the file system or volume; for what is gone with the task, a name that begins with the task's id."""
    root: str = "/"
    writable: bool = True


def work(world: World, task: Task, container: str) -> Iterator[str]:
    """Read and write the files of a container's image, in this order, and give the lines that it logs about them."""
    image, plan = task.containers[container].behaviour, task.definition.container(container)
    if image is None:
        return
    for path in image.reads:
        store, inside, _ = place(task, plan, path)
        text = world.files.get(store, {}).get(inside)
        yield f"{path}: {text}" if text is not None else f"cat: {path}: No such file or directory"
    for path, text in image.writes:
        store, inside, writable = place(task, plan, path)
        if not writable:
            yield f"sh: can't create {path}: Read-only file system"
            continue
        world.files.setdefault(store, {})[inside] = text
        yield f"wrote {path}"


def place(task: Task, plan: ContainerPlan, path: str) -> tuple[str, str, bool]:
    """The store in which a path lies, the path inside it, and whether it can be written to."""
    mounts = [each for each in plan.mounts if path == each.path or path.startswith(each.path.rstrip("/") + "/")]
    if not mounts:
        return f"{task.id}/{plan.name}", path, not plan.read_only_root
    mount = max(mounts, key=lambda each: len(each.path))
    store = task.stores.get(mount.volume, Store(f"{task.id}/volume/{mount.volume}"))
    inside = f"{store.root.rstrip('/')}/{path[len(mount.path.rstrip('/')) :].lstrip('/')}"
    return store.key, inside, store.writable and not mount.read_only


def forget(world: World, task: Task) -> None:
    """What lay on the task's ephemeral storage is gone with it (R-190)."""
    for key in [key for key in world.files if key.startswith(f"{task.id}/")]:
        del world.files[key]
