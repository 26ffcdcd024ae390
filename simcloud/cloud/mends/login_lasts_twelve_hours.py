"""moto's ECR login expired in 2015. AWS's lasts twelve hours:
https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html (read 2026-11-22)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

from simcloud.cloud import clock

LASTS = timedelta(hours=12)


def mend(module: ModuleType) -> None:
    """Let it expire twelve simulated hours from now."""
    responses: Any = module.ECRResponse
    get = responses.get_authorization_token

    def get_authorization_token(self: Any) -> Any:
        result = get(self)
        for entry in result.result["authorizationData"]:
            entry["expiresAt"] = datetime.fromtimestamp(clock.now(), UTC) + LASTS
        return result

    responses.get_authorization_token = get_authorization_token
