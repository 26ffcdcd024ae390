"""Where ids come from: the seed, the call, and how many calls of it were accepted. Never the machine.

Two generators: ours (request ids, idempotency tokens) and moto's own (everything moto draws, through `align`). Both are
seeded anew before each call, so extra looks and refused calls move no id, and a call's ids do not depend on which parts
of moto happen to be loaded.
"""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ours = random.Random(0)
_current = 0


def _loaded() -> list[random.Random]:
    """The generators that exist so far: moto's appears when moto is first imported."""
    import sys

    internal = sys.modules.get("moto.moto_api._internal")
    motos: random.Random | None = getattr(internal, "mock_random", None)
    return [_ours] if motos is None else [_ours, motos]


def _number(*key: Any) -> int:
    text = "\x1f".join(str(part) for part in key)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=16).digest(), "big")


def seed(*key: Any) -> None:
    """Begin drawing from this key."""
    global _current
    _current = _number(*key)
    for generator in _loaded():
        generator.seed(_current)


@contextmanager
def own_seed(*key: Any) -> Iterator[None]:
    """Draw from this key inside the block, and go on afterwards as if nothing had been drawn.

    Put around what may or may not happen in a call: imports, the making of a backend, effects of the simulation.
    """
    global _current
    before, kept = _current, [(generator, generator.getstate()) for generator in _loaded()]
    seed(*key)
    try:
        yield
    finally:
        _current = before
        known = [generator for generator, _ in kept]
        for generator in _loaded():
            if not any(generator is one for one in known):
                generator.seed(_current)
        for generator, state in kept:
            generator.setstate(state)


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


def state() -> tuple[int, list[Any]]:
    """For a snapshot."""
    return _current, [generator.getstate() for generator in _loaded()]


def restore(kept: tuple[int, list[Any]]) -> None:
    """Back to the snapshot. A generator that appeared since then is seeded by the current key."""
    global _current
    _current, states = kept
    for index, generator in enumerate(_loaded()):
        if index < len(states):
            generator.setstate(states[index])
        else:
            generator.seed(_current)


def stable_hash(value: Any) -> int:
    """`hash` for page tokens: the same in every process, whatever PYTHONHASHSEED says."""
    return _number(_canonical(value)) >> 65


def _canonical(value: Any) -> str:
    if isinstance(value, (set, frozenset)):
        return "{" + ",".join(sorted(_canonical(one) for one in value)) + "}"
    if isinstance(value, (tuple, list)):
        return "(" + ",".join(_canonical(one) for one in value) + ")"
    return repr(value)
