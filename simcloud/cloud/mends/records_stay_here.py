"""moto's Firehose sends the records of a stream with an HTTP endpoint to that address, for real."""

from __future__ import annotations

from types import ModuleType
from typing import Any


def mend(module: ModuleType) -> None:
    """Nothing is sent: the call says that such a destination is not simulated."""

    def put_http_records(http_destination: dict[str, Any], records: list[Any]) -> list[dict[str, str]]:
        raise NotImplementedError("an HTTP endpoint as the destination of a delivery stream")

    module.FirehoseBackend.put_http_records = staticmethod(put_http_records)
