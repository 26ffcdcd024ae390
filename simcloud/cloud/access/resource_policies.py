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


def has_only_word(action: str, policy: Policy | None) -> bool:
    """Has the resource's own policy the only word: a role's trust policy, a key's policy?"""
    return action.startswith("sts:AssumeRole") or (action.startswith("kms:") and policy is not None)


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

    held = _standing(sqs_backends, arn, call)
    queue = held.queues.get(arn.rsplit(":", 1)[-1]) if held else None
    return queue.policy if queue is not None else None


def _topic(arn: str, call: Call) -> Any:
    from moto.sns.models import sns_backends

    held = _standing(sns_backends, arn, call)
    topic = held.topics.get(arn) if held else None
    return topic.policy if topic is not None else None


def _secret(arn: str, call: Call) -> Any:
    from moto.secretsmanager.models import secretsmanager_backends

    held = _standing(secretsmanager_backends, arn, call)
    return held.secrets[arn].policy if held and arn in held.secrets else None


def _repository(arn: str, call: Call) -> Any:
    from moto.ecr.models import ecr_backends

    held = _standing(ecr_backends, arn, call)
    repository = held.repositories.get(arn.partition("repository/")[2]) if held else None
    return repository.policy if repository is not None else None


def _key(arn: str, call: Call) -> Any:
    from moto.kms.models import kms_backends

    held = _standing(kms_backends, arn, call)
    key = held.keys.get(arn.rsplit("/", 1)[-1]) if held else None
    return key.policy if key is not None else None


def _standing(registry: Any, arn: str, call: Call) -> Any:
    """moto's backend for the region of the call; None where nobody has used it yet: to look makes none."""
    account = account_of(arn)
    return registry[account][call.region] if account in registry and call.region in registry[account] else None


_HELD: dict[str, Callable[[str, Call], Any]] = {
    "s3": _bucket,
    "sqs": _queue,
    "sns": _topic,
    "secretsmanager": _secret,
    "ecr": _repository,
    "kms": _key,
}
"""By prefix of the action how the policy is found."""
