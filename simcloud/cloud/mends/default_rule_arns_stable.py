"""The ARN of a listener's rule ends in `id(self)`, an address in memory: it differs in every process."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud import entropy


def mend(module: ModuleType) -> None:
    """End it in sixteen hex digits drawn from moto's generator, as AWS's do."""
    shadowed: Any = module
    shadowed.id = lambda _: entropy.motos_bytes(8).hex()
