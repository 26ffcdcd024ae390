"""moto's alarms never change, are born OK, and its metrics are only those that were put. In AWS an alarm begins without
data and is evaluated every minute, and services have metrics of their own: both come from the simulation here."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Tell the simulation of every alarm and datum; answer with what it measured."""
    from simcloud.cloud import clock
    from simcloud.cloud.watching import alarms, metrics, reading

    backend: Any = module.CloudWatchBackend
    plain = {
        name: getattr(backend, name)
        for name in (
            "put_metric_alarm",
            "delete_alarms",
            "enable_alarm_actions",
            "disable_alarm_actions",
            "set_alarm_state",
            "put_metric_data",
            "get_metric_statistics",
            "get_metric_data",
            "get_filtered_metrics",
        )
    }

    def put_metric_alarm(self: Any, *args: Any, **kwargs: Any) -> Any:
        made = plain["put_metric_alarm"](self, *args, **kwargs)
        alarms.put(self, made)
        return made

    def delete_alarms(self: Any, alarm_names: list[str]) -> None:
        plain["delete_alarms"](self, alarm_names)
        alarms.deleted(self, alarm_names)

    def enable_alarm_actions(self: Any, alarm_names: list[str]) -> None:
        plain["enable_alarm_actions"](self, alarm_names)
        alarms.switched(self, alarm_names, enabled=True)

    def disable_alarm_actions(self: Any, alarm_names: list[str]) -> None:
        plain["disable_alarm_actions"](self, alarm_names)
        alarms.switched(self, alarm_names, enabled=False)

    def set_alarm_state(self: Any, alarm_name: str, reason: str, reason_data: str, state_value: str) -> None:
        plain["set_alarm_state"](self, alarm_name, reason, reason_data, state_value)
        alarms.tried(self, alarm_name, state_value, reason, reason_data)

    def put_metric_data(self: Any, namespace: str, metric_data: list[dict[str, Any]]) -> None:
        plain["put_metric_data"](self, namespace, metric_data)
        metrics.put(self, namespace, metric_data, clock.now())

    def get_metric_statistics(self: Any, *args: Any, **kwargs: Any) -> Any:
        return reading.statistics(self, plain["get_metric_statistics"], module, *args, **kwargs)

    def get_metric_data(self: Any, *args: Any, **kwargs: Any) -> Any:
        return reading.data(self, plain["get_metric_data"], *args, **kwargs)

    def get_filtered_metrics(self: Any, *args: Any, **kwargs: Any) -> Any:
        return reading.listed(self, plain["get_filtered_metrics"], module, *args, **kwargs)

    for name, mended in (
        ("put_metric_alarm", put_metric_alarm),
        ("delete_alarms", delete_alarms),
        ("enable_alarm_actions", enable_alarm_actions),
        ("disable_alarm_actions", disable_alarm_actions),
        ("set_alarm_state", set_alarm_state),
        ("put_metric_data", put_metric_data),
        ("get_metric_statistics", get_metric_statistics),
        ("get_metric_data", get_metric_data),
        ("get_filtered_metrics", get_filtered_metrics),
    ):
        setattr(backend, name, mended)
