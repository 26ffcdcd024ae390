"""The whole world as one value: taken by reference, copied by pickle (about 3 ms), put back by reference.

moto's backends find each other through module globals, so only one world is live at a time: a copy is used by swapping
it in. Bytes that came from outside the process are never unpickled here.
"""

from __future__ import annotations

import io
import pickle
import sys
import threading
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from simcloud.cloud import entropy
from simcloud.cloud.live import Live
from simcloud.cloud.shelf import Shelf
from simcloud.sim.definition import Definition
from simcloud.sim.image import Image
from simcloud.sim.load.state import Sample
from simcloud.sim.meter import Pull, Span, TaskRun
from simcloud.sim.story import Story
from simcloud.sim.watching.state import HistoryItem
from simcloud.sim.world import World

T = TypeVar("T")
IMMUTABLE = frozenset({Definition, Image, TaskRun, Span, Pull, Sample, HistoryItem})
"""Frozen through and through, and many: copies of a world share them."""

_LOCKS = {type(threading.Lock()): threading.Lock, type(threading.RLock()): threading.RLock}

_COUNTERS = (
    ("moto.logs.models", "LogEvent", "_event_id"),
    ("moto.logs.models", "LogStream", "_log_ids"),
)
"""Counters that moto keeps on classes: part of the world, since ids come from them."""


@dataclass
class Motos:
    """What moto holds of one world, by reference."""

    backends: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """service -> account -> region -> backend."""
    buckets: dict[str, Any] = field(default_factory=dict)
    """S3's registry: bucket -> (partition, account)."""
    counters: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass
class State:
    """A world that can be put in the live place."""

    live: Live
    motos: Motos = field(default_factory=Motos)
    entropy: tuple[int, list[Any]] | None = None


def take(live: Live) -> State:
    """The live world, by reference."""
    return State(live, _take_motos(), entropy.state())


def copied(state: State) -> State:
    """An independent copy. Immutable things that cannot be pickled (keys, functions) are shared."""
    return Frozen(state).copy()


def copied_world(world: World) -> World:
    """An independent copy of the simulated part alone: enough where nothing of moto's is asked or done."""
    return Frozen(world).copy()


class Frozen(Generic[T]):
    """A world as it was at a moment: written once, and read into a copy as often as one is wanted."""

    def __init__(self, thing: T) -> None:
        self._shared: list[Any] = []
        written = io.BytesIO()
        Pickler(written, self._shared).dump(thing)
        self._written = written.getvalue()

    def copy(self) -> T:
        """An independent copy."""
        _reading.append(self._shared)
        try:
            made: T = pickle.loads(self._written)
        finally:
            _reading.pop()
        return made


def put(state: State) -> None:
    """Make moto's part of the state, and the generators, the live ones."""
    base = sys.modules.get("moto.core.base_backend")
    if base is not None:
        _put_motos(base, state.motos)
    if state.entropy is not None:
        entropy.restore(state.entropy)


def _take_motos() -> Motos:
    motos = Motos()
    base = sys.modules.get("moto.core.base_backend")
    if base is None:
        return motos
    for registry in base.BackendDict._instances:
        for account in list(dict.keys(registry)):
            accounts = motos.backends.setdefault(registry.service_name, {})
            accounts[account] = dict(dict.items(dict.__getitem__(registry, account)))
    if s3 := sys.modules.get("moto.s3.models"):
        motos.buckets = s3.s3_backends.bucket_accounts
    for module, name, attribute in _COUNTERS:
        if module in sys.modules:
            motos.counters[name, attribute] = getattr(getattr(sys.modules[module], name), attribute)
    return motos


def _put_motos(base: Any, motos: Motos) -> None:
    registries = {registry.service_name: registry for registry in base.BackendDict._instances}
    for service, registry in registries.items():
        accounts = motos.backends.get(service, {})
        for account in list(dict.keys(registry)):
            if account not in accounts:
                dict.clear(dict.__getitem__(registry, account))  # a cache of moto's keeps the box alive
                dict.__delitem__(registry, account)
        for account, regions in accounts.items():
            box = registry[account]
            dict.clear(box)
            for region, backend in regions.items():
                dict.__setitem__(box, region, backend)
    if s3 := sys.modules.get("moto.s3.models"):
        s3.s3_backends.bucket_accounts = motos.buckets
    for module, name, attribute in _COUNTERS:
        if module in sys.modules:
            setattr(getattr(sys.modules[module], name), attribute, motos.counters.get((name, attribute), 0))


class Pickler(pickle.Pickler):
    """Pickles moto's backends: locks are made anew, parameters keep their factory, what cannot be pickled is shared."""

    def __init__(self, file: io.BytesIO, shared: list[Any]) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._shared = shared

    def reducer_override(self, value: Any) -> Any:
        """How to write one thing; asked for instances alone, so that a copy costs a third of asking for every text."""
        way = _WAYS[type(value)]
        return NotImplemented if way is None else way(self._shared, value)


Way = Callable[[list[Any], Any], Any]
"""(what is shared, a thing) -> how it is written, as a reducer says it."""


def _as_it_is(shared: list[Any], value: Any) -> Any:
    shared.append(value)
    return _shared_thing, (len(shared) - 1,)


def _as_lines(shared: list[Any], value: Any) -> Any:
    shared.append(tuple(value.lines))
    return _story, (len(shared) - 1,)


def _as_shelf(shared: list[Any], value: Any) -> Any:
    shared.append(list(value.items()))
    return _shelf, (len(shared) - 1,), None, None, iter(value.owned())


def _as_function(shared: list[Any], value: Any) -> Any:
    return _as_it_is(shared, value) if is_shared(value) else NotImplemented


def _as_parameters(_: list[Any], value: Any) -> Any:
    return _parameters, (type(value),), dict(vars(value)), None, iter(list(dict.items(value)))


class _Ways(dict[type, Way | None]):
    """By kind of thing how it is written; None for as pickle does. Found out once a kind: a world has thousands."""

    def __missing__(self, kind: type) -> Way | None:
        way: Way | None = None
        if kind in IMMUTABLE or kind.__module__.startswith("cryptography.hazmat.bindings"):
            way = _as_it_is
        elif kind is types.FunctionType:
            way = _as_function
        elif kind in _LOCKS:
            make = _LOCKS[kind]
            way = lambda _, __: (make, ())  # noqa: E731
        elif kind.__name__ == "ParameterDict":
            way = _as_parameters
        self[kind] = way
        return way


_WAYS = _Ways({Story: _as_lines, Shelf: _as_shelf})


def _shared_thing(place: int) -> Any:
    """The thing that was not written, found again while the copy is read."""
    return _reading[-1][place]


def _story(place: int) -> Story:
    """The same lines in a list of its own: lines are frozen, and the longest part of most worlds."""
    return Story(list(_reading[-1][place]))


def _shelf(place: int) -> Shelf:
    """The policies as they stood, in their order; those that a world has for itself are then put in their places."""
    made = Shelf()
    made.stock(_reading[-1][place])
    return made


_reading: list[list[Any]] = []
"""What the copies that are being read share with their originals; a stack, since reading may lead to another."""


def is_shared(value: Any) -> bool:
    """Does a copy have the very thing that the original has?"""
    if type(value) in IMMUTABLE:
        return True
    if isinstance(value, types.FunctionType):
        return value.__name__ == "<lambda>" or "<locals>" in value.__qualname__
    return type(value).__module__.startswith("cryptography.hazmat.bindings")


def _parameters(kind: Any) -> Any:
    """An empty ssm.ParameterDict of moto's: a defaultdict whose __init__ wants more than pickle gives."""
    made = kind.__new__(kind)
    made.default_factory = list
    return made
