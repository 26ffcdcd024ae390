"""What Fargate can give to the account: vCPU quotas, droughts, zones that are lost. Unlimited unless somebody says so.

Whoever launches asks `room`: RunTask answers with its reason (R-076), the scheduler of a service says it in an event
and tries again later (R-077, R-194).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from simcloud.sim.after import after
from simcloud.sim.effects import After, Effect
from simcloud.sim.events import Event

if TYPE_CHECKING:
    from simcloud.sim.task import Task
    from simcloud.sim.world import World

ON_DEMAND, SPOT = "FARGATE", "FARGATE_SPOT"
UNITS_PER_VCPU = 1024


@dataclass(frozen=True)
class Supply:
    """What Fargate can give to the account at the moment."""

    vcpu: dict[str, float] = field(default_factory=dict)
    """vCPU that may run at once, by capacity provider (FARGATE stands for all on-demand tasks); absent: no limit."""
    short: frozenset[str] = frozenset()
    """Where there is no capacity: names of capacity providers, of Availability Zones, or both joined: SPOT zones are
    `FARGATE_SPOT/us-east-1a`."""
    lost: frozenset[str] = frozenset()
    """Availability Zones that are gone."""

    def lacks(self, provider: str, zone: str) -> bool:
        """Is there no capacity of this kind in this zone?"""
        return zone in self.lost or bool(self.short & {provider, zone, f"{provider}/{zone}"})

    @property
    def limited(self) -> bool:
        """Can anything be refused at all?"""
        return bool(self.vcpu or self.short or self.lost)


@dataclass(frozen=True)
class Refusal:
    """Why there is no room for a task."""

    kind: str
    """capacity, quota or blocked."""
    why: str
    """Our own words."""


@dataclass
class Shortage:
    """A capacity provider that had no room for tasks of a release."""

    tries: int = 0
    until: float = 0.0
    """Not before this moment does the scheduler try again."""


class SupplyChanged(Event, frozen=True):
    """What Fargate can give has changed. What is None stays as it is."""

    vcpu: dict[str, float] | None = None
    short: frozenset[str] | None = None


class DroughtBegun(Event, frozen=True):
    """There is no capacity of a kind: `FARGATE_SPOT`, `us-east-1a` or `FARGATE_SPOT/us-east-1a`."""

    what: str
    seconds: float | None = None
    """None: until somebody ends it."""


class DroughtEnded(Event, frozen=True):
    what: str


@after(SupplyChanged)
def change_supply(world: World, event: SupplyChanged) -> Iterator[Effect]:
    """Tasks that run keep running; the next launch sees it."""
    if event.vcpu is not None:
        world.supply = replace(world.supply, vcpu=dict(event.vcpu))
    if event.short is not None:
        world.supply = replace(world.supply, short=event.short)
    limits = [f"{most:g} vCPU of {name}" for name, most in world.supply.vcpu.items()]
    short = f"no capacity of {', '.join(sorted(world.supply.short))}" if world.supply.short else ""
    told = "; ".join(part for part in ("at most " + ", ".join(limits) if limits else "", short) if part)
    _tell(world, f"Fargate gives {told or 'all that is asked for'}")
    yield from ()


@after(DroughtBegun)
def begin_drought(world: World, event: DroughtBegun) -> Iterator[Effect]:
    """Tasks that run keep running; new ones find no place."""
    world.supply = replace(world.supply, short=world.supply.short | {event.what})
    ends = "" if event.seconds is None else f" for {event.seconds:g} s"
    _tell(world, f"there is no capacity of {spoken(event.what)}{ends}")
    if event.seconds is not None:
        yield After(event.seconds, DroughtEnded(event.what))


@after(DroughtEnded)
def end_drought(world: World, event: DroughtEnded) -> Iterator[Effect]:
    """Services find it out at their next try; nobody tells them."""
    if event.what in world.supply.short:
        world.supply = replace(world.supply, short=world.supply.short - {event.what})
        _tell(world, f"there is capacity of {spoken(event.what)} again")
    yield from ()


def spoken(what: str) -> str:
    """`FARGATE_SPOT in us-east-1a`."""
    provider, _, zone = what.rpartition("/")
    return f"{provider} in {zone}" if provider else zone if "_" in zone or zone.isupper() else f"any kind in {zone}"


def kind_of(provider: str) -> str:
    """Whose capacity a task takes: a launch type FARGATE takes on-demand capacity."""
    return SPOT if provider == SPOT else ON_DEMAND


def room(
    world: World,
    provider: str,
    vcpu: float,
    subnets: Sequence[str],
    beside: Iterable[Task] = (),
    zones: Mapping[str, str] | None = None,
) -> tuple[list[str], Refusal | None]:
    """The subnets in which Fargate has room for one more task of this size, or why there is none.

    `beside`: tasks of the same launch that the world does not hold yet. `zones`: by subnet, where the world does not
    know them.
    """
    supply, kind = world.supply, kind_of(provider)
    if not supply.limited:
        return list(subnets), None
    limit = supply.vcpu.get(kind)
    if limit is not None and (refusal := _over(world, kind, vcpu, limit, beside)):
        return [], refusal
    known = world.zones if zones is None else zones
    found = [each for each in subnets if not supply.lacks(kind, known.get(each, ""))]
    if found:
        return found, None
    where = ", ".join(sorted({known.get(each, "") for each in subnets}))
    return [], Refusal("capacity", f"there is no capacity of {kind} in {where}")


def _over(world: World, kind: str, vcpu: float, limit: float, beside: Iterable[Task]) -> Refusal | None:
    if limit <= 0:
        return Refusal("blocked", f"the account's quota of {kind} is 0 vCPU")
    held = vcpu_in_use(world, kind) + sum(_vcpu(task) for task in beside if kind_of(task.provider) == kind)
    if held + vcpu <= limit:
        return None
    return Refusal("quota", f"{held:g} of {limit:g} vCPU of {kind} are in use, and the task needs {vcpu:g}")


def vcpu_in_use(world: World, kind: str) -> float:
    """vCPU of the tasks and pods that hold Fargate capacity of this kind, starting ones included (R-094)."""
    held = sum(
        _vcpu(task) for task in world.tasks.values() if task.stopped_at is None and kind_of(task.provider) == kind
    )
    if kind == ON_DEMAND and world.eks is not None:
        pods = (pod for kube in world.eks.kubernetes.values() for pod in kube.nodes())
        held += sum(pod.size.cpu / UNITS_PER_VCPU for pod in pods)
    return held


def _vcpu(task: Task) -> float:
    return task.definition.cpu / UNITS_PER_VCPU


def _tell(world: World, what: str) -> None:
    world.story.tell(world.now, "account", what, "", ("supply",))
