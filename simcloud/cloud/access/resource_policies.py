"""The policies that resources carry themselves, as moto holds them: roles, keys, buckets, queues, topics, secrets and
repositories. A resource that has none, or that is not there, has nothing to say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simcloud.cloud import identity
from simcloud.cloud.live import Call
from simcloud.reason.policy import Policy, account_of


def policy_of(arn: str, action: str, call: Call) -> Policy | None:
    """The policy of the resource with this ARN."""
    service = action.partition(":")[0]
    if action.startswith("sts:AssumeRole"):
        return _trust(arn)
    found = _HELD.get(service)
    text = found(arn, call) if found and (arn.startswith("arn:") or service == "s3") else None
    if not text:
        return None
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return Policy(f"the policy of {arn.rsplit(':', 1)[-1]}", identity.document(text))


def _trust(arn: str) -> Policy | None:
    role = identity.role_named(arn, account_of(arn)) if account_of(arn) else None
    if role is None:
        return None
    return Policy(f"the trust policy of {role.name}", identity.document(role.assume_role_policy_document))


def _bucket(arn: str, _: Call) -> Any:
    from moto.s3.models import s3_backends

    name = arn.split(":", 5)[-1].partition("/")[0]
    for partitions in list(s3_backends.values()):
        for backend in list(partitions.values()):
            if name in backend.buckets:
                return backend.buckets[name].policy
    return None


def _queue(arn: str, call: Call) -> Any:
    from moto.sqs.models import sqs_backends

    queue = sqs_backends[account_of(arn)][call.region].queues.get(arn.rsplit(":", 1)[-1])
    return queue.policy if queue is not None else None


def _topic(arn: str, call: Call) -> Any:
    from moto.sns.models import sns_backends

    topic = sns_backends[account_of(arn)][call.region].topics.get(arn)
    return topic.policy if topic is not None else None


def _secret(arn: str, call: Call) -> Any:
    from moto.secretsmanager.models import secretsmanager_backends

    held: Any = secretsmanager_backends[account_of(arn)][call.region].secrets
    return held[arn].policy if arn in held else None


def _repository(arn: str, call: Call) -> Any:
    from moto.ecr.models import ecr_backends

    held = ecr_backends[account_of(arn)][call.region].repositories.get(arn.partition("repository/")[2])
    return held.policy if held is not None else None


def _key(arn: str, call: Call) -> Any:
    from moto.kms.models import kms_backends

    held = kms_backends[account_of(arn)][call.region].keys.get(arn.rsplit("/", 1)[-1])
    return held.policy if held is not None else None


_HELD: dict[str, Callable[[str, Call], Any]] = {
    "s3": _bucket,
    "sqs": _queue,
    "sns": _topic,
    "secretsmanager": _secret,
    "ecr": _repository,
    "kms": _key,
}
"""By prefix of the action how the policy is found."""
