"""A capacity provider strategy: base first, then by weight, one task at a time (R-071, R-072)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


def next_provider(strategy: Sequence[Mapping[str, Any]], placed: Mapping[str, int]) -> str:
    """The provider of the next task, given how many each one has. Ties go to the one named first.

    Raises ValueError where no provider can take a task.
    """
    for item in strategy:
        if placed.get(item["capacityProvider"], 0) < item.get("base", 0):
            return str(item["capacityProvider"])
    weighted = [item for item in strategy if _weight(item, strategy) > 0]
    if not weighted:
        raise ValueError("no capacity provider of the strategy has a weight greater than zero")

    def share_after(item: Mapping[str, Any]) -> float:
        beyond_base = placed.get(item["capacityProvider"], 0) - item.get("base", 0)
        return float(beyond_base + 1) / _weight(item, strategy)

    return str(min(weighted, key=share_after)["capacityProvider"])


def _weight(item: Mapping[str, Any], strategy: Sequence[Mapping[str, Any]]) -> int:
    """A single provider takes every task, whatever its weight."""
    return 1 if len(strategy) == 1 else int(item.get("weight", 0))
