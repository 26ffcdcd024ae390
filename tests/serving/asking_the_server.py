"""How tests ask a server's control endpoint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

HERE = Path(__file__).parent


def control(url: str, command: str, **value: Any) -> Any:
    """Ask the control endpoint; a POST where there is a value."""
    headers = {"Content-Type": "application/json"} if value else {}
    body = json.dumps(value).encode() if value else None
    with urlopen(Request(f"{url}/_simcloud/{command}", body, headers), timeout=60) as answer:
        text = answer.read().decode()
        return json.loads(text) if "json" in answer.headers["Content-Type"] else text
