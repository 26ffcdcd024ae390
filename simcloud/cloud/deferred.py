"""What modules of moto import and a first answer has no use for: imported when it is used, or not made twice.

A first call to EC2 waited for the whole of `cryptography` (for key pairs and certificates, which a Fargate course
hardly sees) and for three sessions of boto3 that each read the list of all endpoints.
"""

from __future__ import annotations

import builtins
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType, SimpleNamespace
from typing import Any


class Deferred:
    """A name of a module, or a module of a package, looked up when somebody calls it or looks into it."""

    def __init__(self, module: str, name: str) -> None:
        self._where = module, name

    def _real(self) -> Any:
        module, name = self._where
        try:
            return getattr(import_module(module), name)
        except AttributeError:
            return import_module(f"{module}.{name}")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # whoever copies or inspects it does not ask for the thing itself
            raise AttributeError(name)
        return getattr(self._real(), name)

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self._real()(*values, **named)

    def __instancecheck__(self, value: object) -> bool:
        return isinstance(value, self._real())

    def __or__(self, other: Any) -> Deferred:
        """In an annotation, `This | That`, which nobody reads."""
        return self


class _Room:
    """A module, of which names are taken."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Deferred:
        if name.startswith("__"):
            raise AttributeError(name)
        return Deferred(self._module, name)


def _cryptography(module: str) -> Any:
    return _Room(module) if module.partition(".")[0] == "cryptography" else None


def _one_session(module: str) -> Any:
    return SimpleNamespace(Session=_session) if module == "boto3" else None


@functools.cache
def _session() -> Any:
    """The session that the process has, which has read the endpoints; or one for all who ask."""
    import boto3

    return boto3.DEFAULT_SESSION or boto3.Session()


INSTEAD: Mapping[str, Callable[[str], Any]] = {
    "moto.ec2.models.availability_zones_and_regions": _one_session,
    "moto.ec2.models.key_pairs": _cryptography,
    "moto.ec2.utils": _cryptography,
    "moto.iam.models": _cryptography,
}
"""moto's module -> what it is given in place of a module from which it imports; None for the module itself."""


@contextmanager
def around(module: ModuleType) -> Iterator[None]:
    """While this module of moto is run for the first time. Other threads import as always."""
    instead = INSTEAD.get(module.__name__)
    if instead is None:
        yield
        return
    running = True

    def import_(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        given = instead(name) if running and fromlist and level == 0 else None
        return builtins.__import__(name, globals, locals, fromlist or (), level) if given is None else given

    vars(module)["__builtins__"] = {**vars(builtins), "__import__": import_}
    try:
        yield
    finally:
        running = False
        vars(module)["__builtins__"] = builtins
