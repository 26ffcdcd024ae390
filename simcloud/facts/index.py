"""Every fact that the course stands on, for docs/fidelity.md and for the tests that demand a source of each."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from simcloud.facts import (
    account_settings,
    api_limits,
    attempts,
    capacity,
    codedeploy,
    deploying,
    eks,
    events,
    fluent_bit,
    images,
    launch_limits,
    machines,
    prices,
    prices_around,
    prices_lambda,
    prices_plans,
    quotas,
    reading,
    resource_properties,
    scaling,
    sizes,
    statuses,
    timings,
    words,
)
from simcloud.facts.fact import Fact, Words


def _words() -> Iterator[ModuleType]:
    """Every file of `words/`, in the order of their names."""
    for found in sorted(pkgutil.iter_modules(words.__path__), key=lambda one: one.name):
        yield import_module(f"{words.__name__}.{found.name}")


ROOMS: tuple[ModuleType, ...] = (
    sizes,
    quotas,
    statuses,
    timings,
    attempts,
    capacity,
    prices,
    prices_around,
    prices_lambda,
    prices_plans,
    images,
    fluent_bit,
    codedeploy,
    deploying,
    resource_properties,
    account_settings,
    api_limits,
    reading,
    scaling,
    launch_limits,
    machines,
    eks,
    events,
    *_words(),
)


def every_fact() -> Iterator[tuple[str, Fact[Any] | Words]]:
    """Name (`sizes.LINUX`) and fact, in the order of the files."""
    for room in ROOMS:
        for name, value in vars(room).items():
            if isinstance(value, Fact | Words) and not name.startswith("_"):
                yield f"{room.__name__.removeprefix('simcloud.facts.')}.{name}", value
