"""An error in the form in which a service spells its errors: JSON, or XML of three kinds."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from simcloud.cloud.serving.asked import Asked
from simcloud.cloud.wire import Answer

_EC2 = (
    '<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error><Code>{code}</Code><Message>{message}</Message>'
    "</Error></Errors><RequestID>{request}</RequestID></Response>"
)
_QUERY = (
    '<?xml version="1.0" encoding="UTF-8"?><ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code>'
    "<Message>{message}</Message></Error><RequestId>{request}</RequestId></ErrorResponse>"
)
_S3 = (
    '<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>{message}</Message>'
    "<RequestId>{request}</RequestId></Error>"
)

NO_REQUEST_ID = "00000000-0000-4000-8000-000000000000"
"""Of answers that no simulated account gave."""


def failure(
    asked: Asked, service: str, code: str, message: str, *, status: int = 400, request_id: str = NO_REQUEST_ID
) -> Answer:
    """The answer: status, headers and body. `service` is the name in the signature, or '' where there is none."""
    form = _xml(asked, service)
    if form:
        body = form.format(code=escape(code), message=escape(message), request=request_id).encode()
        kind = "text/xml"
    else:
        body = json.dumps({"__type": code, "message": message, "Message": message}, ensure_ascii=False).encode()
        kind = "application/x-amz-json-1.1"
    headers = {
        "content-type": kind,
        "content-length": str(len(body)),
        "x-amzn-errortype": code,
        "x-amzn-requestid": request_id,
    }
    return status, headers, body


def _xml(asked: Asked, service: str) -> str:
    if service == "s3":
        return _S3
    if asked.header("X-Amz-Target") or (b"Action=" not in asked.body and "Action=" not in asked.query):
        return ""
    return _EC2 if service == "ec2" else _QUERY
