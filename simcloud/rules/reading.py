"""Reading a request tolerantly: what is absent, null or of another kind reads as empty, and nothing here raises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

Name = TypeVar("Name", bound=Hashable)
_STRUCTURE = (dict, Mapping)  # tuples, made once: these are the most called functions of all laws
_LIST = (list, tuple)
_NOTHING: Mapping[str, Any] = MappingProxyType({})


def text(holder: Mapping[str, Any], key: str) -> str:
    """The string under `key`, or ''."""
    value = holder.get(key)
    return value if isinstance(value, str) else ""


def number(holder: Mapping[str, Any], key: str) -> int | None:
    """The integer under `key`, or None. A boolean is no integer."""
    value = holder.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def switch(holder: Mapping[str, Any], key: str, default: bool = False) -> bool:
    """The boolean under `key`, or `default`."""
    value = holder.get(key)
    return value if isinstance(value, bool) else default


def mapping(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """The structure under `key`, or an empty one."""
    value = holder.get(key)
    if value is None:
        return _NOTHING
    return value if isinstance(value, _STRUCTURE) else _NOTHING


def structures(holder: Mapping[str, Any], key: str) -> tuple[Mapping[str, Any], ...]:
    """The list of structures under `key`; members of another kind read as empty structures, so that indexes hold."""
    value = holder.get(key)
    if value is None or not isinstance(value, _LIST):
        return ()
    for item in value:
        if not isinstance(item, _STRUCTURE):
            return tuple(item if isinstance(item, _STRUCTURE) else _NOTHING for item in value)
    return tuple(value)


def texts(holder: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The list of strings under `key`; members of another kind read as ''."""
    value = holder.get(key)
    if value is None or not isinstance(value, _LIST):
        return ()
    return tuple([item if isinstance(item, str) else "" for item in value])


def repeated(names: Sequence[Name]) -> list[tuple[Name, int]]:
    """Each name that stands there more than once, with how often, in the order of their first places."""
    if len(set(names)) == len(names):
        return []  # nearly always, and told without counting
    return [(name, times) for name, times in Counter(names).items() if times > 1]
