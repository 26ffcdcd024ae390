"""moto keeps every instance of every model for its dashboard, for ever: old worlds and copies would never be freed."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Make instances without keeping them, and without a call of Python for each: a copy of a world makes thousands.

    The two bases are made anew, since Python goes on calling a `__new__` that was taken away from a class.
    """
    kept: Any = module.BaseModel
    bare = module.BaseModel = _again(kept, kept.__bases__)  # type: ignore[attr-defined]
    module.CloudFormationModel = _again(module.CloudFormationModel, (bare,))  # type: ignore[attr-defined]


def _again(kept: Any, bases: tuple[type, ...]) -> Any:
    body = {name: one for name, one in vars(kept).items() if name not in ("__new__", "__dict__", "__weakref__")}
    return type(kept)(kept.__name__, bases, body)
