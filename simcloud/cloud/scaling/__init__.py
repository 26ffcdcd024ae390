"""Application Auto Scaling over `sim.World`: one file a noun, one function an operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simcloud.cloud.live import Call

Handler = Callable[[dict[str, Any], Call], dict[str, Any]]

OPERATIONS: dict[str, Handler] = {}
"""By the API's operation name."""
