"""The services that simcloud answers itself: a request of HTTP in, an answer of HTTP out.

`HANDLERS` leads to one function an operation, `(request, call) -> answer`, plain dicts in model spelling. `Refused`
becomes the service's modelled error. Whatever else a handler raises is our fault and becomes a client error that says
so (never 5xx, which botocore would retry).
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from simcloud.cloud import clock, entropy, notes, shapes
from simcloud.cloud.cbor import pack
from simcloud.cloud.errors import NotSimulated, Refused
from simcloud.cloud.live import Call
from simcloud.cloud.routes import Asked, Unknown, model, understand

Handler = Callable[[dict[str, Any], Call], dict[str, Any]]
Answer = tuple[int, dict[str, str], bytes]

HANDLERS: dict[str, str] = {
    "ecs": "simcloud.cloud.ecs",
    "application-autoscaling": "simcloud.cloud.scaling",
    "codedeploy": "simcloud.cloud.codedeploy",
    "eks": "simcloud.cloud.eks",
}
"""By service the room whose `OPERATIONS` is the table of its handlers; imported at its first call."""

faults: list[str] = []
"""Tracebacks of our own faults in this process, for whoever mends them. Never shown to a learner."""


def handlers(service: str) -> Mapping[str, Handler]:
    """The operations of a service."""
    table: Mapping[str, Handler] = import_module(HANDLERS[service]).OPERATIONS
    return table


def answer(service: str, method: str, url: str, headers: Mapping[str, Any], body: bytes, call: Call) -> Answer:
    """Answer a request to one of our services."""
    try:
        asked = understand(service, method, url, headers, body)
    except Unknown as unknown:
        return _failed(service, "json", NotSimulated(service, str(unknown)))
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        return _failed(service, "json", Refused("SerializationException", f"the request cannot be read: {wrong}"))
    try:
        value = _handle(service, asked, call)
    except Refused as refused:
        notes.explain(refused.explained)
        return _failed(service, asked.protocol, refused)
    operation = asked.operation
    status = int(operation.http.get("responseCode", 200))
    return _sent(status, asked.protocol, _written(operation.output_shape, value, asked.protocol))


def _handle(service: str, asked: Asked, call: Call) -> dict[str, Any]:
    name = asked.operation.name
    handler = handlers(service).get(name)
    if handler is None:
        raise NotSimulated(service, name)
    try:
        if call.key:
            from simcloud.cloud import access  # here, so that calls of the learner, whom nothing judges, never read it

            access.demand(service, name, asked.request, call)
        return handler(asked.request, call)
    except Refused:
        raise
    except Exception as fault:
        raise simulator_fault(service, name, fault) from fault


def simulator_fault(service: str, operation: str, fault: Exception) -> Refused:
    """What a learner is told when the simulator itself breaks. The traceback is kept in `faults`."""
    faults.append("".join(traceback.format_exception(fault)))
    return Refused(
        "SimulatorFault",
        f"the simulator broke while it answered {service}:{operation} ({type(fault).__name__}: {fault})."
        " This is a fault of the course, not of your code.",
    )


def _failed(service: str, protocol: str, refused: Refused) -> Answer:
    shape = model(service).shape_for_error_code(refused.code)
    value = {**refused.fields, "message": refused.message, "Message": refused.message}
    body = {"message": refused.message} if shape is None else shapes.write(shape, value, binary=protocol == "cbor")
    if shape is not None and not {"message", "Message"} & set(body):
        body["message"] = refused.message
    name = refused.code if shape is None else shape.name
    body["__type"] = name
    modelled = 400 if shape is None else int(shape.metadata.get("error", {}).get("httpStatusCode", 400))
    return _sent(modelled if modelled < 500 else 400, protocol, body, {"x-amzn-errortype": name})


def _written(shape: Any, value: dict[str, Any], protocol: str) -> Any:
    if shape is None:
        return {}
    if protocol == "rest-json" and (payload := shape.serialization.get("payload")):
        return shapes.write(shape.members[payload], value.get(payload) or {})
    return shapes.write(shape, value, binary=protocol == "cbor")


def _sent(status: int, protocol: str, value: Any, more: Mapping[str, str] | None = None) -> Answer:
    moment = clock.now()
    if protocol == "cbor":
        body, kind = pack(value), "application/cbor"
    else:
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        kind = "application/x-amz-json-1.1" if protocol == "json" else "application/json"
    headers = {
        "x-amzn-requestid": str(entropy.uuid4()),
        "content-type": kind,
        "content-length": str(len(body)),
        "date": shapes.http_date(moment),
        **(more or {}),
    }
    if protocol == "cbor":
        headers["smithy-protocol"] = "rpc-v2-cbor"
    return status, headers, body
