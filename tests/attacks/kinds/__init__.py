"""The attacks, one kind a file."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from tests.attacks.attack import Attack


def every() -> list[Attack]:
    """All of them, by kind and in the order in which each file tells them."""
    found: list[Attack] = []
    for module in sorted(iter_modules(__path__), key=lambda one: one.name):
        found += import_module(f"{__name__}.{module.name}").ATTACKS
    names = [attack.id for attack in found]
    assert len(names) == len(set(names)), f"two attacks of one name: {sorted(names)}"
    return found
