"""How each service says it: code, text and status of a denial, of an unknown key and of a session that has ended."""

from __future__ import annotations

from typing import NamedTuple

from simcloud.cloud.access.ask import Ask
from simcloud.cloud.routes import model
from simcloud.facts.words import access as words

UNKNOWN, EXPIRED = "unknown", "expired"


class Said(NamedTuple):
    """An error of AWS's."""

    code: str
    text: str
    status: int


SPELT = {
    "elbv2": "elasticloadbalancing",
    "efs": "elasticfilesystem",
}
"""boto3's name of a service -> the prefix of its actions, where the two differ."""
_CODES = {"ec2": "UnauthorizedOperation", "sns": "AuthorizationError"}
_NAMELESS = frozenset({"ec2", "elbv2", "cloudwatch", "s3"})
"""Services that name no resource where the action knows none."""


def denied(service: str, ask: Ask, caller: str, because: str) -> Said:
    """The caller may not. `because` is AWS's tail."""
    action, resource = _action(service, ask.action), ask.named
    because = because.replace(ask.action, action)
    status = 403 if _xml(service) or service in ("eks", "efs", "sqs") else 400
    if service == "efs":
        text = words.ACCESS_DENIED_BY_EFS.format(caller=caller, action=action)
    elif ask.action.startswith("sts:AssumeRole") and because.startswith("because"):
        text = words.ACCESS_DENIED_BY_STS.format(caller=caller, action=action, resource=resource)
    elif not resource or (resource == "*" and service in _NAMELESS):
        text = words.ACCESS_DENIED_AT_ALL.format(caller=caller, action=action, because=because)
    else:
        resource = f'"{resource}"' if service == "s3" else resource
        text = words.ACCESS_DENIED.format(caller=caller, action=action, resource=resource, because=because)
    if service == "ec2":
        text = words.ACCESS_DENIED_BY_EC2.format(denied=text)
    return Said(_code(service), text, status)


def stranger(service: str, what: str) -> Said:
    """The key is unknown or inactive (`UNKNOWN`), or its session has ended (`EXPIRED`)."""
    known = what == UNKNOWN
    if service == "ec2":
        unknown, expired = ("AuthFailure", words.EC2_KEY_UNKNOWN), ("RequestExpired", words.EC2_SESSION_OVER)
        return Said(*(unknown if known else expired), 401 if known else 400)
    if service == "s3":
        unknown, expired = ("InvalidAccessKeyId", words.S3_KEY_UNKNOWN), ("ExpiredToken", words.S3_SESSION_OVER)
        return Said(*(unknown if known else expired), 403 if known else 400)
    if _xml(service) or service in ("sqs", "cloudwatch"):
        unknown, expired = ("InvalidClientTokenId", words.KEY_UNKNOWN), ("ExpiredToken", words.SESSION_OVER)
        return Said(*(unknown if known else expired), 403)
    unknown, expired = (
        ("UnrecognizedClientException", words.KEY_UNKNOWN),
        ("ExpiredTokenException", words.SESSION_OVER),
    )
    return Said(*(unknown if known else expired), 403 if service in ("eks", "efs") else 400)


def _code(service: str) -> str:
    if service in _CODES:
        return _CODES[service]
    return "AccessDenied" if _xml(service) or service in ("sqs", "cloudwatch") else "AccessDeniedException"


def _xml(service: str) -> bool:
    return model(service).metadata["protocol"] in ("query", "ec2", "rest-xml")


def _action(service: str, action: str) -> str:
    """As the service spells it: SQS in small letters, SNS in capitals."""
    if not action.startswith(f"{service}:"):
        return action
    if service == "sqs":
        return action.lower()
    return action.replace("sns:", "SNS:") if service == "sns" else action
