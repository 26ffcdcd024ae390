"""moto's page tokens hold `hash()` of the request, which differs in every process (PYTHONHASHSEED): a token from a
stored transcript would be refused."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud import entropy


def mend(module: ModuleType) -> None:
    """Hash the request in a way that is the same everywhere."""
    shadowed: Any = module
    shadowed.hash = entropy.stable_hash
