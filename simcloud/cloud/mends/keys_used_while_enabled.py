"""moto encrypts and decrypts with a key that is disabled or that is to be deleted, and enables one that is to be
deleted. KMS refuses all of it (https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html, read
2026-11-23)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any

from simcloud.facts.words import operating as words

USES = ("encrypt", "generate_data_key", "generate_mac", "verify_mac", "sign", "verify")
CHANGES = ("enable_key", "disable_key", "enable_key_rotation", "schedule_key_deletion")


def mend(module: ModuleType) -> None:
    """Ask a key's state before it is used or changed."""
    backend: Any = module.KmsBackend
    for name in USES:
        setattr(backend, name, _first(getattr(backend, name), _demand_enabled))
    for name in CHANGES:
        setattr(backend, name, _first(getattr(backend, name), _demand_staying))
    decrypt = backend.decrypt

    def decrypted(self: Any, *args: Any, **named: Any) -> Any:
        plain, arn = decrypt(self, *args, **named)
        _demand_enabled(self, arn)
        return plain, arn

    backend.decrypt = decrypted  # a ciphertext says itself which key it was made with


def _first(plain: Callable[..., Any], demand: Callable[[Any, str], None]) -> Callable[..., Any]:
    @functools.wraps(plain)
    def call(self: Any, key_id: str, *rest: Any, **named: Any) -> Any:
        demand(self, key_id)
        return plain(self, key_id, *rest, **named)

    return call


def _demand_staying(backend: Any, name: str) -> None:
    from moto.core.exceptions import JsonRESTError

    key = backend.keys.get(backend.any_id_to_key_id(name))
    if key is not None and key.key_state == "PendingDeletion":
        raise JsonRESTError("KMSInvalidStateException", words.KEY_LEAVING.format(key=key.arn))


def _demand_enabled(backend: Any, name: str) -> None:
    from moto.core.exceptions import JsonRESTError

    _demand_staying(backend, name)
    key = backend.keys.get(backend.any_id_to_key_id(name))
    if key is not None and key.key_state == "Disabled":
        raise JsonRESTError("DisabledException", words.KEY_DISABLED.format(key=key.arn))
