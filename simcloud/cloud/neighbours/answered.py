"""A refusal as the service itself would write it: five protocols, one code, one text."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

from simcloud.cloud import clock, entropy, shapes
from simcloud.cloud.cbor import pack
from simcloud.cloud.routes import model
from simcloud.cloud.wire import Answer

_QUERY = (
    '<ErrorResponse xmlns="{namespace}"><Error><Type>Sender</Type><Code>{code}</Code><Message>{text}</Message></Error>'
    "<RequestId>{request}</RequestId></ErrorResponse>"
)
_EC2 = (
    '<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>{code}</Code><Message>{text}</Message>'
    "</Error></Errors><RequestID>{request}</RequestID></Response>"
)


def error(service: str, protocol: str, refused: tuple[str, str]) -> Answer:
    """The answer to a refused request: status, headers, body."""
    code, text = refused
    request = str(entropy.uuid4())
    headers = {"x-amzn-requestid": request, "date": shapes.http_date(clock.now())}
    shape = model(service).shape_for_error_code(code)
    if protocol in ("query", "ec2"):
        namespace = model(service).metadata.get("xmlNamespace", "")
        written = (_EC2 if protocol == "ec2" else _QUERY).format(
            namespace=namespace, code=escape(code), text=escape(text), request=request
        )
        return _status(shape), {**headers, "content-type": "text/xml"}, written.encode()
    body = {**_members(shape, code, text), "__type": code}
    headers["x-amzn-errortype"] = code
    if service == "sqs":
        headers["x-amzn-query-error"] = f"{code};Sender"
    if protocol == "cbor":
        return (
            _status(shape),
            {**headers, "smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor"},
            pack(body),
        )
    kind = "application/x-amz-json-1.1" if protocol == "json" else "application/json"
    return _status(shape), {**headers, "content-type": kind}, json.dumps(body, ensure_ascii=False).encode()


def _members(shape: Any, code: str, text: str) -> dict[str, str]:
    """The text under the name that the error's shape has for it; EFS repeats the code in a member."""
    names = {} if shape is None else shape.members
    spelt = next((name for name in names if name.lower() == "message"), "message")
    more = {"ErrorCode": code} if "ErrorCode" in names else {}
    return {**more, spelt: text}


def _status(shape: Any) -> int:
    status = 400 if shape is None else int(shape.metadata.get("error", {}).get("httpStatusCode", 400))
    return status if status < 500 else 400  # botocore sends a request again that got a 5xx
