"""How a refused request of EKS is written down: a function of the world that it is made in, the law, and AWS's text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from eks_as_written import OTHER, World

Make = Callable[[World], dict[str, Any]]
PARAMETER, REQUEST = "InvalidParameterException", "InvalidRequestException"
IN_USE, NOT_FOUND = "ResourceInUseException", "ResourceNotFoundException"
DENIED, ZONE = "AccessDeniedException", "UnsupportedAvailabilityZoneException"
STATUS = {IN_USE: 409, NOT_FOUND: 404, "NotFoundException": 404, DENIED: 403}
PF = "cdk-preflight"
"""https://github.com/badmintoncryer/cdk-preflight: rules/eks, deployed to the real AWS on 2026-09-25."""
MOTO = "moto"
"""https://github.com/getmoto/moto: eks/models.py, texts obtained from the actual API."""
row = pytest.mark.row


def case(title: str, operation: str, make: Make, law: str, text: str, *marks: Any, code: str = PARAMETER) -> Any:
    """A refused request; `{name}` in the text is an id of the world."""
    return pytest.param(operation, make, law, text, code, id=title, marks=marks)


def cluster(title: str, law: str, text: str, *marks: Any, code: str = PARAMETER, **changes: Any) -> Any:
    """A refused CreateCluster; subnets are named by `network=[...]`, with more members in `vpc={...}`."""
    subnets, vpc = changes.pop("network", None), changes.pop("vpc", {})

    def make(world: World) -> dict[str, Any]:
        asked = dict(changes)
        if subnets is not None or vpc:
            found = {
                key: [world.ids.get(one, one) for one in value] if isinstance(value, list) else value
                for key, value in vpc.items()
            }
            asked["resourcesVpcConfig"] = world.network(*(subnets or ()), **found)
        return world.cluster(**asked)

    return case(title, "create_cluster", make, law, text, *marks, code=code)


def profile(title: str, law: str, text: str, *marks: Any, code: str = PARAMETER, **changes: Any) -> Any:
    """A refused CreateFargateProfile; subnets by name in `at=[...]`, the role by name in `role`."""
    subnets, role = changes.pop("at", ()), changes.pop("role", "pods")

    def make(world: World) -> dict[str, Any]:
        return world.profile(*subnets, **{"podExecutionRoleArn": world.ids.get(role, role), **changes})

    return case(title, "create_fargate_profile", make, law, text, *marks, code=code)


def nodes(title: str, law: str, text: str, *, code: str = PARAMETER, role: str = "nodes", **changes: Any) -> Any:
    """A refused CreateNodegroup."""

    def make(world: World) -> dict[str, Any]:
        asked = {"nodegroupName": "new", "nodeRole": world.ids.get(role, role), **changes}
        if "subnets" in asked:
            asked["subnets"] = [world.ids.get(each, each) for each in asked["subnets"]]
        return world.nodegroup(**asked)

    return case(title, "create_nodegroup", make, law, text, code=code)


def entry(title: str, law: str, text: str, *, code: str = PARAMETER, principal: str = "nodes", **changes: Any) -> Any:
    """A refused CreateAccessEntry."""

    def make(world: World) -> dict[str, Any]:
        return {"clusterName": "ready", "principalArn": world.ids.get(principal, principal), **changes}

    return case(title, "create_access_entry", make, law, text, code=code)


def plain(title: str, operation: str, law: str, text: str, *marks: Any, code: str = PARAMETER, **request: Any) -> Any:
    """A refused request that holds no id."""
    return case(title, operation, lambda world: request, law, text, *marks, code=code)


NAME_FORM = (
    'The {} name parameter contains invalid characters. It should conform to the regular expression "^[0-9A-Za-z]'
    '[A-Za-z0-9-_]*"In other words, it should start with a number or letter, and can contain numbers, letters, dashes, '
    "and underscores."
)
FOREIGN = f"arn:aws:iam::{OTHER}:role/r"
