"""Asymmetric keys are made by OpenSSL, whose randomness no seed reaches: two runs could not be equal. The course needs
symmetric keys alone (secrets, ECR, log groups), so the others say that they are not simulated."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from simcloud.cloud.errors import NotSimulated

_SEEDED = frozenset({"SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512", ""})


def mend(module: ModuleType) -> None:
    """Refuse to make an asymmetric key."""
    backend: Any = module.KmsBackend
    make = backend.create_key

    def create_key(self: Any, *args: Any, **kwargs: Any) -> Any:
        spec = kwargs.get("key_spec", args[2] if len(args) > 2 else None) or ""
        if spec not in _SEEDED:
            raise NotSimulated("kms", f"CreateKey with KeySpec={spec}", "Leave KeySpec out for a symmetric key.")
        return make(self, *args, **kwargs)

    backend.create_key = create_key
