"""Where ids come from: the seed, the call, and how many calls of it were accepted. Never the machine.

Two generators: ours (request ids, idempotency tokens) and moto's own (everything moto draws, through `align`). Both are
seeded anew before each call, so extra looks and refused calls move no id, and a call's ids do not depend on which parts
of moto happen to be loaded. Most calls and effects draw nothing from one of them, so a seed waits until somebody does.
"""

from __future__ import annotations

import hashlib
import random
import string
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

Kept = int | tuple[Any, ...]
"""Where a generator stands: the seed that waits, or the state since it was drawn from."""


class _Stand:
    """Where a generator stood before something else drew from it, or will begin."""

    __slots__ = ("kept",)

    def __init__(self, kept: Kept) -> None:
        self.kept = kept


class Generator(random.Random):
    """Draws what `random.Random` draws, but is seeded, and brought back to where it stood, no sooner than it draws:
    nearly nobody does between two seeds, and the two take 10 and 25 µs."""

    _now = _Stand(0)
    _held: _Stand | None = None
    """Whose state the generator really has. It is not written in the stand until another one draws."""

    def begin(self, kept: Kept) -> None:
        """Draw from this seed, or go on from there."""
        self._back(_Stand(kept))

    def aside(self, number: int) -> Callable[[], None]:
        """Draw from this seed until the call of what is given."""
        before, self._now = self._now, _Stand(number)
        return lambda: self._back(before)

    def kept(self) -> Kept:
        """For `begin`, later."""
        return self.getstate() if self._held is self._now else self._now.kept

    def seed(self, a: Any = None, version: int = 2) -> None:
        """As in `random.Random`, at once."""
        self._back(_Stand(0))
        self._hold()
        super().seed(a, version)

    def random(self) -> float:
        """As in `random.Random`, which draws everything by this and by `getrandbits`."""
        self._settle()
        return super().random()

    def getrandbits(self, k: int, /) -> int:
        """As in `random.Random`."""
        self._settle()
        return super().getrandbits(k)

    def get_random_string(self, length: int = 20, include_digits: bool = True, lower_case: bool = False) -> str:
        """As moto's own generator: the same letters, without a call of Python for each (of a request's id, 52)."""
        found = self._of(string.ascii_letters + string.digits if include_digits else string.ascii_letters, length)
        return found.lower() if lower_case else found

    def get_random_hex(self, length: int = 8) -> str:
        """As moto's own generator."""
        return self._of("0123456789abcdef", length)

    def _of(self, letters: str, length: int) -> str:
        """What `choice` gives for each, which draws again where a number is too large."""
        self._settle()
        draw, most = super().getrandbits, len(letters)
        bits, found = most.bit_length(), []
        for _ in range(length):
            place = draw(bits)
            while place >= most:
                place = draw(bits)
            found.append(letters[place])
        return "".join(found)

    def _back(self, stand: _Stand) -> None:
        if self._held is self._now:
            self._held = None
        self._now = stand

    def _settle(self) -> None:
        if self._held is self._now:
            return
        self._hold()
        if isinstance(self._now.kept, int):
            super().seed(self._now.kept)
        else:
            self.setstate(self._now.kept)

    def _hold(self) -> None:
        if self._held is not None:
            self._held.kept = self.getstate()
        self._held = self._now


_ours = Generator(0)
_current = 0


def _loaded() -> list[Generator]:
    """The generators that exist so far: moto's appears when moto is first imported."""
    import sys

    internal = sys.modules.get("moto.moto_api._internal")
    motos = getattr(internal, "mock_random", None)
    if motos is None:
        return [_ours]
    if not isinstance(motos, Generator):
        motos.__class__ = _waiting(motos.__class__)
        motos.begin(_current)
    return [_ours, motos]


@cache
def _waiting(motos: type) -> type:
    """moto's own class of generator, whose seed waits."""
    return type(motos.__name__, (Generator, motos), {})


def _number(*key: Any) -> int:
    text = "\x1f".join(str(part) for part in key)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "big")


def seed(*key: Any) -> None:
    """Begin drawing from this key."""
    global _current
    _current = _number(*key)
    for generator in _loaded():
        generator.begin(_current)


@contextmanager
def own_seed(*key: Any) -> Iterator[None]:
    """Draw from this key inside the block, and go on afterwards as if nothing had been drawn.

    Put around what may or may not happen in a call: imports, the making of a backend, effects of the simulation.
    """
    global _current
    before, _current = _current, _number(*key)
    back = [generator.aside(_current) for generator in _loaded()]
    try:
        yield
    finally:
        _current = before
        for generator in _loaded()[len(back) :]:
            generator.begin(_current)
        for go_back in back:
            go_back()


def uuid4() -> uuid.UUID:
    """A version 4 UUID from our generator."""
    return uuid.UUID(int=_ours.getrandbits(128), version=4)


def fraction() -> float:
    """From 0 to 1 from our generator: how long botocore waits before it calls again."""
    return _ours.random()


def motos_uuid4() -> uuid.UUID:
    """A version 4 UUID from moto's generator."""
    return uuid.UUID(int=_loaded()[-1].getrandbits(128), version=4)


def motos_bytes(length: int) -> bytes:
    """What stands in for os.urandom inside moto."""
    return _loaded()[-1].randbytes(length)


def state() -> tuple[int, list[Kept]]:
    """For a snapshot."""
    return _current, [generator.kept() for generator in _loaded()]


def restore(kept: tuple[int, list[Kept]]) -> None:
    """Back to the snapshot. A generator that appeared since then is seeded by the current key."""
    global _current
    _current, states = kept
    for index, generator in enumerate(_loaded()):
        if index < len(states):
            generator.begin(states[index])
        else:
            generator.begin(_current)


def stable_hash(value: Any) -> int:
    """`hash` for page tokens: the same in every process, whatever PYTHONHASHSEED says."""
    return _number(_canonical(value)) >> 65


def _canonical(value: Any) -> str:
    if isinstance(value, (set, frozenset)):
        return "{" + ",".join(sorted(_canonical(one) for one in value)) + "}"
    if isinstance(value, (tuple, list)):
        return "(" + ",".join(_canonical(one) for one in value) + ")"
    return repr(value)
