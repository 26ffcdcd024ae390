"""Every module of moto gets our clock, our entropy and our mends as soon as it is imported, whoever imports it.

moto reads the machine's clock and entropy in many modules (`datetime.now()`, `time.time()`, `os.urandom`, `uuid4`). An
import hook looks at each new `moto.*` module once and swaps the attributes that *are* the standard library's.
"""

from __future__ import annotations

import datetime
import functools
import importlib.abc
import importlib.machinery
import os
import random
import sys
import time
import uuid
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from simcloud.cloud import deferred, entropy, mends, simulated

KEEPS_ITS_OWN = frozenset({"moto.core.base_backend", "moto.moto_api._internal.moto_random"})
"""Their draws are internal (ids of dictionaries) or are the generator itself."""


@functools.cache
def _swaps() -> dict[int, tuple[Any, Any]]:
    """By identity of what is swapped: the old thing and the new one."""
    uuid_module = simulated.StandIn(uuid, uuid4=entropy.motos_uuid4, uuid1=entropy.motos_uuid4)
    pairs = [
        (time, simulated.CALL_TIME),
        (datetime, simulated.DATETIME),
        (datetime.datetime, simulated.SimDatetime),
        (datetime.date, simulated.SimDate),
        (time.time, simulated.CALL_TIME.time),
        (time.sleep, simulated.CALL_TIME.sleep),
        (uuid, uuid_module),
        (uuid.uuid4, entropy.motos_uuid4),
        (uuid.uuid1, entropy.motos_uuid4),
        (os, simulated.StandIn(os, urandom=entropy.motos_bytes)),
        (os.urandom, entropy.motos_bytes),
    ]
    return {id(old): (old, new) for old, new in pairs}


def align(module: ModuleType) -> None:
    """Swap the module's own names for the standard library's clock and entropy."""
    if module.__name__ in KEEPS_ITS_OWN:
        return
    swaps = _swaps()
    for name, value in list(vars(module).items()):
        if name.startswith("__"):
            continue
        if value is random:
            setattr(module, name, _random_module())
        elif id(value) in swaps:
            setattr(module, name, swaps[id(value)][1])


def _random_module() -> Any:
    from moto.moto_api._internal import mock_random

    return mock_random


class _Hook(importlib.abc.MetaPathFinder):
    """Finds moto's modules as Python does, and looks at each after it has run."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not fullname.startswith("moto."):
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is None or spec.loader is None:
            return spec
        run = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            name = module.__name__
            with entropy.own_seed("import", name), mends.around(name), deferred.around(module):
                run(module)
            _after(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


def _after(module: ModuleType) -> None:
    align(module)
    mends.mend(module)


def install() -> None:
    """Put the hook in place (once a process), and look at what was imported before."""
    if any(isinstance(finder, _Hook) for finder in sys.meta_path):
        return
    sys.meta_path.insert(0, _Hook())
    for name, module in list(sys.modules.items()):
        if name.startswith("moto.") and isinstance(module, ModuleType):
            _after(module)
