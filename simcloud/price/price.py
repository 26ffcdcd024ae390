"""From usage to bill."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from simcloud.price.around import capacity_lines, cluster_lines, data_lines, machine_lines, secret_lines, storage_lines
from simcloud.price.bill import Bill, BillLine, merged
from simcloud.price.fargate import task_lines
from simcloud.price.functions import function_lines
from simcloud.price.network import address_lines, balancer_lines, endpoint_lines, nat_lines
from simcloud.price.spell import Number, exact
from simcloud.price.usage import (
    AddressUsage,
    BalancerUsage,
    CapacityUsage,
    ClusterUsage,
    DataUsage,
    EndpointUsage,
    LambdaUsage,
    MachineUsage,
    NatUsage,
    SecretUsage,
    StorageUsage,
    TaskUsage,
    Usage,
)

_LINES: dict[type[Any], Callable[[Any], Iterator[BillLine]]] = {
    TaskUsage: task_lines,
    NatUsage: nat_lines,
    EndpointUsage: endpoint_lines,
    AddressUsage: address_lines,
    BalancerUsage: balancer_lines,
    CapacityUsage: capacity_lines,
    StorageUsage: storage_lines,
    DataUsage: data_lines,
    ClusterUsage: cluster_lines,
    MachineUsage: machine_lines,
    SecretUsage: secret_lines,
    LambdaUsage: function_lines,
}


def price(usage: Iterable[Usage], *, since: Number | None = None, until: Number | None = None) -> Bill:
    """The bill of all that was used, in us-east-1, in US dollars; of a period, where moments (epoch seconds) are given.

    A period's bill is what was billed until its end less what was billed until its beginning: an hour or a minimum
    stands in the period in which it begins, and is never billed twice. Raises ValueError for what has no price.
    """
    used = list(usage)
    whole = merged(line for each in _until(used, until) for line in _LINES[type(each)](each))
    if since is None:
        return whole
    return whole - merged(line for each in _until(used, since) for line in _LINES[type(each)](each))


def _until(usage: Iterable[Usage], moment: Number | None) -> Iterator[Usage]:
    if moment is None:
        yield from usage
        return
    end = exact(moment)
    for each in usage:
        part = each.until(end)
        if part is not None:
            yield part
