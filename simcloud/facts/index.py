"""Every fact that the course stands on, for docs/fidelity.md and for the tests that demand a source of each."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from simcloud.facts import (
    attempts,
    codedeploy,
    codedeploy_words,
    deploy_words,
    images,
    prices,
    quotas,
    sizes,
    statuses,
    stop_words,
    timings,
    words_event,
    words_register,
    words_run,
    words_services,
    words_stop,
)
from simcloud.facts.fact import Fact, Words

ROOMS: tuple[ModuleType, ...] = (
    sizes,
    quotas,
    statuses,
    timings,
    attempts,
    prices,
    images,
    words_register,
    words_run,
    words_services,
    words_stop,
    words_event,
    codedeploy_words,
    deploy_words,
    codedeploy,
    stop_words,
)


def every_fact() -> Iterator[tuple[str, Fact[Any] | Words]]:
    """Name (`sizes.LINUX`) and fact, in the order of the files."""
    for room in ROOMS:
        for name, value in vars(room).items():
            if isinstance(value, Fact | Words) and not name.startswith("_"):
                yield f"{room.__name__.rpartition('.')[2]}.{name}", value
