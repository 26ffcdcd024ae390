"""Who calls: account and ARN, from the access key that signed the request.

A key in the form of AWS's own (AKIA or ASIA and sixteen more) is looked up: it belongs to a user or to a session of the
simulated IAM, whose policies then judge every call (simcloud.cloud.access), or it is unknown and refused. Whatever else
a client is given as its key (`testing`, `test`, a name) is the learner, an administrator whom nothing judges.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from simcloud.cloud.egress import ACCESS_KEY
from simcloud.cloud.live import Live

_CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/")
_PRESIGNED = re.compile(r"[?&]X-Amz-Credential=([^/%&]+)(?:/|%2F)", re.IGNORECASE)
_LOOKED_UP = re.compile(r"(?:AKIA|ASIA)[A-Z0-9]{16}")


class Caller(NamedTuple):
    """An account and an identity in it."""

    account: str
    arn: str
    key: str = ""
    """The access key, where the call is to be judged by its owner's policies; '' for the learner."""


def key_of(headers: Mapping[str, Any], url: str = "") -> str:
    """The access key id in the signature; the learner's own where the request is not signed."""
    value = headers.get("Authorization") or b""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    match = _CREDENTIAL.search(text) or _PRESIGNED.search(url)
    return match[1] if match else ACCESS_KEY


def learner(account: str) -> str:
    """The ARN of the identity that the learner works as."""
    return f"arn:aws:iam::{account}:user/learner"


def caller(key: str, live: Live) -> Caller:
    """The identity behind an access key."""
    if not _LOOKED_UP.fullmatch(key):
        return Caller(live.account, learner(live.account))
    from simcloud.cloud.access import keys  # here, so that who calls as the learner does not wait for it

    return keys.caller(key, live)
