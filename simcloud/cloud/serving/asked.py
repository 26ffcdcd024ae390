"""A request as the server got it, and where on the simulated AWS it belongs.

A client that is pointed at this server (`AWS_ENDPOINT_URL`) sends every service's requests to one address. Which
service and region it means is in the scope of the signature: Credential=<key>/<date>/<region>/<service>/aws4_request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

HOSTS = {"ecr": "api.ecr"}
"""First labels of hosts that differ from the name in the signature."""

GLOBAL = frozenset({"iam"})
"""Services whose host has no region."""

_SCOPE = re.compile(r"Credential=(?P<key>[^/,\s]+)/(?P<date>\d{8})/(?P<region>[a-z0-9-]+)/(?P<service>[a-z0-9-]+)/")
_LEARNER = re.compile(r"/(?:@|%40)(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,63})(?=/|$)")

DEFAULT_LEARNER = "learner"


class Unsigned(Exception):
    """The request carries no signature, so that nobody knows which service it is for."""


@dataclass(frozen=True)
class Asked:
    """One HTTP request."""

    method: str
    path: str
    """As sent, still quoted, without the learner's prefix."""
    query: str
    headers: dict[str, str]
    body: bytes
    learner: str = DEFAULT_LEARNER

    def header(self, name: str) -> str:
        """Its value, or ''; names differ in case between clients."""
        return next((value for key, value in self.headers.items() if key.lower() == name.lower()), "")


@dataclass(frozen=True)
class Scope:
    """What a signature says about the request."""

    service: str
    region: str


def divide(path: str) -> tuple[str, str]:
    """The learner that a path names, and the rest of it: `/@maria/bucket` is maria's `/bucket`."""
    match = _LEARNER.match(path)
    return (match["name"], path[match.end() :] or "/") if match else (DEFAULT_LEARNER, path or "/")


def scope(asked: Asked) -> Scope:
    """The service and region that the request is signed for. Raises Unsigned."""
    presigned = "Credential=" + parse_qs(asked.query).get("X-Amz-Credential", [""])[0]
    for text in (asked.header("Authorization"), presigned):
        if match := _SCOPE.search(text):
            return Scope(match["service"], match["region"])
    raise Unsigned


def url(asked: Asked, where: Scope) -> str:
    """The address that AWS would have for this request."""
    prefix = HOSTS.get(where.service, where.service)
    host = f"{prefix}.amazonaws.com" if where.service in GLOBAL else f"{prefix}.{where.region}.amazonaws.com"
    return f"https://{host}{asked.path}" + (f"?{asked.query}" if asked.query else "")
