"""A simulated AWS account that boto3 talks to: open it, call it, let time pass, ask what would happen."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from simcloud.cloud import clock, codec, egress, snapshot
from simcloud.cloud.commands import Commands
from simcloud.cloud.live import LOCK, Live, make_live, maybe_live
from simcloud.sim.world import World

if TYPE_CHECKING:
    from simcloud.cloud.eks.kubernetes import Kubernetes
    from simcloud.cloud.inside import Inside
    from simcloud.cloud.look import ServiceView, TaskView
    from simcloud.cloud.moment import Moment
    from simcloud.cloud.rollout_history import RolloutHistory
    from simcloud.cloud.worked import MessageView
    from simcloud.sim.story import Story

T = TypeVar("T")


class Cloud(Commands):
    """One world. It is live between `open` and `close`; every boto3 client of the process then talks to it.

    `start` is the simulated moment at which it begins, in ISO 8601. Raises ValueError where that, the seed, the region
    or the account cannot be one.
    """

    _moment: Moment | None = None
    """Of which moment this is a copy; None where it is no such copy."""

    def __init__(
        self,
        seed: int = 0,
        *,
        start: str = "2026-01-05T09:00:00Z",
        region: str = "us-east-1",
        account: str = "123456789012",
    ) -> None:
        if len(account) != 12 or not account.isdigit():
            raise ValueError(f"an AWS account id has twelve digits, not {account!r}")
        begin = datetime.fromisoformat(start.replace("Z", "+00:00"))
        if begin.tzinfo is None:
            begin = begin.replace(tzinfo=UTC)
        world = World(seed=int(seed), now=begin.timestamp(), account=account, region=region)
        self._state = snapshot.State(Live(seed=int(seed), account=account, region=region, world=world))

    # --- to another process and back

    def packed(self) -> bytes:
        """This open world as bytes, for `unpacked` in another process of the same course. Raises moving.Immovable."""
        from simcloud.cloud import moving

        self._must_be_live("packed")
        with LOCK:
            return moving.packed(snapshot.take(self._live))

    @classmethod
    def unpacked(cls, data: bytes) -> Cloud:
        """The world of these bytes, not open yet, with an empty transcript. They must come from who is trusted."""
        from simcloud.cloud import moving
        from simcloud.cloud.recorder import Recorder

        made = cls.__new__(cls)
        made._state = moving.unpacked(data)
        made._state.live.recorder = Recorder()
        return made

    # --- open and close

    def open(self) -> Cloud:
        """Make this the live world. Another cloud that is live is closed first; it can be opened again later."""
        from simcloud.cloud import process

        with LOCK:
            if self.is_live:
                return self
            process.prepare(self.region)
            if _open:
                _open[-1].close()
            self._put()
            _open[:] = [one for one in _open if one is not self] + [self]
        return self

    def close(self) -> None:
        """Let no world be live. What happened stays readable, and `open` goes on from here."""
        with LOCK:
            if self.is_live:
                self._leave()
                _open.remove(self)

    def __enter__(self) -> Cloud:
        return self.open()

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Cloud seed={self.seed} {self.region} {self.account} at {self.now:%Y-%m-%d %H:%M:%S} UTC>"

    @property
    def is_live(self) -> bool:
        """Is this the world that boto3 talks to?"""
        return maybe_live() is self._live

    # --- time

    @property
    def now(self) -> datetime:
        """The simulated moment, in UTC."""
        return datetime.fromtimestamp(self.world.now, UTC)

    def advance(self, *, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Let simulated time pass; what is due happens on the way. Raises ValueError for a negative time."""
        self._must_be_live("advance")
        clock.advance(timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds).total_seconds())

    @contextmanager
    def _copied(self, make: Callable[[snapshot.State], snapshot.State]) -> Iterator[Cloud]:
        """A copy of this world's state, as `make` makes it, is live inside the block."""
        self._must_be_live("copy")
        with LOCK:
            kept = snapshot.take(self._live)
            future = Cloud.__new__(Cloud)
            future._state = make(kept)
            future._put()
            _open.append(future)
        try:
            yield future
        finally:
            with LOCK:
                while _open and _open[-1] is not self:
                    _open.pop()._leave()
                self._state = kept
                self._put()

    def copy(self) -> AbstractContextManager[Cloud]:
        """`with cloud.copy() as future:` asks what would happen: the block's calls and moves happen in a copy.

        Inside the block boto3 talks to the copy; afterwards the original is live again, untouched. Nothing of it is in
        the transcript.
        """
        return self._copied(snapshot.copied)

    def copies(self) -> Callable[[], AbstractContextManager[Cloud]]:
        """`copy`, for asking many things of this very moment, one after the other: see `moment.Moment`."""
        from simcloud.cloud.moment import Moment

        self._must_be_live("copies")
        return Moment(self).copy

    def lived(self, key: Hashable, live: Callable[[], T]) -> T:
        """What `live()` gives, after which this world is as it leaves it.

        Of `copies` of one moment in which nothing has been done yet, one alone lives through what goes by this key: the
        others take its place. So the key holds whatever `live` depends on besides this world.
        """
        return live() if self._moment is None else self._moment.lived(self, key, live)

    # --- what it is and what happened

    @property
    def seed(self) -> int:
        """Same seed, same calls: same answers."""
        return self._live.seed

    @property
    def region(self) -> str:
        """The default region of clients."""
        return self._live.region

    @property
    def account(self) -> str:
        """The learner's account."""
        return self._live.account

    @property
    def world(self) -> World:
        """The simulated part: clusters, tasks, services, time."""
        return self._live.world

    @property
    def story(self) -> Story:
        """What happened, in sentences; `story.about("task id or name")` for one thing."""
        return self.world.story

    @property
    def transcript(self) -> list[dict[str, Any]]:
        """Every call and every move of time, as JSON objects."""
        return self._live.recorder.entries

    @property
    def on_record(self) -> list[Callable[[dict[str, Any]], None]]:
        """Functions that are told each entry of the transcript."""
        return self._live.recorder.listeners

    def record(self, entry: dict[str, Any]) -> None:
        """Add an entry of another kind to the transcript: the begin of a lab, a cell, a check."""
        self._live.recorder.add(entry)

    def unrecorded(self) -> AbstractContextManager[None]:
        """What happens inside the block stays out of the transcript: a lab building its world."""
        return self._live.recorder.paused()

    # --- images, tasks and services (registry.py and look.py)

    def push_image(self, repository: str, tag: str = "latest", **behaviour: Any) -> str:
        """Push an image that behaves as told (see sim.image.Image); makes the repository where it is missing.

        Returns the full reference for a container definition.
        """
        from simcloud.cloud import entropy, registry

        self._must_be_live("push_image")
        with LOCK:
            key = ("registry", "push_image")
            count = self._live.accepted.get(key, 0)
            entropy.seed(self.seed, *key, count, self.account, self.region)
            with self._live.recorder.paused():
                reference = registry.push_image(self._live, repository, tag, **behaviour)
            self._live.accept(*key)
            self.record({"kind": "push", "repository": repository, "tag": tag, "behaviour": codec.encode(behaviour)})
        return reference

    def tasks(
        self, cluster: str | None = None, *, service: str | None = None, status: str | None = None
    ) -> list[TaskView]:
        """Tasks, stopped ones included, oldest first."""
        from simcloud.cloud import look

        return look.tasks(self._live, cluster, service=service, status=status)

    def task(self, arn_or_id: str) -> TaskView:
        """One task. Raises LookupError where there is none."""
        from simcloud.cloud import look

        return look.task(self._live, arn_or_id)

    def service(self, name: str, cluster: str = "default") -> ServiceView:
        """One service. Raises LookupError where there is none."""
        from simcloud.cloud import look

        return look.service(self._live, name, cluster)

    def rollout_history(
        self, service: str, cluster: str = "default", *, minutes: float | None = None
    ) -> RolloutHistory:
        """Who served how much of a service's requests, by revision, and what its deployments did: in the last so many
        minutes, or since it was made. Raises LookupError where there is none."""
        from simcloud.cloud import rollout_history

        return rollout_history.history(self._live, service, cluster, minutes=minutes)

    def inside(self, task: str, container: str = "") -> Inside:
        """A process inside a container of a task (its first essential one, where none is named): what it sees, reaches
        and may call. Raises LookupError where there is no such container that runs."""
        from simcloud.cloud import inside, look

        self._must_be_live("inside")
        return inside.Inside(self._live, look.held(self._live, task), container)

    def messages(self, queue: str) -> tuple[MessageView, ...]:
        """Every message that was ever sent into the queue of this name, oldest first, with what became of it."""
        from simcloud.cloud import worked

        return worked.messages(self._live, queue)

    # --- Kubernetes (eks/kubernetes.py)

    def kubernetes(self, cluster: str) -> Kubernetes:
        """The API server of an EKS cluster: apply, get, describe, delete, logs."""
        from simcloud.cloud.eks.kubernetes import Kubernetes

        return Kubernetes(self, cluster)

    # --- inside

    @property
    def _live(self) -> Live:
        return self._state.live

    def _put(self) -> None:
        snapshot.put(self._state)
        make_live(self._live)
        egress.point_at(self.region)

    def _leave(self) -> None:
        if self.is_live:
            self._state = snapshot.take(self._live)
            make_live(None)

    def _must_be_live(self, what: str) -> None:
        if not self.is_live:
            raise RuntimeError(f"cloud.{what}() works on the cloud that is open, and this one is not")


_open: list[Cloud] = []
"""The live cloud, last; before it those whose copy is live."""


def now_open() -> Cloud | None:
    """The cloud that boto3 talks to now; None where none is live."""
    return _open[-1] if _open else None
