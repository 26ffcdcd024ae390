"""An empty long poll waits on the machine's clock while moto looks at the simulated one: it would never return."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud import clock


def mend(module: ModuleType) -> None:
    """Waiting moves simulated time."""

    def wait_for_messages(_: Any, timeout: float) -> None:
        clock.back_off(timeout)

    module.Queue.wait_for_messages = wait_for_messages
