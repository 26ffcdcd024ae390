"""moto keeps S3 objects in temporary files and complains (ResourceWarning) about each that was not disposed of by hand.
A world is dropped as a whole, and lessons' objects are small: they are kept in memory, with nothing to dispose of."""

from __future__ import annotations

import io
import tempfile
from types import ModuleType
from typing import Any

from simcloud.cloud.simulated import StandIn


def _in_memory(*_: Any, **__: Any) -> io.BytesIO:
    return io.BytesIO()


def mend(module: ModuleType) -> None:
    """Keep an object's bytes in memory."""
    changed: Any = module
    changed.tempfile = StandIn(tempfile, SpooledTemporaryFile=_in_memory)
    del changed.FakeKey.__del__
