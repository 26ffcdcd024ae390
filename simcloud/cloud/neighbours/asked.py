"""A request as the API's own structure, whatever protocol it came in."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from simcloud.cloud.neighbours.form import Form
from simcloud.cloud.routes import Unknown, model, understand


class Understood(NamedTuple):
    """A request that was read."""

    shape: Any
    """botocore's shape of the input."""
    request: dict[str, Any]
    protocol: str
    """query, ec2, json, rest-json, rest-xml or cbor: the answer is written the same way."""


def read(service: str, operation: str, request: Any) -> Understood | None:
    """Read it by botocore's model; None where that cannot be done."""
    known = model(service)
    protocol = known.metadata["protocol"]
    if protocol == "rest-xml" or operation not in known.operation_names:
        return None
    shape = known.operation_model(operation).input_shape
    body = _bytes(request.body)
    if shape is None:
        return None
    try:
        if form := fields(request):
            spelling = "ec2" if protocol == "ec2" else "query"
            return Understood(shape, Form(form, ec2=spelling == "ec2").structure(shape), spelling)
        asked = understand(service, request.method, request.url, request.headers, body)
    except (Unknown, ValueError, KeyError, TypeError, AttributeError):
        return None
    return Understood(shape, asked.request, asked.protocol)


def _bytes(body: Any) -> bytes:
    """Streams are bodies of S3, which is not read here."""
    return body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else b""


def fields(request: Any) -> dict[str, str]:
    """The fields of a form with an Action; {} for a request of another kind."""
    if request.headers.get("X-Amz-Target"):
        return {}
    form = dict(parse_qsl(_bytes(request.body).decode("utf-8", "replace"), keep_blank_values=True))
    form = form if "Action" in form else dict(parse_qsl(urlsplit(request.url).query, keep_blank_values=True))
    return form if "Action" in form else {}
