"""moto keeps the schedules of EventBridge Scheduler and never runs them; it breaks where a group does not exist, and
finds a schedule by its name alone. Here the simulation runs them."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Tell the simulation of every schedule."""
    from simcloud.cloud.events import schedules

    backend: Any = module.EventBridgeSchedulerBackend
    plain_create, plain_update = backend.create_schedule, backend.update_schedule
    plain_delete, plain_group = backend.delete_schedule, backend.delete_schedule_group

    def create_schedule(self: Any, *args: Any, group_name: str | None = None, **kwargs: Any) -> Any:
        self.get_schedule_group(group_name)
        made = plain_create(self, *args, group_name=group_name, **kwargs)
        schedules.put(self, made)
        return made

    def update_schedule(self: Any, *args: Any, **kwargs: Any) -> Any:
        made = plain_update(self, *args, **kwargs)
        made.state = made.state or "ENABLED"
        schedules.put(self, made)
        return made

    def delete_schedule(self: Any, group_name: str | None, name: str) -> None:
        gone = self.get_schedule(group_name, name)
        plain_delete(self, group_name, name)
        schedules.deleted(self, gone.arn)

    def delete_schedule_group(self: Any, name: str | None) -> None:
        group = self.get_schedule_group(name)
        plain_group(self, name)
        for each in group.schedules.values():
            schedules.deleted(self, each.arn)

    backend.create_schedule, backend.update_schedule = create_schedule, update_schedule
    backend.delete_schedule, backend.delete_schedule_group = delete_schedule, delete_schedule_group
