"""Is the thing there that an AWS call of a container's code is about? With the error that AWS gives where it is not.

Known for the services of moto that lessons use. Of a service that is not listed here, and of actions that make the
thing (Create..., PutParameter), nothing is said.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from simcloud.cloud.live import Live
from simcloud.facts.words import things as words

MAKING = ("Create", "Run", "Register", "PutParameter", "List", "Describe")
"""Actions that begin so need no thing of the name, or answer for many."""


def missing(live: Live, action: str, resource: str) -> tuple[str, str]:
    """Error code and text; nothing where the thing is there, or where that is not known."""
    service, _, operation = action.partition(":")
    parts = resource.split(":", 5)
    look = _LOOKS.get(service)
    if look is None or len(parts) < 6 or "*" in resource or operation.startswith(MAKING):
        return "", ""
    return look(live, operation, parts[3] or live.region, parts[4] or live.account, parts[5])


def _backend(service: str, account: str, region: str) -> Any:
    """moto's, where it was used in this process; a service that nobody has used holds nothing."""
    module = sys.modules.get(f"moto.{service}.models")
    if module is None:
        return None
    regions = getattr(module, f"{service}_backends")[account]
    return regions.get(region)


def _queue(live: Live, operation: str, region: str, account: str, rest: str) -> tuple[str, str]:
    held = _backend("sqs", account, region)
    there = held is not None and rest in held.queues
    return ("", "") if there else (words.NO_QUEUE_CODE, str(words.NO_QUEUE))


def _stored(live: Live, operation: str, region: str, account: str, rest: str) -> tuple[str, str]:
    module = sys.modules.get("moto.s3.models")
    name, _, key = rest.partition("/")
    buckets = [backend.buckets for one in module.s3_backends.values() for backend in one.values()] if module else []
    bucket = next((held[name] for held in buckets if name in held), None)
    if bucket is None:
        return "NoSuchBucket", str(words.NO_BUCKET)
    lacks = operation in ("GetObject", "HeadObject") and key and key not in bucket.keys
    return ("NoSuchKey", str(words.NO_KEY)) if lacks else ("", "")


def _table(live: Live, operation: str, region: str, account: str, rest: str) -> tuple[str, str]:
    held = _backend("dynamodb", account, region)
    there = held is not None and rest.split("/")[1:2] and rest.split("/")[1] in held.tables
    return ("", "") if there else ("ResourceNotFoundException", str(words.NO_TABLE))


def _topic(live: Live, operation: str, region: str, account: str, rest: str) -> tuple[str, str]:
    held = _backend("sns", account, region)
    there = held is not None and f"arn:aws:sns:{region}:{account}:{rest}" in held.topics
    return ("", "") if there else ("NotFound", str(words.NO_TOPIC))


def _secret(live: Live, operation: str, region: str, account: str, rest: str) -> tuple[str, str]:
    held = _backend("secretsmanager", account, region)
    there = held is not None and held.secrets.get(f"arn:aws:secretsmanager:{region}:{account}:{rest}") is not None
    return ("", "") if there else ("ResourceNotFoundException", str(words.NO_SECRET))


def _parameter(live: Live, operation: str, region: str, account: str, rest: str) -> tuple[str, str]:
    name, held = rest.removeprefix("parameter"), _backend("ssm", account, region)
    there = held is not None and (held.get_parameter(name) or held.get_parameter(name.lstrip("/"))) is not None
    return ("", "") if there or operation == "GetParameters" else ("ParameterNotFound", str(words.NO_PARAMETER))


def _stream(live: Live, operation: str, region: str, account: str, rest: str) -> tuple[str, str]:
    name, held = rest.rpartition("/")[2], _backend("firehose", account, region)
    there = held is not None and name in held.delivery_streams
    text = words.NO_STREAM.format(name=name, account=account)
    return ("", "") if there else ("ResourceNotFoundException", text)


_LOOKS: dict[str, Callable[[Live, str, str, str, str], tuple[str, str]]] = {
    "sqs": _queue,
    "s3": _stored,
    "dynamodb": _table,
    "sns": _topic,
    "secretsmanager": _secret,
    "ssm": _parameter,
    "firehose": _stream,
}
