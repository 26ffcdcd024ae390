"""moto calls whoever has no key of its own `sts:...:user/moto`, which no account has. The learner is an IAM user."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud.callers import learner

USER_ID = "AIDASIMULATEDLEARNER0"


def mend(module: ModuleType) -> None:
    """Name the learner."""
    backend: Any = module.STSBackend
    get = backend.get_caller_identity

    def get_caller_identity(self: Any, access_key_id: str, region: str) -> Any:
        session = self.get_assumed_role_from_access_key(access_key_id)
        if session is not None and ":role/" not in session.role_arn:
            return _of_session(self, session)
        user_id, arn, account = get(self, access_key_id, region)
        if arn.endswith(":user/moto"):
            return USER_ID, learner(account), account
        return user_id, arn, account

    backend.get_caller_identity = get_caller_identity


def _of_session(backend: Any, session: Any) -> tuple[str, str, str]:
    """A session that GetSessionToken gave is its user; one of GetFederationToken is whom that was asked for."""
    from moto.iam.models import iam_backends

    arn, account = session.role_arn, session.account_id
    if ":federated-user/" in arn:
        return f"{account}:{session.session_name}", arn, account
    users = iam_backends[account][backend.partition].users.values()
    return next((user.id for user in users if user.arn == arn), USER_ID), arn, account
