"""CPU and memory as people write them, and as AWS keeps them: `1 vCPU` is 1024, `2 GB` is 2048 (R-008)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

UNITS_PER_VCPU = 1024
MIB_PER_GB = 1024

_AMOUNT = r"(\d{1,9}|\d{0,6}\.\d{1,6})"
_UNITS = re.compile(r"\d{1,9}", re.ASCII)
_VCPU = re.compile(_AMOUNT + r" *vcpu", re.IGNORECASE | re.ASCII)
_GB = re.compile(_AMOUNT + r" *gb", re.IGNORECASE | re.ASCII)


def _read(written: str, unit: re.Pattern[str], factor: int) -> int | None:
    written = written.strip()
    if _UNITS.fullmatch(written):
        return int(written) or None
    match = unit.fullmatch(written)
    if match is None:
        return None
    amount = Decimal(match.group(1)) * factor
    return int(amount) or None if amount == int(amount) else None


def cpu_units(written: str) -> int | None:
    """CPU units of `1024`, `1 vCPU`, `.25 vcpu`; None for anything else, zero included."""
    return _read(written, _VCPU, UNITS_PER_VCPU)


def memory_mib(written: str) -> int | None:
    """MiB of `2048`, `2GB`, `0.5 GB`; None for anything else, zero included."""
    return _read(written, _GB, MIB_PER_GB)


def kept_overrides(overrides: Mapping[str, Any] | None) -> dict[str, Any]:
    """The overrides of a launch with the task's CPU and memory as AWS keeps them: `1 vCPU` becomes `1024`."""
    kept = dict(overrides or {})
    for key, read in (("cpu", cpu_units), ("memory", memory_mib)):
        if isinstance(kept.get(key), str) and (amount := read(kept[key])) is not None:
            kept[key] = str(amount)
    return kept


def spoken_mib(amounts: tuple[int, ...]) -> str:
    """A series of sizes in words: `512, 1024 or 2048`, `2048 to 8192 in steps of 1024`."""
    if len(amounts) > 3:
        return f"{amounts[0]} to {amounts[-1]} in steps of {amounts[1] - amounts[0]}"
    return ", ".join(str(amount) for amount in amounts[:-1]) + f" or {amounts[-1]}"
