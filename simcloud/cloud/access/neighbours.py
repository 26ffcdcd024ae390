"""The services that moto answers: which action an operation is, and on what.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
An action has its operation's name but for a few. Each service has a table: the member of a request that names a
resource, and how its ARN is written. The first member that the request has decides; where it has none, the resource is
left open (`SOME_RESOURCE`) for a change, and none for what the tables below name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from simcloud.cloud.access import ec2, iam
from simcloud.cloud.access.ask import NO_RESOURCE, SOME_RESOURCE, Ask, Structure, of_tags, text, texts
from simcloud.cloud.access.forms import SPELT
from simcloud.cloud.live import Call

ACTIONS = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
    "sns:PublishBatch": "sns:Publish",
}
"""Operations whose action has another name."""
FREE = frozenset({"sts:GetCallerIdentity", "sts:GetSessionToken", "sts:AssumeRoleWithSAML"})
FREE |= {"sts:AssumeRoleWithWebIdentity"}
"""Operations that need no permission, and that no policy can take away."""

_GROUP = "log-group:{}:log-stream:"
_STREAM = "log-group:{logGroupName}:log-stream:{logStreamName}"
MEMBERS: dict[str, tuple[tuple[str, str], ...]] = {
    "logs": (
        ("logStreamName", _STREAM),
        ("logGroupName", _GROUP),
        ("logGroupIdentifier", _GROUP),
        ("resourceArn", "{}"),
    ),
    "ecr": (("repositoryName", "repository/{}"), ("repositoryNames", "repository/{}"), ("resourceArn", "{}")),
    "secretsmanager": (("SecretId", "secret:{}"), ("Name", "secret:{}")),
    "ssm": (
        ("Name", "parameter/{}"),
        ("Names", "parameter/{}"),
        ("Path", "parameter/{}"),
        ("ResourceId", "parameter/{}"),
    ),
    "events": (
        ("Rule", "rule/{}"),
        ("Name", "rule/{}"),
        ("EventBusName", "event-bus/{}"),
        ("ResourceARN", "{}"),
    ),
    "scheduler": (("Name", "schedule/{}"), ("ResourceArn", "{}")),
    "sqs": (("QueueUrl", "{}"), ("QueueName", "{}")),
    "sns": (("TopicArn", "{}"), ("ResourceArn", "{}"), ("Name", "{}"), ("SubscriptionArn", "{}")),
    "elbv2": (
        ("LoadBalancerArn", "{}"),
        ("ListenerArn", "{}"),
        ("RuleArn", "{}"),
        ("TargetGroupArn", "{}"),
        ("ResourceArns", "{}"),
    ),
    "efs": (
        ("AccessPointId", "access-point/{}"),
        ("FileSystemId", "file-system/{}"),
        ("ResourceId", "file-system/{}"),
    ),
    "servicediscovery": (
        ("ServiceId", "service/{}"),
        ("Id", "{}"),
        ("NamespaceId", "namespace/{}"),
        ("ResourceARN", "{}"),
    ),
    "cloudwatch": (
        ("AlarmName", "alarm:{}"),
        ("AlarmNames", "alarm:{}"),
        ("ResourceARN", "{}"),
    ),
    "kms": (("KeyId", "{}"), ("TargetKeyId", "{}")),
    "sts": (("RoleArn", "{}"),),
}
"""By service the members that name a resource, and its ARN after account and region."""

WHOLE = {
    "ecr:DescribeRepositories": "repository/*",
    "logs:DescribeLogGroups": "log-group::log-stream:",
    "ssm:DescribeParameters": "*",
    "sns:ListTopics": "*",
    "sns:ListSubscriptions": "*",
    "sqs:ListQueues": "",
    "events:ListRules": "rule/*",
    "events:ListEventBuses": "event-bus/*",
    "events:PutEvents": "event-bus/default",
    "elasticfilesystem:DescribeFileSystems": "file-system/*",
    "elasticfilesystem:DescribeAccessPoints": "access-point/*",
    "cloudwatch:DescribeAlarms": "alarm:*",
}
"""Actions that are about all things of a kind where the request names none."""

_READS = re.compile(r"(Describe|List|Get|Search|Batch|Discover)")
_NONE = frozenset(
    {
        "ecr:GetAuthorizationToken",
        "ecr:PutReplicationConfiguration",
        "cloudwatch:PutMetricData",
        "kms:CreateKey",
        "kms:GenerateRandom",
        "servicediscovery:CreateHttpNamespace",
        "servicediscovery:CreatePrivateDnsNamespace",
        "servicediscovery:CreatePublicDnsNamespace",
        "elasticfilesystem:CreateFileSystem",
    }
)
_MADE_BY_ELB = {
    "CreateLoadBalancer": "loadbalancer/{kind}/{name}/*",
    "CreateTargetGroup": "targetgroup/{name}/*",
}
_KINDS = {"network": "net", "gateway": "gwy"}


def asks(service: str, operation: str, request: Structure, call: Call) -> Iterator[Ask]:
    """What the operation needs of IAM."""
    if service == "ec2":
        yield from ec2.asks(operation, request, call)
        return
    if service == "iam":
        yield from iam.asks(operation, request, call)
        return
    action = f"{SPELT.get(service, service)}:{operation}"
    action = ACTIONS.get(action, action)
    if action in FREE:
        return
    context = of_tags(request) | _context(service, request)
    for resource, shown in _resources(service, operation, action, request, call):
        yield Ask(action, resource, context, shown)


def _resources(
    service: str, operation: str, action: str, request: Structure, call: Call
) -> Iterator[tuple[str, str | None]]:
    if service == "elbv2" and operation in _MADE_BY_ELB:
        kind = _KINDS.get(text(request.get("Type")), "app")
        made = _MADE_BY_ELB[operation].format(kind=kind, name=text(request.get("Name")))
        yield _arn(service, call, made), None
        return
    if service == "elbv2" and operation.startswith("Describe"):
        yield NO_RESOURCE, None
        return
    if service == "scheduler" and "ScheduleGroup" in operation and request.get("Name"):
        yield _arn(service, call, f"schedule-group/{text(request['Name'])}"), None
        return
    for member, form in MEMBERS.get(service, ()):
        given = request.get(member)
        named = [given] if isinstance(given, str) and given else texts(given)
        if named:
            for each in named:
                yield _named(service, call, form, each, request)
            return
    if action in WHOLE:
        yield _arn(service, call, WHOLE[action]), None
    elif action in _NONE or _READS.match(operation):
        yield NO_RESOURCE, None
    else:
        yield SOME_RESOURCE, None


def _named(service: str, call: Call, form: str, named: str, request: Structure) -> tuple[str, str | None]:
    """The ARN, and what AWS's message calls it where that is something else."""
    if service == "secretsmanager":
        return _secret(call, named)
    if service == "kms":
        return _key(call, named), None
    if named.startswith("arn:") and form != _STREAM:
        return named, None
    if form == _STREAM:
        form, named = form.format_map({**request, "logGroupName": text(request.get("logGroupName"))}), ""
    if service == "ssm":
        named = named.lstrip("/")
    if service == "sqs":
        named = named.rsplit("/", 1)[-1]
    if service == "servicediscovery" and form == "{}":
        form = "namespace/{}" if named.startswith("ns-") else "service/{}"
    if service == "scheduler" and form == "schedule/{}":
        form = f"schedule/{text(request.get('GroupName')) or 'default'}/{{}}"
    if service == "events" and form == "rule/{}" and text(request.get("EventBusName")) not in ("", "default"):
        form = f"rule/{request['EventBusName'].rsplit('/', 1)[-1]}/{{}}"
    return _arn(service, call, form.format(named)), None


def _arn(service: str, call: Call, rest: str) -> str:
    region = "" if service == "sts" else call.region
    return f"arn:aws:{SPELT.get(service, service)}:{region}:{call.account}:{rest}"


def _secret(call: Call, named: str) -> tuple[str, str | None]:
    """A secret by its ARN or name. AWS repeats what the request called it."""
    from moto.secretsmanager.models import secretsmanager_backends

    held = secretsmanager_backends[call.account][call.region].secrets
    if named in held:
        return str(held[named].arn), named
    return named if named.startswith("arn:") else _arn("secretsmanager", call, f"secret:{named}"), named


def _key(call: Call, named: str) -> str:
    """A key by its id, ARN or alias."""
    from moto.kms.models import kms_backends

    held: dict[str, Any] = kms_backends[call.account][call.region].keys
    bare = named.split(":", 5)[-1].removeprefix("key/")
    if bare.startswith("alias/"):
        bare = next((identity for identity, key in held.items() if bare in key.aliases), bare)
    return _arn("kms", call, bare if bare.startswith("alias/") else f"key/{bare}")


def _context(service: str, request: Structure) -> dict[str, str | list[str]]:
    """The condition keys of a service that a request tells."""
    found: dict[str, str | list[str]] = {}
    if service == "sts":
        for key, member in (("sts:ExternalId", "ExternalId"), ("sts:RoleSessionName", "RoleSessionName")):
            found |= {key: text(request[member])} if request.get(member) else {}
    if service == "cloudwatch" and request.get("Namespace"):
        found["cloudwatch:namespace"] = text(request["Namespace"])
    if service == "ssm" and "Recursive" in request:
        found["ssm:Recursive"] = str(bool(request["Recursive"])).lower()
    if service == "secretsmanager" and request.get("SecretId"):
        found["secretsmanager:SecretId"] = text(request["SecretId"])
        found["secretsmanager:VersionStage"] = text(request.get("VersionStage")) or "AWSCURRENT"
    return found
