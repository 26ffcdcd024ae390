"""From usage to bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simcloud.price.bill import Bill, BillLine, merged
from simcloud.price.fargate import task_lines
from simcloud.price.network import address_lines, balancer_lines, endpoint_lines, nat_lines
from simcloud.price.usage import AddressUsage, EndpointUsage, NatUsage, TaskUsage, Usage


def price(usage: Iterable[Usage]) -> Bill:
    """The bill of all that was used, in us-east-1, in US dollars."""
    return merged(line for used in usage for line in _lines(used))


def _lines(used: Usage) -> Iterator[BillLine]:
    if isinstance(used, TaskUsage):
        return task_lines(used)
    if isinstance(used, NatUsage):
        return nat_lines(used)
    if isinstance(used, EndpointUsage):
        return endpoint_lines(used)
    if isinstance(used, AddressUsage):
        return address_lines(used)
    return balancer_lines(used)
