"""moto knows the pattern of repository names that ECR had in 2021: two underscores or hyphens in a row, which AWS
takes, are refused. And it knows the lifecycle policies of that time: no transition to the archive, no count of days
since the last pull. Both are judged by laws (FG467, FG470 to FG472), so moto need not.

Pattern: API model of botocore 1.44.5; policies:
https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html (read 2026-11-22)."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Let pass what the laws let pass."""
    changed: Any = module
    changed.ECR_REPOSITORY_NAME_PATTERN = ".+"
    changed.EcrLifecyclePolicyValidator.validate = lambda self: None
