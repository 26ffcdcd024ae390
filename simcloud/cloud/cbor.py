"""Plain values as CBOR (RFC 8949), as far as AWS's services need it.

botocore has a decoder, and an encoder for shapes only.
"""

from __future__ import annotations

import struct
from datetime import datetime
from typing import Any

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP = range(6)


def pack(value: Any) -> bytes:
    """The bytes of a value. Raises TypeError on a value that has no form in CBOR here."""
    if value is None:
        return b"\xf6"
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, int):
        return _head(_UNSIGNED, value) if value >= 0 else _head(_NEGATIVE, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, bytes):
        return _head(_BYTES, len(value)) + value
    if isinstance(value, str):
        content = value.encode()
        return _head(_TEXT, len(content)) + content
    if isinstance(value, datetime):
        return b"\xc1" + pack(value.timestamp())
    if isinstance(value, (list, tuple)):
        return _head(_ARRAY, len(value)) + b"".join(pack(one) for one in value)
    if isinstance(value, dict):
        return _head(_MAP, len(value)) + b"".join(pack(key) + pack(one) for key, one in value.items())
    raise TypeError(f"no CBOR for {type(value).__name__}")


def _head(major: int, number: int) -> bytes:
    first = major << 5
    if number < 24:
        return bytes([first | number])
    for extra, form, limit in ((24, ">B", 2**8), (25, ">H", 2**16), (26, ">I", 2**32), (27, ">Q", 2**64)):
        if number < limit:
            return bytes([first | extra]) + struct.pack(form, number)
    raise TypeError(f"{number} does not fit in 64 bits")
