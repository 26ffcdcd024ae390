"""What may befall a secret, as commands: Secrets Manager gives another value, or none at all."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from simcloud.cloud import entropy
from simcloud.cloud.live import Live
from simcloud.sim.events import Event
from simcloud.sim.rotation import SecretExpired, SecretRotated

RECOVERY_DAYS = 7
"""The least that Secrets Manager keeps a secret that is marked for deletion."""


def rotate_secret(live: Live, *, secret: str, value: str | None) -> list[Event]:
    """The new value is in place at once; without one given, a new password drawn from the world's seed."""
    store, held = _held(live, secret)
    count = live.accepted.get(("rotation", held.name), 0)
    new = _drawn(live.seed, held, count) if value is None else str(value)
    with entropy.own_seed(live.seed, "rotation", held.name, count):
        token = str(entropy.uuid4())
        store.put_secret_value(held.arn, new, "", token, ["AWSCURRENT"])
    live.accept("rotation", held.name)
    return [SecretRotated(held.arn, held.name)]


def expire_secret(live: Live, *, secret: str) -> list[Event]:
    """The secret is marked for deletion, as by DeleteSecret: nobody reads it until RestoreSecret."""
    store, held = _held(live, secret)
    if held.is_deleted():
        raise LookupError(f"secret {held.name} has expired already")
    store.delete_secret(held.arn, RECOVERY_DAYS, False)
    return [SecretExpired(held.arn, held.name)]


def _held(live: Live, secret: str) -> tuple[Any, Any]:
    """moto's store and the secret in it. Raises LookupError where there is none of this name or ARN."""
    from moto.secretsmanager.models import secretsmanager_backends

    store = secretsmanager_backends[live.account][live.region]
    held: Any = store.secrets.get(secret)
    if held is None:
        raise LookupError(f"there is no secret {secret} in {live.region}")
    return store, held


def _drawn(seed: int, held: Any, count: int) -> str:
    """A password; in a secret of several values, the one that is called so."""
    password = blake2b(f"{seed}/rotation/{held.name}/{count}".encode(), digest_size=12).hexdigest()
    try:
        values = json.loads(held.versions[held.default_version_id]["secret_string"])
    except (KeyError, TypeError, ValueError):
        return password
    if isinstance(values, dict) and "password" in values:
        return json.dumps({**values, "password": password})
    return password
