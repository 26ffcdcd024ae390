"""moto's default security groups admit nobody. In AWS the default group of a VPC admits everything from itself
(https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html, read 2026-11-22)."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Give a default group its rule. The rule's id comes from the group's, so that no other id moves."""
    from simcloud.cloud import entropy

    backend: Any = module.SecurityGroupBackend
    create = backend.create_security_group

    def create_security_group(self: Any, *args: Any, **kwargs: Any) -> Any:
        group = create(self, *args, **kwargs)
        if group.is_default:
            with entropy.own_seed("default group", group.id):
                self.authorize_security_group_ingress(
                    group.id, "-1", "-1", "-1", [], source_groups=[{"GroupId": group.id}], vpc_id=group.vpc_id
                )
        return group

    backend.create_security_group = create_security_group
