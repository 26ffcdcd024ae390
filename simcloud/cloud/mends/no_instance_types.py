"""moto reads 92 files of instance types when EC2 is first used (a third of the wait). Fargate shows no instances; the
operations that would need these tables say that they are left out (leftout.py)."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Leave the tables empty."""
    changed: Any = module
    load = changed.load_resource

    def load_resource(resource: str) -> Any:
        if "instance_type_offerings" in resource:
            return []
        if resource == "ec2/resources/instance_types.json":
            return {}
        return load(resource)

    changed.load_resource = load_resource
