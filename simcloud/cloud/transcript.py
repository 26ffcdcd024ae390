"""Every API call of every client passes here: seeded, answered, recorded and, where it fails, explained.

One wrapper around botocore's `BaseClient._make_api_call` serves clients, resources, waiters and paginators, whenever
they were made. What leaves no record: parameters that botocore itself refuses, and presigned URLs; neither is a call.
"""

from __future__ import annotations

from typing import Any

from simcloud.cloud import codec, door, entropy, notes
from simcloud.cloud.egress import ACCESS_KEY
from simcloud.cloud.errors import Refused
from simcloud.cloud.live import LOCK, Live, maybe_live
from simcloud.cloud.looks import is_look

_original: Any = None


def install() -> None:
    """Put the wrapper in place, once a process."""
    global _original
    from botocore.client import BaseClient

    if _original is None:
        _original = BaseClient._make_api_call
        BaseClient._make_api_call = make_api_call


def make_api_call(client: Any, operation: str, params: dict[str, Any]) -> Any:
    """What `client.run_task(...)` ends in. Raises the service's modelled ClientError."""
    from botocore.exceptions import ClientError

    with LOCK:
        _open_the_door(client.meta.events)
        notes.explain(())
        live = maybe_live()
        if live is None:
            return _call(client, operation, params)
        params = {name: _drained(value) for name, value in params.items()}
        entry = _begin(live, client, operation, params)
        try:
            response = _call(client, operation, params)
        except ClientError as error:
            notes.attach(error)
            live.recorder.add({**entry, "error": codec.encode(error.response, digest=True)})
            raise
        live.accept(entry["service"], operation)
        if live.recorder.on:
            live.recorder.add({**entry, "response": codec.encode(_shown(response), digest=True)})
        elif not is_look(operation):
            live.recorder.stirred += 1
        return response


def _open_the_door(events: Any) -> None:
    """Let the client's requests end at the door; once a client, for botocore looks into the handler each time."""
    if not getattr(events, "_simcloud_door", False):
        events.register("before-send", door.before_send, unique_id="simcloud-door")
        events._simcloud_door = True


def inside(client: Any, operation: str, params: dict[str, Any]) -> Any:
    """A call that is part of another one: answered, and neither recorded nor counted. Raises ClientError."""
    return _call(client, operation, params)


def _begin(live: Live, client: Any, operation: str, params: dict[str, Any]) -> dict[str, Any]:
    """Seed the call, and the part of its entry that is known before it is answered."""
    service, region, key = client._service_model.service_name, client.meta.region_name, _key(client)
    entropy.seed(live.seed, service, operation, live.accepted.get((service, operation), 0), live.account, region)
    entry = {"kind": "call", "service": service, "op": operation, "region": region, "key": key, "t": live.world.now}
    if live.recorder.on:
        entry["params"] = codec.encode(params)
    return entry


def _call(client: Any, operation: str, params: dict[str, Any]) -> Any:
    try:
        return _original(client, operation, params)
    except door.Stopped as stopped:
        raise _client_error(client, operation, stopped.refused) from None


def _client_error(client: Any, operation: str, refused: Refused) -> Exception:
    """The modelled exception of the service for this code, else ClientError."""
    notes.explain(refused.explained)
    response = {
        **refused.fields,
        "Error": {"Code": refused.code, "Message": refused.message},
        "ResponseMetadata": {
            "RequestId": str(entropy.uuid4()),
            "HTTPStatusCode": 400,
            "HTTPHeaders": {},
            "RetryAttempts": 0,
        },
    }
    error: Exception = client.exceptions.from_code(refused.code)(response, operation)
    return error


def _key(client: Any) -> str:
    credentials = client._request_signer._credentials
    return ACCESS_KEY if credentials is None else str(credentials.access_key)


def _drained(value: Any) -> Any:
    """A stream's content, so that it can be recorded."""
    return value.read() if hasattr(value, "read") else value


def _shown(response: Any) -> Any:
    """The response with streams replaced by their content; the streams are put back, unread."""
    from botocore.response import StreamingBody

    if not isinstance(response, dict):
        return response
    shown = {}
    for name, value in response.items():
        if isinstance(value, StreamingBody):
            content = value.read()
            response[name] = StreamingBody(door.Raw(content), len(content))
            value = content
        shown[name] = value
    return shown
