"""moto has no DescribeAlarmHistory. What the simulation's alarms did is told here."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Answer from the simulation."""
    from simcloud.cloud.watching import history

    def describe_alarm_history(self: Any) -> Any:
        return module.ActionResult(history.describe(self))

    module.CloudWatchResponse.describe_alarm_history = describe_alarm_history
