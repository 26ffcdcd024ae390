"""Which operation a request calls, and with which parameters: three ways in which AWS's services spell it.

JSON names the operation in a header, rest-JSON in method and path, CBOR in the path.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from simcloud.cloud.shapes import read


class Asked(NamedTuple):
    """A request that was understood."""

    operation: Any
    """botocore's OperationModel."""
    request: dict[str, Any]
    protocol: str
    """json, rest-json or cbor: the answer is written the same way."""


class Unknown(Exception):
    """No operation of the service is called like this."""


@functools.cache
def model(service: str) -> Any:
    """botocore's ServiceModel of a service of ours."""
    from botocore.loaders import create_loader
    from botocore.model import ServiceModel

    return ServiceModel(create_loader().load_service_model(service, "service-2"), service)


def understand(service: str, method: str, url: str, headers: Mapping[str, Any], body: bytes) -> Asked:
    """Read a request. Raises Unknown."""
    known = model(service)
    path = urlsplit(url).path
    if target := _text(headers.get("X-Amz-Target")):
        operation = _operation(known, target.rpartition(".")[2])
        return Asked(operation, _body(operation, json.loads(body or b"{}")), "json")
    if match := re.fullmatch(r"/service/[^/]+/operation/(\w+)", path):
        operation = _operation(known, match[1])
        return Asked(operation, _body(operation, _uncbor(body) if body else {}, binary=True), "cbor")
    for operation, pattern, fixed in _routes(service):
        if operation.http["method"] == method and (found := pattern.fullmatch(path)) and _has(url, fixed):
            return Asked(operation, _rest(operation, found.groupdict(), url, headers, body), "rest-json")
    raise Unknown(f"{method} {path}")


def _operation(known: Any, name: str) -> Any:
    if name not in known.operation_names:
        raise Unknown(name)
    return known.operation_model(name)


def _body(operation: Any, value: Any, *, binary: bool = False) -> dict[str, Any]:
    if operation.input_shape is None:
        return {}
    request: dict[str, Any] = read(operation.input_shape, value, binary=binary)
    return request


@functools.cache
def _routes(service: str) -> list[tuple[Any, re.Pattern[str], str]]:
    """Operations of a rest-JSON service: the pattern of the path, and what the query must hold. Longest first."""
    routes = []
    known = model(service)
    for name in known.operation_names:
        operation = known.operation_model(name)
        template, _, fixed = operation.http["requestUri"].partition("?")
        pattern = re.sub(r"\\{(\w+)(\\\+)?\\}", _group, re.escape(template))
        routes.append((operation, re.compile(pattern), fixed))
    return sorted(routes, key=lambda route: (-len(re.sub(r"\(\?P[^)]*\)", "", route[1].pattern)), -len(route[2])))


def _group(match: re.Match[str]) -> str:
    return f"(?P<{match[1]}>{'.+' if match[2] else '[^/]+'})"


def _has(url: str, fixed: str) -> bool:
    return not fixed or fixed in urlsplit(url).query.split("&")


def _rest(operation: Any, path: Mapping[str, str], url: str, headers: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    shape = operation.input_shape
    if shape is None:
        return {}
    query = parse_qs(urlsplit(url).query, keep_blank_values=True)
    request: dict[str, Any] = read(shape, json.loads(body)) if body and "payload" not in shape.serialization else {}
    for name, member in shape.members.items():
        spelt = member.serialization.get("name", name)
        match member.serialization.get("location"):
            case "uri":
                request[name] = read(member, unquote(path[spelt]), timestamp="iso8601")
            case "querystring" if member.type_name == "map":
                request[name] = {key: values[0] for key, values in query.items()}
            case "querystring" if spelt in query:
                values = query[spelt]
                request[name] = read(member, values if member.type_name == "list" else values[0], timestamp="iso8601")
            case "header" if spelt in headers:
                request[name] = read(member, _text(headers[spelt]), timestamp="rfc822")
    if payload := shape.serialization.get("payload"):
        member = shape.members[payload]
        request[payload] = body if member.type_name == "blob" else read(member, json.loads(body or b"{}"))
    return request


def _uncbor(body: bytes) -> Any:
    from botocore.parsers import RpcV2CBORParser

    parser = RpcV2CBORParser()
    return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body))


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value or "")
