"""moto keeps every instance of every model for its dashboard, for ever: old worlds and copies would never be freed."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Make instances without keeping them, and without a call of Python for each: a copy of a world makes thousands.

    The two bases are made anew, since Python goes on calling a `__new__` that was taken away from a class. Where models
    were imported before the course, theirs stay what they are: CloudFormation looks for what is below them.
    """
    kept: Any = module.BaseModel
    if kept.__subclasses__() != [module.CloudFormationModel] or module.CloudFormationModel.__subclasses__():
        kept.__new__ = staticmethod(_new)
        return
    bare = module.BaseModel = _again(kept, kept.__bases__)  # type: ignore[attr-defined]
    module.CloudFormationModel = _again(module.CloudFormationModel, (bare,))  # type: ignore[attr-defined]


def _new(cls: Any, *_: Any, **__: Any) -> Any:
    return object.__new__(cls)


def _again(kept: Any, bases: tuple[type, ...]) -> Any:
    body = {name: one for name, one in vars(kept).items() if name not in ("__new__", "__dict__", "__weakref__")}
    return type(kept)(kept.__name__, bases, body)
