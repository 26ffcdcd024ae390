"""Kubernetes' quantities: `250m` of CPU, `1.5Gi` of memory."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

_FORM = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?")
_FACTORS = {
    "m": Decimal("0.001"),
    **{unit: Decimal(1000) ** power for power, unit in enumerate(("k", "M", "G", "T", "P", "E"), 1)},
    **{unit: Decimal(1024) ** power for power, unit in enumerate(("Ki", "Mi", "Gi", "Ti", "Pi", "Ei"), 1)},
}
MIB = 1024 * 1024


def quantity(text: Any) -> Decimal:
    """The number behind a quantity. Raises ValueError for what is none."""
    found = _FORM.fullmatch(str(text))
    if found is None:
        raise ValueError(f"quantities must match the regular expression of Kubernetes, and {text!r} does not")
    if found[2]:
        return Decimal(found[1] + found[2])
    return Decimal(found[1]) * _FACTORS.get(found[3] or "", Decimal(1))


def cpu_units(text: Any) -> Decimal:
    """CPU in Fargate's units: 1024 make a vCPU."""
    return quantity(text) * 1024


def mebibytes(text: Any) -> Decimal:
    """Memory or storage in MiB."""
    return quantity(text) / MIB
