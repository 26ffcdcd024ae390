"""Copies of a world as it stands at one moment, for asking many things of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from simcloud.cloud import snapshot
from simcloud.cloud.live import LOCK

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud

T = TypeVar("T")


@dataclass
class _Future:
    """What a copy lived through last, and since when only looks were made."""

    key: Hashable
    result: Any
    stirred: int


class Moment:
    """A moment of the live world, written down once.

    A copy in which nothing was done but looking, by calls or by the cloud's own methods, is handed out again; and so is
    one that has lived through something known by its key, to whoever asks for the same. What is asked must not change a
    world by hand.
    """

    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        with LOCK:
            self._frozen = snapshot.Frozen(snapshot.take(cloud._live))
        self._untouched: list[snapshot.State] = []
        self._lived: dict[Hashable, list[tuple[snapshot.State, Any]]] = {}
        self._future: _Future | None = None

    @contextmanager
    def copy(self) -> Iterator[Cloud]:
        """A copy is live inside the block. Of one moment there is one at a time."""
        self._future = None
        with self._cloud._copied(lambda _: self._untouched.pop() if self._untouched else self._frozen.copy()) as future:
            future._moment = self
            yield future
        stirred, lived = future._live.recorder.stirred, self._future
        if not stirred:
            self._untouched.append(future._state)
        elif lived is not None and lived.stirred == stirred:
            self._lived.setdefault(lived.key, []).append((future._state, lived.result))

    def lived(self, future: Cloud, key: Hashable, live: Callable[[], T]) -> T:
        """What `live()` gives, with the copy as it leaves it. See `Cloud.lived`."""
        if future._live.recorder.stirred:
            return live()
        if self._lived.get(key):
            with LOCK:
                self._untouched.append(snapshot.take(future._live))
                future._state, result = self._lived[key].pop()
                future._put()
        else:
            result = live()
        self._future = _Future(key, result, future._live.recorder.stirred)
        found: T = result
        return found
