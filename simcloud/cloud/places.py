"""Which hosts end in the simulator: the exact names that AWS gives the services simulated here, and nothing else."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple
from urllib.parse import urlsplit

OWN = {
    "ecs": "ecs",
    "application-autoscaling": "application-autoscaling",
    "codedeploy": "codedeploy",
    "eks": "eks",
}
"""Services that simcloud answers itself: first label of the host, and boto3's name of the service."""

MOTOS = {
    "ec2": "ec2",
    "elasticloadbalancing": "elbv2",
    "api.ecr": "ecr",
    "elasticfilesystem": "efs",
    "logs": "logs",
    "monitoring": "cloudwatch",
    "secretsmanager": "secretsmanager",
    "servicediscovery": "servicediscovery",
    "data-servicediscovery": "servicediscovery",
    "xray": "xray",
    "firehose": "firehose",
    "ssm": "ssm",
    "kms": "kms",
    "sqs": "sqs",
    "sns": "sns",
    "events": "events",
    "scheduler": "scheduler",
    "cloudformation": "cloudformation",
    "sts": "sts",
    "s3": "s3",
}
"""Services that moto answers."""

INSTEAD = {
    "lambda": ". Run a task instead: for an event by a rule of EventBridge whose target is an ECS cluster",
    "pipes": ". Let an alarm on the queue's depth start tasks by a rule of EventBridge instead, or a service scale on"
    " the backlog per task",
    "states": ". Chain tasks by a rule of EventBridge on `ECS Task State Change` instead",
    "batch": ". Run tasks by a rule or a schedule of EventBridge instead",
}
"""Services that people reach for when events start tasks, and what does it here."""

GLOBAL = {"iam.amazonaws.com": "iam", "sts.amazonaws.com": "sts", "s3.amazonaws.com": "s3"}
"""Hosts without a region."""

SERVICES = frozenset({*OWN.values(), *MOTOS.values(), "iam"})

_REGIONAL = re.compile(r"(?P<prefix>[a-z0-9.-]+?)\.(?P<region>[a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com")
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]*\.s3(?:\.(?P<region>[a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com")


class Place(NamedTuple):
    """Where a request goes."""

    service: str
    region: str
    """'' for a host without a region."""


class Elsewhere(Exception):
    """The request would not end in the simulator; `str()` says why, in words that finish `it was not sent: ...`."""


@functools.cache
def regions() -> frozenset[str]:
    """The regions of the commercial partition that botocore knows."""
    from botocore.loaders import create_loader

    partitions = create_loader().load_data("endpoints")["partitions"]
    return frozenset(next(one for one in partitions if one["partition"] == "aws")["regions"])


def place(url: str) -> Place:
    """The service and region that a URL belongs to. Raises Elsewhere."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if parts.scheme not in ("http", "https") or parts.port not in (None, 80, 443) or parts.username is not None:
        raise Elsewhere(f"{_shown(parts.netloc)} is not an address of AWS")
    if host in GLOBAL:
        return Place(GLOBAL[host], "")
    if match := _BUCKET.fullmatch(host):
        return Place("s3", _known(match["region"]) if match["region"] else "")
    match = _REGIONAL.fullmatch(host)
    service = (OWN.get(match["prefix"]) or MOTOS.get(match["prefix"])) if match else None
    if match is None or service is None:
        instead = INSTEAD.get(match["prefix"], "") if match else ""
        raise Elsewhere(f"{_shown(host)} is not the address of a service that is simulated here{instead}")
    return Place(service, _known(match["region"]))


def _known(region: str) -> str:
    if region not in regions():
        raise Elsewhere(f"there is no region {region} in the partition aws")
    return region


def _shown(host: str) -> str:
    return host[:120] or "an empty host"
