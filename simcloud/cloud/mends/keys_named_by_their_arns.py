"""moto looks for a KMS key under its id alone where the key is enabled, disabled, or to be deleted or kept: it breaks
where the key is named by its ARN, as answers name it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any

CALLS = ("enable_key", "disable_key", "schedule_key_deletion", "cancel_key_deletion")


def mend(module: ModuleType) -> None:
    """Take a key by its id or its ARN."""
    for name in CALLS:
        setattr(module.KmsBackend, name, _by_either(getattr(module.KmsBackend, name)))


def _by_either(plain: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(plain)
    def by_either(self: Any, key_id: str, *rest: Any, **named: Any) -> Any:
        return plain(self, self.any_id_to_key_id(key_id), *rest, **named)

    return by_either
