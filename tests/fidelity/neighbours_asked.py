"""How a table of requests to the neighbours is put to an open cloud, and what must hold of every answer."""

from __future__ import annotations

import pickle
from typing import Any

import pytest
from botocore.exceptions import ClientError
from neighbours_as_built import Built, Params, call

from simcloud import Cloud
from simcloud.cloud import snapshot


def everything(cloud: Cloud) -> bytes:
    """The world and all that moto holds, as bytes."""
    copied = snapshot.copied(snapshot.take(cloud._live))
    accepted = sorted(cloud._live.accepted.items())
    return pickle.dumps((pickle.dumps(cloud.world), accepted)) + _motos(copied)


def _motos(state: snapshot.State) -> bytes:
    import io

    written = io.BytesIO()
    snapshot.Pickler(written, []).dump(state.motos)
    return written.getvalue()


def is_refused(cloud: Cloud, world: Built, operation: str, params: Params, code: str, text: str) -> None:
    """The call gets AWS's code and text, our law as a note, and leaves everything as it was."""
    before, records = everything(cloud), len(cloud.transcript)
    asked = params(world)
    with pytest.raises(ClientError) as refusal:
        call(operation, asked)
    error: dict[str, Any] = refusal.value.response["Error"]
    assert (error["Code"], error["Message"].rstrip(".")) == (code, world.fill(text).rstrip("."))
    assert refusal.value.response["ResponseMetadata"]["HTTPStatusCode"] < 500
    assert refusal.value.__notes__[0].startswith(("Law FG4", "Law FG15"))
    assert len(cloud.transcript) == records + 1
    assert everything(cloud) == before


def is_accepted(cloud: Cloud, world: Built, operation: str, params: Params) -> None:
    """The call is answered."""
    with cloud.copy():
        answer = call(operation, params(world))
    assert answer["ResponseMetadata"]["HTTPStatusCode"] in (200, 201, 204)
