"""The front door of moto's services: a request is judged by our laws before moto sees it.

It stands in `door._ask_moto` and not at `BaseResponse.call_action`: there S3 passes by, DynamoDB has its own, some
services have parsed parameters and some have none. Here every request is read by botocore's model, in one way for all
protocols, and a refusal is written in the protocol of the request, so that a client in this process and one that comes
through the server get the same bytes.
"""

from __future__ import annotations

from typing import Any

from simcloud.cloud import notes
from simcloud.cloud.live import Call
from simcloud.cloud.wire import Answer
from simcloud.rules.refusal import Refusal

PREFIXES = {"elbv2": "elasticloadbalancing", "efs": "elasticfilesystem"}
"""boto3's name of a service -> the name that its actions have, where the two differ."""


READS = ("Describe", "Get", "List")
"""How operations begin that change nothing: there is no law on them, so a first look does not wait for the laws. Of
EC2's the names of the filters are looked at."""


def refused(service: str, operation: str, request: Any, call: Call) -> Answer | None:
    """The error that AWS would answer, or None where moto may go on. Changes nothing."""
    if operation.startswith(READS):
        return _with_no_such_filter(operation, request) if service == "ec2" else None
    from simcloud.rules.engine import judge, laws

    name = f"{PREFIXES.get(service, service)}:{operation}"
    if not laws(name):
        return None
    from simcloud.cloud.neighbours import answered, asked, limits, seen

    understood = asked.read(service, operation, request)
    if understood is None or understood.request.get("DryRun") is True:
        return None  # moto says what is wrong with a request that cannot be read, and that a dry run would be allowed
    view = seen.gather(call, limits.broken(understood.shape, understood.request), operation)
    refusals = judge(name, understood.request, view)
    if not refusals:
        return None
    notes.explain(refusals)
    return answered.error(service, understood.protocol, _first(refusals))


def _with_no_such_filter(operation: str, request: Any) -> Answer | None:
    """The error for a filter that the operation does not have."""
    from simcloud.cloud.neighbours import filters

    found = filters.refused(operation, request)
    if found is None:
        return None
    from simcloud.cloud.neighbours import answered

    return answered.error("ec2", "ec2", found)


def _first(refusals: list[Refusal]) -> tuple[str, str]:
    return refusals[0].code, str(refusals[0].aws)
