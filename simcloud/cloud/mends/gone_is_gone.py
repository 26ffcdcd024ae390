"""DeleteTargetGroup of a group that is gone, and DeregisterTargets of what is not there, succeed; moto refuses both.

Recorded on 27 September 2026: https://github.com/radkawar/stackd (testdata/aws/elbv2/target_group_native.json).
"""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Take away what is there."""
    backend: Any = module.ELBv2Backend
    delete, deregister = backend.delete_target_group, backend.deregister_targets

    def delete_target_group(self: Any, target_group_arn: str) -> Any:
        return delete(self, target_group_arn) if target_group_arn in self.target_groups else None

    def deregister_targets(self: Any, target_group_arn: str, instances: list[Any]) -> None:
        group = self.target_groups.get(target_group_arn)
        held = instances if group is None else [one for one in instances if one["Id"] in group.targets]
        deregister(self, target_group_arn, held)

    backend.delete_target_group = delete_target_group
    backend.deregister_targets = deregister_targets
