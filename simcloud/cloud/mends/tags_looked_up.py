"""moto finds the tags of one thing of EC2 by a regular expression made of its id, held against the tags of all things:
a millisecond for each new id, and most of what a long DescribeSubnets takes. They lie in a dict, by that id."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Look them up."""

    def get_tags(self: Any) -> list[dict[str, str]]:
        from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE, get_prefix

        held = self.ec2_backend.tags.get(self.id) if self.id else None
        if not held:
            return []
        kind = EC2_PREFIX_TO_RESOURCE.get(get_prefix(self.id), "")
        return [
            {"resource_id": self.id, "key": key, "value": value, "resource_type": kind} for key, value in held.items()
        ]

    module.TaggedEC2Resource.get_tags = get_tags
