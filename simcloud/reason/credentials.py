"""Credentials in plain sight: environment variables of a task definition that hold a secret themselves.

Whoever may describe the task definition reads them. A secret belongs into `secrets`, by the ARN of where it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NAMES = re.compile(
    r"(?:^|[_\-.])(?:PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|CREDENTIALS?|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|"
    r"CLIENT_?SECRET|AUTH_?KEY)(?:$|[_\-.]|\d)",
    re.IGNORECASE,
)
"""Names that say so, as a word of their own: DB_PASSWORD, apiToken is left to its value."""
POINTS = re.compile(r"_(?:ARN|NAME|ID|FILE|PATH|URL|URI|ENDPOINT|REGION|TTL|LENGTH|EXPIRY|HEADER)$", re.IGNORECASE)
"""Endings of names that say where a secret is, or something about it."""
IDENTITIES = re.compile(r"ACCESS_?KEY_?ID$", re.IGNORECASE)
VALUES = (
    ("an access key of AWS", re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b")),
    ("a private key", re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----")),
    ("a URL with a password", re.compile(r"\b[a-z][a-z0-9+.\-]*://[^/\s:@]*:[^/\s:@]+@", re.IGNORECASE)),
    ("a token of GitHub", re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36,}\b")),
    ("a signed token", re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}")),
    ("a password in a connection string", re.compile(r"(?:^|;)\s*(?:password|pwd)\s*=\s*[^;\s]+", re.IGNORECASE)),
)
"""Values that are one, whatever their name."""


@dataclass(frozen=True)
class Plain:
    """A credential that anybody reads who may describe the task definition. Its value is not repeated here."""

    container: str
    variable: str
    why: str


def plain_credentials(definition: Mapping[str, Any]) -> list[Plain]:
    """Every plain-text credential in a task definition, in the API's spelling. `secrets` are not in plain sight: they
    hold an ARN or a parameter's name."""
    found = []
    for container in definition.get("containerDefinitions") or ():
        for variable in container.get("environment") or ():
            name, value = str(variable.get("name") or ""), str(variable.get("value") or "")
            why = next(_reasons(name, value), "")
            if why:
                found.append(Plain(str(container.get("name") or ""), name, why))
    return found


def _reasons(name: str, value: str) -> Iterator[str]:
    for what, pattern in VALUES:
        if pattern.search(value):
            yield f"its value is {what}"
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    named = NAMES.search(words) or IDENTITIES.search(words)
    if value.strip() and named and not (POINTS.search(words) and not IDENTITIES.search(words)):
        yield f"its name says that it is one: {name}"
