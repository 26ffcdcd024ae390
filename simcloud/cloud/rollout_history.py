"""Who served how much of a service's requests over time, by revision, and what its deployments did: as values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simcloud.cloud.live import Live
from simcloud.cloud.served import Served, measured
from simcloud.sim.load import samples
from simcloud.sim.load.state import Sample
from simcloud.sim.service import Service

if TYPE_CHECKING:
    from simcloud.sim.story import StoryLine
    from simcloud.sim.world import World

WHOLE = 100.0


@dataclass(frozen=True)
class Part:
    """One revision at one moment."""

    revision: str
    share: float
    """Percent of the requests."""
    running: int


@dataclass(frozen=True)
class Level:
    """From this moment on."""

    at: float
    """Epoch seconds."""
    parts: tuple[Part, ...]
    """Of each revision with tasks that run, in the order of the revisions."""
    lost: float
    """Percent of the requests that go where nothing serves."""


@dataclass(frozen=True)
class Mark:
    """Something that happened on the way: `kind` is begin, stage, shift, bake, pause, alarm, failed, back or done."""

    at: float
    kind: str
    words: str
    """In full, as the story tells it."""
    brief: str
    """In a word or two."""


@dataclass(frozen=True)
class RolloutHistory:
    """A service between two moments (epoch seconds)."""

    service: str
    since: float
    until: float
    revisions: tuple[str, ...]
    """family:revision of each that ran, oldest first; where one was deployed again, with how many times."""
    levels: tuple[Level, ...]
    marks: tuple[Mark, ...]
    outcome: str
    """Status of the newest deployment: SUCCESSFUL, ROLLBACK_SUCCESSFUL, ...; of CodeDeploy's: Succeeded, Stopped, or
    `rolled back`."""
    served: Served


KINDS: tuple[tuple[str, str, str], ...] = (
    ("begin", r"deployment \S+ of \S+ begins", "begins"),
    ("begin", r"created in \S+ with (?:CodeDeployDefault\.)?(?P<brief>.+)", ""),
    ("stage", r"its deployment is at the stage (?P<brief>\S+)", ""),
    ("stage", r"(?P<brief>Install): makes .*", ""),
    ("stage", r"(?P<brief>waits \S+ min) before it terminates the original task set", ""),
    ("shift", r"(?P<brief>\S+ %) of its production traffic goes to the new revision", ""),
    ("shift", r"the replacement task set has (?P<brief>\S+ %) of production traffic", ""),
    ("bake", r"its deployment (?P<brief>bakes for \S+ s)", ""),
    ("pause", r"its deployment is (?P<brief>paused) at .*", ""),
    ("failed", r"deployment \S+ failed", "failed"),
    ("failed", r"(?P<brief>Failed|Stopped)(:.*| on request)", ""),
    ("back", r"all of its production traffic goes back to the revision before", "traffic back"),
    ("back", r"rolls back to deployment \S+", "rolls back"),
    ("back", r"rolled back by \S+", "rolls back"),
    ("done", r"has reached a steady state with .*", "steady"),
    ("done", r"(?P<brief>Succeeded)", ""),
    ("alarm", r"(?P<brief>ALARM), was .*", ""),
    ("alarm", r"(?P<brief>OK), was ALARM", ""),
)
"""Lines of the story that the history is made of: kind, what is told, and the brief words where the line has none."""
_KINDS = tuple((kind, re.compile(told), brief) for kind, told, brief in KINDS)


def history(live: Live, service: str, cluster: str = "default", *, minutes: float | None = None) -> RolloutHistory:
    """Of a service: in the last so many minutes, or since it was made. Raises LookupError where there is none."""
    from simcloud.cloud.capacity import service_arn

    return of(live.world, service_arn(live, service, cluster), minutes)


def of(world: World, service: str, minutes: float | None = None) -> RolloutHistory:
    """Of the service with this ARN."""
    held = world.services[service]
    since = held.created_at if minutes is None else max(held.created_at, world.now - 60 * minutes)
    found = [each for _, _, each in samples.over(world, service, since, world.now) if each is not None]
    names = _names(world, held, found)
    levels = [_level(max(each.at, since), each, names) for each in found]
    return RolloutHistory(
        held.name,
        since,
        world.now,
        tuple(names.values()),
        tuple(levels),
        tuple(_marks(world, held, since)),
        _outcome(world, held),
        measured(world, service, minutes),
    )


def _names(world: World, service: Service, found: list[Sample]) -> dict[str, str]:
    """What each revision that ran is called, by the id of its deployment or task set, oldest first."""
    ran = {kind.release for sample in found for kind in sample.kinds}
    releases = {each.id: each for each in (*service.revisions.values(), *service.releases)}
    names: dict[str, str] = {}
    for identity, release in sorted(releases.items(), key=lambda pair: pair[1].created_at):
        if identity in ran:
            short = release.definition.rsplit("/", 1)[-1]
            again = sum(name.partition(" ")[0] == short for name in names.values())
            names[identity] = f"{short} ({again + 1})" if again else short
    return names


def _level(at: float, sample: Sample, names: dict[str, str]) -> Level:
    parts = []
    for identity, name in names.items():
        kinds = [kind for kind in sample.kinds if kind.release == identity]
        share = sum(kind.share * kind.serving / kind.among for kind in kinds if kind.serving)
        if running := sum(kind.running for kind in kinds):
            parts.append(Part(name, round(WHOLE * share, 2), running))
    return Level(at, tuple(parts), round(WHOLE * sample.lost, 2))


def _marks(world: World, service: Service, since: float) -> Iterator[Mark]:
    """What the story tells of the service's deployments and of the alarms that watch them."""
    alarms = {name for each in service.history for name in each.alarms or ()}
    alarms |= {
        name for each in world.codedeploy.deployments.values() if each.service == service.arn for name in each.alarms
    }
    for line in world.story:
        if line.at >= since and (service.arn in line.about or alarms & set(line.about)):
            yield from _mark(line)


def _mark(line: StoryLine) -> Iterator[Mark]:
    for kind, told, brief in _KINDS:
        if (found := told.fullmatch(line.what)) is not None:
            words = f"{line.who}: {line.what}" + (f" ({line.why})" if line.why else "")
            yield Mark(line.at, kind, words, brief or found["brief"])
            return


def _outcome(world: World, service: Service) -> str:
    deployments = [each for each in world.codedeploy.deployments.values() if each.service == service.arn]
    if deployments:
        return deployments[-1].status if not deployments[-1].rolls_back else "rolled back"
    return service.history[-1].status if service.history else ""
