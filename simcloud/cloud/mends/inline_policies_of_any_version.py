"""moto demands the version 2012-10-17 of every policy. AWS demands it of managed policies; an inline policy may name
the version 2008-10-17 or none, which means the same
(https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html, read 2026-11-22)."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Let moto check a copy of the newer version, and keep what was sent."""
    backend: Any = module.IAMBackend
    for kind in ("role", "user", "group"):
        method = f"put_{kind}_policy"
        setattr(backend, method, _keeping(getattr(backend, method), f"get_{kind}"))


def _keeping(put: Callable[..., None], get: str) -> Callable[..., None]:
    def put_policy(self: Any, name: str, policy_name: str, policy_json: str) -> None:
        put(self, name, policy_name, _newer(policy_json))
        getattr(self, get)(name).put_policy(policy_name, policy_json)

    return put_policy


def _newer(document: str) -> str:
    """The same policy with the newer version, where it names the older one or none."""
    try:
        policy = json.loads(document)
    except ValueError:
        return document
    if not isinstance(policy, dict) or policy.get("Version", "2008-10-17") != "2008-10-17":
        return document
    return json.dumps({**policy, "Version": "2012-10-17"})
