"""The attacks, one kind a file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

from tests.attacks.attack import Attack


def by_kind() -> Iterator[tuple[str, list[Attack]]]:
    """What each kind is, in a sentence, and its attacks in the order in which its file tells them."""
    for found in sorted(iter_modules(__path__), key=lambda one: one.name):
        module = import_module(f"{__name__}.{found.name}")
        yield (module.__doc__ or "").splitlines()[0], module.ATTACKS


def every() -> list[Attack]:
    """All of them."""
    found = [attack for _, attacks in by_kind() for attack in attacks]
    names = [attack.id for attack in found]
    assert len(names) == len(set(names)), f"two attacks of one name: {sorted(names)}"
    return found
