"""A denial in the protocol of the request that is denied."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from simcloud.cloud import clock, entropy, shapes
from simcloud.cloud.access.forms import Said
from simcloud.cloud.neighbours import answered
from simcloud.cloud.routes import model
from simcloud.cloud.wire import Answer

_S3 = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{text}</Message>'
    "<RequestId>{request}</RequestId></Error>"
)


def error(service: str, request: Any, said: Said) -> Answer:
    """Status, headers and body."""
    if service == "s3":
        return _of_s3(request, said)
    known = model(service)
    status, headers, body = answered.error(
        service, _protocol(known.metadata["protocol"], request), (said.code, said.text)
    )
    more = {"x-amzn-query-error": f"{said.code};Sender"} if "awsQueryCompatible" in known.metadata else {}
    return (said.status or status), {**headers, **more}, body


def _protocol(modelled: str, request: Any) -> str:
    """The protocol that the request itself is written in: a service may take several."""
    headers = request.headers
    if headers.get("X-Amz-Target"):
        return "json"
    if headers.get("smithy-protocol"):
        return "cbor"
    if modelled in ("json", "smithy-rpc-v2-cbor"):
        return "query"
    return modelled


def _of_s3(request: Any, said: Said) -> Answer:
    identity = str(entropy.uuid4())
    headers = {
        "x-amz-request-id": identity,
        "date": shapes.http_date(clock.now()),
        "content-type": "application/xml",
    }
    body = _S3.format(code=escape(said.code), text=escape(said.text), request=identity).encode()
    return said.status, headers, b"" if request.method.upper() == "HEAD" else body
