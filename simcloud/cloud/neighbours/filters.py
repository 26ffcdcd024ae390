"""The filters of EC2's Describe calls: a name that the API's own model does not list is refused, as EC2 does.

moto passes over a name that it does not know, or says that it is not simulated; a learner who mistypes one would get
everything in place of nothing, and take it for the answer.
"""

from __future__ import annotations

import functools
import re
from typing import Any

from simcloud.cloud.neighbours import asked
from simcloud.facts.words import neighbours as words

NAME = re.compile(r"Filter\.\d+\.Name")
"""The field of a filter's name in a form."""
CODE = re.compile(r"<code>([^<]+)</code>")
"""How the model's documentation writes the name of a filter; values stand like that too, which lets a few too many
through."""
USUAL = {
    "DescribeSubnets": {"default-for-az", "subnet-id", "vpc-id"},
    "DescribeVpcs": {"is-default", "vpc-id"},
    "DescribeSecurityGroups": {"group-id", "group-name", "vpc-id"},
    "DescribeRouteTables": {"association.main", "association.subnet-id", "vpc-id"},
    "DescribeVpcEndpoints": {"service-name", "vpc-id"},
}
"""What lessons begin with: for these EC2's model, the largest of all, is not opened."""


ITS_OWN_WORDS = "DescribeVpcEndpointServices"
"""It answers InvalidFilter, which moto knows."""


def refused(operation: str, request: Any) -> tuple[str, str] | None:
    """Code and text for the first filter that the operation does not have; None where it has them all."""
    if operation == ITS_OWN_WORDS:
        return None
    for field, name in asked.fields(request).items():
        if NAME.fullmatch(field) and name not in USUAL.get(operation, ()) and not _known(operation, name):
            return "InvalidParameterValue", str(words.NO_FILTER.format(name=name))
    return None


def _known(operation: str, name: str) -> bool:
    names = _names(operation)
    return not names or name in names or (name.startswith("tag:") and any(one.startswith("tag") for one in names))


@functools.cache
def _names(operation: str) -> frozenset[str]:
    """Every name that the model's text of the filters has; none where it has no such text."""
    from simcloud.cloud.routes import model

    known = model("ec2")
    shape = known.operation_model(operation).input_shape if operation in known.operation_names else None
    texts = (
        [one.documentation or "" for name, one in shape.members.items() if name.startswith("Filter")] if shape else []
    )
    return frozenset(name for text in texts for name in CODE.findall(text))
