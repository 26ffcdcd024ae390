"""The rotation of a secret as a command: Secrets Manager gives another value, which running tasks do not see."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any

from simcloud.cloud import entropy
from simcloud.cloud.live import Live
from simcloud.sim.events import Event
from simcloud.sim.rotation import SecretRotated


def rotate_secret(live: Live, *, secret: str, value: str | None) -> list[Event]:
    """The new value is in place at once; without one given, a new password drawn from the world's seed."""
    from moto.secretsmanager.models import secretsmanager_backends

    store = secretsmanager_backends[live.account][live.region]
    held: Any = store.secrets.get(secret)
    if held is None:
        raise LookupError(f"there is no secret {secret} in {live.region}")
    count = live.accepted.get(("rotation", held.name), 0)
    new = _drawn(live.seed, held, count) if value is None else str(value)
    with entropy.own_seed(live.seed, "rotation", held.name, count):
        token = str(entropy.uuid4())
        store.put_secret_value(held.arn, new, "", token, ["AWSCURRENT"])
    live.accepted["rotation", held.name] = count + 1
    return [SecretRotated(held.arn, held.name)]


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
