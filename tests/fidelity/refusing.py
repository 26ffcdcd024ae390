"""How a refused definition is written down: the request, the law of ours, where, and AWS's code and whole text."""

from __future__ import annotations

from typing import Any

import pytest

C0, C1 = "containerDefinitions[0]", "containerDefinitions[1]"
INVALID = "InvalidParameterException"
row = pytest.mark.row


def case(
    name: str,
    request: dict[str, Any],
    law: str,
    at: str,
    text: str,
    *marks: pytest.MarkDecorator,
    code: str = "ClientException",
) -> Any:
    """One refused definition. The name begins with the row of the fact sheet, or carries what published the answer."""
    return pytest.param(request, law, at, text, code, id=name, marks=marks)


def not_among(value: str, member: str, values: str) -> str:
    """The text on a value that is not offered, after the one of DescribeTaskDefinition's `include`, which is recorded:
    https://github.com/radkawar/stackd (testdata/aws/ecs/controls.json)."""
    return f"{value} is not a valid value for {member}. The value must be one of [[{values}]]"
