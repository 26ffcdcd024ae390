"""moto calls whoever has no key of its own `sts:...:user/moto`, which no account has. The learner is an IAM user."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud.callers import learner
from simcloud.cloud.egress import ACCESS_KEY

USER_ID = "AIDASIMULATEDLEARNER0"


def mend(module: ModuleType) -> None:
    """Name the learner."""
    backend: Any = module.STSBackend
    get = backend.get_caller_identity

    def get_caller_identity(self: Any, access_key_id: str, region: str) -> Any:
        if access_key_id == ACCESS_KEY:
            return USER_ID, learner(self.account_id), self.account_id
        return get(self, access_key_id, region)

    backend.get_caller_identity = get_caller_identity
