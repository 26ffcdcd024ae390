"""moto's AssumeRole forgets PolicyArns and Tags, and its GetSessionToken and GetFederationToken give everybody one key
of AWS's documentation, which belongs to nobody. A session keeps what limits it, and every key has an owner."""

from __future__ import annotations

from types import ModuleType
from typing import Any

HOURS_12 = 43_200
PACKED = 6
"""PackedPolicySize, as moto answers it elsewhere."""


def mend(module: ModuleType) -> None:
    """Keep them, and make the keys."""
    response: Any = module.TokenResponse
    assume_role = response.assume_role

    def assume(self: Any) -> Any:
        answer = assume_role(self)
        made = answer.result["Credentials"]
        made.policy_arns = [each["arn"] for each in self._get_param("PolicyArns") or ()]
        made.tags = {each["Key"]: each.get("Value", "") for each in self._get_param("Tags") or ()}
        return answer

    def session(self: Any, of: str, name: str, policy: str | None) -> Any:
        return self.backend.assume_role(
            region_name=self.region,
            role_session_name=name,
            role_arn=of,
            policy=policy,
            duration=self._get_int_param("DurationSeconds", HOURS_12),
            external_id=None,
        )

    def get_session_token(self: Any) -> Any:
        _, arn, _ = self.backend.get_caller_identity(self.get_access_key(), self.region)
        return module.ActionResult({"Credentials": session(self, arn, arn.rsplit("/", 1)[-1], None)})

    get_federation_token = response.get_federation_token

    def federate(self: Any) -> Any:
        answer = get_federation_token(self)
        user = answer.result["FederatedUser"]
        answer.result["Credentials"] = session(self, user["Arn"], self._get_param("Name"), self._get_param("Policy"))
        return answer

    response.assume_role = assume
    response.get_session_token = get_session_token
    response.get_federation_token = federate
