"""From an access key of the simulated IAM to its owner. Looks into what moto has loaded, and loads nothing.

A key that nobody can have made, because moto's IAM was never called, is unknown.
"""

from __future__ import annotations

import sys
from typing import Any, NamedTuple

from simcloud.cloud.callers import Caller, learner
from simcloud.cloud.live import Live

PARTITION = "aws"


class Held(NamedTuple):
    """A key that exists."""

    account: str
    user: Any = None
    """moto's user whose long-term key it is, or whose session."""
    session: Any = None
    """moto's AssumedRole, where the key is temporary."""
    active: bool = True

    @property
    def arn(self) -> str:
        """The ARN that AWS names the caller by."""
        if self.user is not None:
            return str(self.user.arn)
        return str(self.session.role_arn if self.of_nobody else self.session.arn)

    @property
    def of_nobody(self) -> bool:
        """A session of no role: of a federated user, or of the learner."""
        return ":role/" not in str(self.session.role_arn)

    @property
    def expired(self) -> bool:
        """Has the session ended, in simulated time?"""
        from moto.core.utils import utcnow

        return self.session is not None and bool(self.session.expiration <= utcnow())


def find(key: str) -> Held | None:
    """The owner of a key, in whatever account; None for one that nobody has."""
    if "moto.iam.models" not in sys.modules:
        return None
    return _session(key) or _user(key)


def caller(key: str, live: Live) -> Caller:
    """Who calls with this key. An unknown one is refused later; a session of the learner's own is the learner."""
    held = find(key)
    if held is None:
        return Caller(live.account, learner(live.account), key)
    judged = held.expired or held.arn != learner(held.account)
    return Caller(held.account, held.arn, key if judged else "")


def _session(key: str) -> Held | None:
    if "moto.sts.models" not in sys.modules:
        return None
    from moto.sts.models import sts_backends

    for account, partitions in list(sts_backends.items()):
        for backend in list(partitions.values()):
            found = backend.get_assumed_role_from_access_key(key)
            if found is not None:
                return Held(account, _user_named(account, found.role_arn), found)
    return None


def _user(key: str) -> Held | None:
    from moto.iam.models import iam_backends

    for account, partitions in list(iam_backends.items()):
        for user in [user for backend in list(partitions.values()) for user in backend.users.values()]:
            for held in user.access_keys:
                if held.access_key_id == key:
                    return Held(account, user, active=held.status == "Active")
    return None


def _user_named(account: str, arn: str) -> Any | None:
    """The user whose session it is; None for a session of a role."""
    if ":user/" not in arn:
        return None
    from moto.iam.models import iam_backends

    return next((user for user in iam_backends[account][PARTITION].users.values() if user.arn == arn), None)
