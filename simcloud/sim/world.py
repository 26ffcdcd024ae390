"""The world: plain data, one heap of events, and the only place that changes anything.

Events in, effects out. `handle` follows an event and says what has to be done; `run` lets time pass by handling what is
due, in the order (time, priority, ticket). No wall clock, no I/O, no moto: what the world must ask it asks through
`Asks`, what it must do elsewhere it hands to `perform`.
"""

from __future__ import annotations

import hashlib
import heapq
import uuid
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from simcloud.facts import words
from simcloud.sim import (
    account,
    balancing,
    container_health,
    dependencies,
    deployment_alarms,
    faults,
    holdings,
    log_router,
    memory,
    meter,
    protection,
    retirement,
    running,
    scheduler,
    service_launch,
    services,
    spot,
    stage_hooks,
    start,
    steadiness,
    stop,
    supply,
    task_sets,
    unhealthy,
    volumes,
)
from simcloud.sim import events as e
from simcloud.sim.after import FOLLOWERS
from simcloud.sim.asks import Asks
from simcloud.sim.cluster import Cluster
from simcloud.sim.codedeploy.holdings import CodeDeploy
from simcloud.sim.definition import read
from simcloud.sim.discovery import registering
from simcloud.sim.effects import (
    After,
    AskApp,
    AskCalls,
    AskConnections,
    AskLaunch,
    AskRouting,
    AskStep,
    AskVolumes,
    Effect,
)
from simcloud.sim.events import Event, TaskEvent
from simcloud.sim.faults import Faults, beset
from simcloud.sim.image import Image
from simcloud.sim.load import census, offering
from simcloud.sim.load.state import Loads
from simcloud.sim.meter import Meter
from simcloud.sim.roster import Roster
from simcloud.sim.scaling.holdings import Scaling
from simcloud.sim.service import Service
from simcloud.sim.spot import Spot
from simcloud.sim.steps import calls
from simcloud.sim.story import Story
from simcloud.sim.supply import Supply
from simcloud.sim.task import Task
from simcloud.sim.traffic import checking, shifting
from simcloud.sim.watching.state import Watching

Perform = Callable[[Effect], Event | None]

LAWS = (
    holdings,
    account,
    supply,
    start,
    volumes,
    container_health,
    dependencies,
    running,
    memory,
    log_router,
    balancing,
    stop,
    meter,
    registering,
    spot,
    protection,
    retirement,
    faults,
    service_launch,
    stage_hooks,
    deployment_alarms,
    unhealthy,
    scheduler,
    steadiness,
    task_sets,
    services,
    shifting,
    checking,
    offering,
    census,
)
"""The modules whose functions follow events, in the order in which they follow the same one: the task's own end comes
before what its service makes of it. Importing them registered their functions. Laws of other services, which are read
when they are needed (simcloud.sim.scaling.laws, simcloud.sim.codedeploy.laws), follow after these."""

_ORDER = {law.__name__: place for place, law in enumerate(LAWS)}
for _followers in FOLLOWERS.values():
    _followers.sort(key=lambda follower: _ORDER.get(follower.__module__, len(LAWS)))


class World:
    """Everything that the simulated account holds. Picklable."""

    def __init__(self, *, seed: int, now: float, account: str, region: str) -> None:
        self.seed = seed
        self.begun = self.now = now
        self.account = account
        self.region = region
        self.story = Story()
        self.clusters: dict[str, Cluster] = {}
        self.definitions: dict[str, dict[str, Any]] = {}
        self.tasks: dict[str, Task] = {}
        self.roster = Roster()
        """The same tasks, sorted by service and by what they are good for."""
        self.services: dict[str, Service] = {}
        self.images: dict[str, Image] = {}
        self.tags: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        self.settings: dict[str, dict[str, str]] = {}
        """Account settings: by principal, by name."""
        self.capacity_providers: dict[str, dict[str, Any]] = {}
        """The account's own, by ARN, as the API spells them."""
        self.supply = Supply()
        self.zones: dict[str, str] = {}
        """Availability Zone by subnet, as far as tasks were placed there."""
        self.spot = Spot()
        self.runs: list[Any] = []
        """`sim.work.Run`: what processes that have work to do have done of it, oldest first."""
        self.faults = Faults()
        self.files: dict[str, dict[str, str]] = {}
        """What containers wrote: by file system, volume or task, by path."""
        self.codedeploy = CodeDeploy()
        self.scaling = Scaling()
        self.loads = Loads()
        self.watching = Watching()
        self.meter = Meter()
        self.namespaces: dict[str, str] = {}
        """ARNs of namespaces of Cloud Map that services connect in, by name."""
        self.namespace_names: dict[str, str] = {}
        """The same, the other way round."""
        self.apps: Any = None
        """`sim.apps.state.Apps`, from the first message or worker on."""
        self.bus: Any = None
        """`sim.bus.state.Bus`, from the first rule, event or schedule of EventBridge on."""
        self.eks: Any = None
        """`sim.eks.resource.Holdings`, from the first use of EKS on."""
        self._queue: list[tuple[float, float, int, Event, int | None]] = []
        self._tickets = 0
        self._drawn: dict[str, int] = {}

    def fresh(self, kind: str, length: int) -> str:
        """A hex id that nothing else has: from the seed, the kind and how many of it there were."""
        count = self._drawn[kind] = self._drawn.get(kind, 0) + 1
        return hashlib.blake2b(f"{self.seed}/{kind}/{count}".encode(), digest_size=64).hexdigest()[:length]

    def uuid(self, kind: str) -> str:
        """An id in the form of a UUID."""
        return str(uuid.UUID(hex=self.fresh(kind, 32), version=4))

    def post(self, event: Event, seconds: float = 0.0, turn: int | None = None) -> None:
        """Let an event happen so many seconds from now."""
        self._tickets += 1
        heapq.heappush(self._queue, (self.now + seconds, event.rank, self._tickets, event, turn))

    def run(self, until: float, asks: Asks, perform: Perform) -> None:
        """Handle what is due up to and including `until` (epoch seconds), and stand there."""
        while self._queue and self._queue[0][0] <= until:
            at, _, _, event, turn = heapq.heappop(self._queue)
            self.now = max(self.now, at)
            if not self._stale(event, turn):
                self._settle(self.handle(event), asks, perform)
        self.now = max(self.now, until)

    def submit(self, event: Event, asks: Asks, perform: Perform) -> None:
        """Handle an event that happens now, and everything due now that follows from it."""
        self._settle(self.handle(event), asks, perform)
        self.run(self.now, asks, perform)

    def handle(self, event: Event) -> list[Effect]:
        """Follow one event. The only place that changes the world. Raises IllegalMove where it cannot happen."""
        effects = [effect for follower in FOLLOWERS.get(type(event), ()) for effect in follower(self, event)]
        if isinstance(event, TaskEvent):
            self.roster.touch(self.tasks.get(event.task))
        return effects

    def due(self) -> list[tuple[float, Event]]:
        """What is going to happen, in order; without timers that have become stale."""
        return [
            (at, event)
            for at, _, _, event, turn in sorted(self._queue, key=lambda each: each[:3])
            if not self._stale(event, turn)
        ]

    def tell(self, task: Task, what: str, why: str = "") -> None:
        """A line of the story about a task."""
        self.story.tell(self.now, f"task {task.short}", what, why, task.about)

    def tell_service(self, service: Service, what: str, why: str = "") -> None:
        """A line of the story about a service."""
        self.story.tell(self.now, f"service {service.name}", what, why, (service.name, service.arn))

    def check(self) -> None:
        """Demand that the world makes sense. Raises AssertionError with the story."""
        from simcloud.sim.invariants import broken  # here, since only tests ask

        found = broken(self)
        assert not found, "\n".join((*found, "The story:", str(self.story)))

    def _stale(self, event: Event, turn: int | None) -> bool:
        """Has the task gone, or moved on since this timer was set?"""
        if not isinstance(event, TaskEvent):
            return False
        task = self.tasks.get(event.task)
        return task is None or (turn is not None and task.turn != turn)

    def _settle(self, effects: Iterable[Effect], asks: Asks, perform: Perform) -> None:
        left = deque(effects)
        while left:
            effect = left.popleft()
            if isinstance(effect, After):
                self.post(effect.event, effect.seconds, effect.turn)
                continue
            answer = self._answer(effect, asks) or perform(effect)
            if answer is not None:
                left.extend(self.handle(answer))

    def _answer(self, effect: Effect, asks: Asks) -> Event | None:
        """The answer to what the simulation asks; None where the effect has to be performed elsewhere."""
        asks = beset(asks, self.faults)
        if isinstance(effect, AskStep):
            return e.StepJudged(effect.task, start.attempt(self.tasks[effect.task], asks))
        if isinstance(effect, AskCalls):
            return calls.judge(self.tasks[effect.task], effect, asks)
        if isinstance(effect, AskApp):
            from simcloud.sim.apps import judging  # here too

            return judging.answer(self, effect.asked, asks)
        if isinstance(effect, AskConnections | AskRouting | AskVolumes):
            from simcloud.sim import asking  # here, so that a first answer does not wait for what few tasks do

            return asking.answer(self, effect, asks)
        if isinstance(effect, AskLaunch):
            return self._judge_launch(effect, asks)
        return None

    def _judge_launch(self, effect: AskLaunch, asks: Asks) -> e.LaunchJudged:
        release = self.services[effect.service].release(effect.deployment)
        roles = read(self.definitions[release.definition]).roles if release else ()
        for role in roles:
            permission = asks.assumable(role)
            if not permission.allowed:
                text = words.ROLE_NOT_ASSUMED.format(role=role)
                return e.LaunchJudged(effect.service, effect.deployment, effect.count, text, permission.why)
        subnets = release.network.get("subnets") or () if release else ()
        zones = {subnet: asks.zone(subnet) for subnet in subnets}
        return e.LaunchJudged(effect.service, effect.deployment, effect.count, "", "", zones)
