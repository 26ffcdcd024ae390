"""A simulated AWS that refuses what AWS refuses and then lets time pass.

`import simcloud` is cheap on purpose (no boto3, no moto); what is heavy is loaded when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud as Cloud

__all__ = ["Cloud"]


def __getattr__(name: str) -> Any:
    if name == "Cloud":
        from simcloud.cloud.cloud import Cloud

        return Cloud
    raise AttributeError(f"module 'simcloud' has no attribute {name!r}")
