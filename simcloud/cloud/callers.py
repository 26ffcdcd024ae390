"""Who calls: account and ARN, from the access key that signed the request."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

from simcloud.cloud.egress import ACCESS_KEY
from simcloud.cloud.live import Live

_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/")


class Caller(NamedTuple):
    """An account and an identity in it."""

    account: str
    arn: str


def key_of(headers: Mapping[str, Any]) -> str:
    """The access key id in the signature; the learner's own where the request is not signed."""
    value = headers.get("Authorization") or b""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    match = _CREDENTIAL.search(text)
    return match[1] if match else ACCESS_KEY


def learner(account: str) -> str:
    """The ARN of the identity that the learner works as."""
    return f"arn:aws:iam::{account}:user/learner"


def caller(key: str, live: Live) -> Caller:
    """The identity behind an access key: an assumed role, a user of moto's IAM, or the learner."""
    if key != ACCESS_KEY and "moto.sts.models" in sys.modules:
        from moto.iam.models import iam_backends
        from moto.sts.models import sts_backends

        for account, partitions in list(sts_backends.items()):
            for backend in list(partitions.values()):
                if role := backend.get_assumed_role_from_access_key(key):
                    return Caller(role.account_id, role.arn)
            user = iam_backends[account]["aws"].get_user_from_access_key_id(key)
            if user is not None:
                return Caller(user.account_id, user.arn)
    return Caller(live.account, learner(live.account))
