"""Stand-ins for the modules `time` and `datetime` that follow the simulated clock.

Two families: for cells (`time.sleep` is recorded) and for moto (`time.sleep` happens inside a call). `perf_counter` and
`monotonic` stay real: they measure the machine.
"""

from __future__ import annotations

import datetime as real_datetime
import time as real_time
from types import ModuleType
from typing import Any

from simcloud.cloud import clock


class StandIn(ModuleType):
    """A module with some names replaced; every other name is the real module's."""

    def __init__(self, real: ModuleType, **replaced: Any) -> None:
        super().__init__(real.__name__, real.__doc__)
        self.__dict__["_real"] = real
        self.__dict__.update(replaced)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["_real"], name)

    def __dir__(self) -> list[str]:
        return dir(self.__dict__["_real"])


class _Real(type):
    """`isinstance(x, SimDatetime)` asks about the real class: values are always plain datetimes."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(other, cls.__mro__[1])


class SimDatetime(real_datetime.datetime, metaclass=_Real):
    """`datetime.datetime` whose now is simulated."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:  # a plain datetime, so that values pickle and compare as ever
        return real_datetime.datetime(*args, **kwargs)

    @classmethod
    def now(cls, tz: real_datetime.tzinfo | None = None) -> Any:
        return real_datetime.datetime.fromtimestamp(clock.now(), tz)

    @classmethod
    def utcnow(cls) -> Any:
        return real_datetime.datetime.fromtimestamp(clock.now(), real_datetime.UTC).replace(tzinfo=None)

    @classmethod
    def today(cls) -> Any:
        return real_datetime.datetime.fromtimestamp(clock.now())


class SimDate(real_datetime.date, metaclass=_Real):
    """`datetime.date` whose today is simulated."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        return real_datetime.date(*args, **kwargs)

    @classmethod
    def today(cls) -> Any:
        return real_datetime.datetime.fromtimestamp(clock.now()).date()


def _seconds(given: float | None) -> float:
    return clock.now() if given is None else given


def _time_module(sleep: Any) -> StandIn:
    return StandIn(
        real_time,
        time=lambda: clock.now(),
        time_ns=lambda: int(clock.now() * 1_000_000_000),
        sleep=sleep,
        gmtime=lambda seconds=None: real_time.gmtime(_seconds(seconds)),
        localtime=lambda seconds=None: real_time.localtime(_seconds(seconds)),
        ctime=lambda seconds=None: real_time.ctime(_seconds(seconds)),
        asctime=lambda t=None: real_time.asctime(real_time.gmtime(clock.now()) if t is None else t),
        strftime=lambda text, t=None: real_time.strftime(text, real_time.gmtime(clock.now()) if t is None else t),
    )


DATETIME = StandIn(real_datetime, datetime=SimDatetime, date=SimDate)
CELL_TIME = _time_module(clock.sleep)
CALL_TIME = _time_module(clock.back_off)
