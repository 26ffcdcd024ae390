"""Values on the wire, as botocore's shapes say: read a request into plain values, write an answer from plain values.

Plain values are dicts in model spelling, timestamps as seconds since the epoch, blobs as bytes.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any


def read(shape: Any, value: Any, *, binary: bool = False, timestamp: str = "unixTimestamp") -> Any:
    """The value of a request, by its shape. `binary`: CBOR, where blobs and times are themselves."""
    if value is None:
        return None
    match shape.type_name:
        case "structure":
            return _read_structure(shape, value, binary=binary)
        case "list":
            return [read(shape.member, one, binary=binary) for one in value]
        case "map":
            return {key: read(shape.value, one, binary=binary) for key, one in value.items()}
        case "timestamp":
            return _read_time(shape.serialization.get("timestampFormat", timestamp), value)
        case "blob":
            return bytes(value) if binary else base64.b64decode(value)
        case "integer" | "long":
            return int(value)
        case "float" | "double":
            return float(value)
        case "boolean":
            return value if isinstance(value, bool) else value == "true"
        case _:
            return value


def _read_structure(shape: Any, value: dict[str, Any], *, binary: bool) -> dict[str, Any]:
    if getattr(shape, "is_document_type", False):
        return value
    found = {}
    for name, member in shape.members.items():
        written = value.get(member.serialization.get("name", name))
        if written is not None:
            found[name] = read(member, written, binary=binary)
    return found


def _read_time(form: str, value: Any) -> float:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
    if isinstance(value, (int, float)):
        return float(value)
    if form == "unixTimestamp":
        return float(value)
    if form == "rfc822":
        return datetime.strptime(value, "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC).timestamp()
    return datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp()


def write(shape: Any, value: Any, *, binary: bool = False) -> Any:
    """The value of an answer, by its shape; members that the model does not have are left out."""
    if value is None:
        return None
    form = _FORMS.get(shape.type_name)
    return str(value) if form is None else form(shape, value, binary=binary)


def _write_structure(shape: Any, value: dict[str, Any], *, binary: bool) -> dict[str, Any]:
    if getattr(shape, "is_document_type", False):
        return value
    written = {}
    for name, spelt, member, form in _members(shape):
        if (one := value.get(name)) is not None:
            written[spelt] = str(one) if form is None else form(member, one, binary=binary)
    return written


def _members(shape: Any) -> list[tuple[str, str, Any, Callable[..., Any] | None]]:
    """Of each member its name, its name on the wire, its shape and how it is written. Some structures have sixty."""
    known: list[tuple[str, str, Any, Callable[..., Any] | None]] | None = vars(shape).get("_written_members")
    if known is None:
        known = shape._written_members = [
            (name, member.serialization.get("name", name), member, _FORMS.get(member.type_name))
            for name, member in shape.members.items()
        ]
    return known


def _write_list(shape: Any, value: Any, *, binary: bool) -> list[Any]:
    member = shape.member
    form = _FORMS.get(member.type_name)
    if form is None:
        return [None if one is None else str(one) for one in value]
    return [None if one is None else form(member, one, binary=binary) for one in value]


def _write_map(shape: Any, value: dict[str, Any], *, binary: bool) -> dict[str, Any]:
    held = shape.value
    return {str(key): write(held, one, binary=binary) for key, one in value.items()}


def _write_blob(_shape: Any, value: Any, *, binary: bool) -> Any:
    content = value.encode() if isinstance(value, str) else bytes(value)
    return content if binary else base64.b64encode(content).decode("ascii")


def _write_time(form: str, value: Any, *, binary: bool) -> Any:
    seconds = value.timestamp() if isinstance(value, datetime) else float(value)
    moment = datetime.fromtimestamp(seconds, UTC)
    if binary:
        return moment
    if form == "iso8601":
        return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
    if form == "rfc822":
        return http_date(seconds)
    return round(seconds, 3)


_FORMS: dict[str, Callable[..., Any]] = {
    "structure": _write_structure,
    "list": _write_list,
    "map": _write_map,
    "timestamp": _write_time,
    "blob": _write_blob,
    "integer": lambda _shape, value, binary: int(value),
    "long": lambda _shape, value, binary: int(value),
    "float": lambda _shape, value, binary: float(value),
    "double": lambda _shape, value, binary: float(value),
    "boolean": lambda _shape, value, binary: bool(value),
}
"""How each type is written; every other is text."""

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def http_date(seconds: float) -> str:
    """A moment as HTTP headers write it, whatever the machine's language."""
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment:%Y %H:%M:%S} GMT"
