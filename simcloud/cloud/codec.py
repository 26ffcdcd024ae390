"""Values of API calls as plain JSON, and back: bytes and times are marked, everything else stays itself."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

LARGE = 4096
"""Bytes above which a *response* keeps a digest in place of its content: enough to tell a difference."""


_THEMSELVES = frozenset({str, int, bool, float, type(None)})


def encode(value: Any, *, digest: bool = False) -> Any:
    """The value as JSON. With `digest`, large byte strings become their digest (they cannot be decoded again)."""
    kind = type(value)
    if kind in _THEMSELVES:
        return value
    if kind is dict:
        return {_escaped(str(key)): encode(one, digest=digest) for key, one in value.items()}
    if kind is list:
        return [encode(one, digest=digest) for one in value]
    if isinstance(value, Mapping):
        return {_escaped(str(key)): encode(one, digest=digest) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        members = sorted(value, key=repr) if isinstance(value, (set, frozenset)) else value
        return [encode(one, digest=digest) for one in members]
    if isinstance(value, (bytes, bytearray)):
        if digest and len(value) > LARGE:
            return {"$digest": hashlib.blake2b(value, digest_size=16).hexdigest(), "$length": len(value)}
        return {"$b": base64.b64encode(value).decode("ascii")}
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return {"$t": moment.astimezone(UTC).isoformat()}
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    return {"$r": repr(type(value))}


def decode(value: Any) -> Any:
    """What `encode` (without digest) was given. Raises ValueError on a mark that it does not know."""
    if isinstance(value, list):
        return [decode(one) for one in value]
    if not isinstance(value, dict):
        return value
    if any(key.startswith("$") and not key.startswith("$$") for key in value):
        return _unmarked(value)
    return {key[1:] if key.startswith("$$") else key: decode(one) for key, one in value.items()}


def _unmarked(value: dict[str, Any]) -> Any:
    if set(value) == {"$b"}:
        return base64.b64decode(value["$b"], validate=True)
    if set(value) == {"$t"}:
        return datetime.fromisoformat(value["$t"])
    raise ValueError(f"a value marked {sorted(value)} cannot be read back")


def _escaped(key: str) -> str:
    return "$" + key if key.startswith("$") else key
