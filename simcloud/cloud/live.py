"""The one world that is live in this process, and the context in which a call is answered."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from simcloud.cloud.recorder import Recorder
from simcloud.sim.world import World


@dataclass
class Live:
    """Everything of a cloud that is ours (moto's state is global to the process and snapshotted apart)."""

    seed: int
    account: str
    region: str
    world: World
    accepted: dict[tuple[str, str], int] = field(default_factory=dict)
    """Accepted calls by (service, operation): ids are drawn from the seed and this count, so looking moves no id."""
    recorder: Recorder = field(default_factory=Recorder)
    """What keeps the transcript. A copy of it records nothing."""
    calls: int = 0
    """Accepted calls in all, the simulation's own left out."""

    def accept(self, service: str, operation: str) -> None:
        """Count an accepted call."""
        self.accepted[service, operation] = self.accepted.get((service, operation), 0) + 1
        self.calls += 1


@dataclass(frozen=True)
class Call:
    """Who calls, where, when: what a handler gets beside the request."""

    live: Live
    account: str
    region: str
    caller: str
    """The caller's ARN."""
    key: str = ""
    """The caller's access key, where the call is to be judged by IAM; '' for the learner, whom nothing judges."""

    @property
    def world(self) -> World:
        return self.live.world


LOCK = threading.RLock()
"""Held around every call and every move of time: threads in a cell cannot interleave inside the world."""

_live: Live | None = None


def live() -> Live:
    """The live world. Raises RuntimeError where none is."""
    if _live is None:
        raise RuntimeError("no simulated cloud is live here: open one with `cloud = Cloud(seed=0).open()`")
    return _live


def maybe_live() -> Live | None:
    """The live world, or None."""
    return _live


def make_live(state: Live | None) -> None:
    """Put a world (or none) in the live place. Only `Cloud` and its copies call this."""
    global _live
    _live = state
