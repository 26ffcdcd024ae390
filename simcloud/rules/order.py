"""The order of checking: files of laws one after the other, and in a file the laws as they stand.

AWS publishes no order. Known are: cpu before memory (R-007), and a cross-account parameter before a missing execution
role (the bench case of R-042). The rest is taken to go from the list of containers to what Fargate adds.
"""

from __future__ import annotations

from simcloud.rules import (
    balancers,
    capacity,
    containers,
    health,
    logging,
    names,
    network,
    network_mode,
    platform,
    ports,
    roles,
    run_task,
    secrets,
    services,
    sizes,
    storage,
    targets,
    unsupported,
    volumes,
)
from simcloud.rules.engine import Law

IN_ORDER = (
    names,
    containers,
    network_mode,
    sizes,
    ports,
    secrets,
    roles,
    unsupported,
    logging,
    storage,
    volumes,
    health,
    targets,
    capacity,
    network,
    platform,
    run_task,
    services,
    balancers,
)
_PLACES = {module.__name__: index for index, module in enumerate(IN_ORDER)}


def place(law: Law) -> tuple[int, int]:
    """Where a law comes in the order; one of a file that is not listed comes last."""
    return _PLACES.get(law.check.__module__, len(_PLACES)), law.entered
