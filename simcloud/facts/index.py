"""Every fact that the course stands on, for docs/fidelity.md and for the tests that demand a source of each."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from simcloud.facts import (
    account_settings,
    account_words,
    api_limits,
    attempts,
    codedeploy,
    codedeploy_words,
    deploy_words,
    eks,
    eks_parts_words,
    eks_words,
    health_words,
    images,
    launch_limits,
    launch_words,
    pod_words,
    prices,
    quotas,
    rollout_words,
    scaling,
    scaling_words,
    sizes,
    start_words,
    statuses,
    stop_words,
    task_words,
    timings,
    tracking_words,
    traffic_words,
    watching_words,
    words_access,
    words_balancing,
    words_definition,
    words_event,
    words_identity,
    words_listening,
    words_lives,
    words_neighbours,
    words_networking,
    words_operating,
    words_register,
    words_run,
    words_services,
    words_stacks,
    words_stop,
    words_storing,
    words_volumes,
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
    words_definition,
    words_volumes,
    words_lives,
    words_run,
    words_services,
    words_stop,
    words_event,
    codedeploy_words,
    deploy_words,
    codedeploy,
    start_words,
    stop_words,
    health_words,
    account_settings,
    api_limits,
    account_words,
    task_words,
    scaling,
    scaling_words,
    tracking_words,
    launch_limits,
    launch_words,
    rollout_words,
    traffic_words,
    watching_words,
    eks,
    eks_words,
    eks_parts_words,
    pod_words,
    words_neighbours,
    words_balancing,
    words_listening,
    words_networking,
    words_storing,
    words_identity,
    words_access,
    words_operating,
    words_stacks,
)


def every_fact() -> Iterator[tuple[str, Fact[Any] | Words]]:
    """Name (`sizes.LINUX`) and fact, in the order of the files."""
    for room in ROOMS:
        for name, value in vars(room).items():
            if isinstance(value, Fact | Words) and not name.startswith("_"):
                yield f"{room.__name__.rpartition('.')[2]}.{name}", value
