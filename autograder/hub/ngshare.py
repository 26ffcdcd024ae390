"""nbgrader's exchange by ngshare, a service of the hub, where servers share no disk.

Whoever configures the hub names the service's address in `configure(ngshare=...)`. Each server has it in a variable;
`nbgrader_config.py` of the instructor and the configuration that a learner's server writes are told by it.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

VARIABLE = "FARGATE_COURSE_NGSHARE"
"""Holds the address at which a person's server reaches the service, `http://host:port/services/ngshare`."""
PARTS = {
    "exchange": "Exchange",
    "fetch_assignment": "ExchangeFetchAssignment",
    "fetch_feedback": "ExchangeFetchFeedback",
    "release_assignment": "ExchangeReleaseAssignment",
    "release_feedback": "ExchangeReleaseFeedback",
    "list": "ExchangeList",
    "submit": "ExchangeSubmit",
    "collect": "ExchangeCollect",
}
"""What nbgrader does through its exchange, and which class of `ngshare_exchange` does it."""


def address() -> str:
    """Where this person's server reaches ngshare; '' where the exchange is a folder."""
    return os.environ.get(VARIABLE, "")


def told(service: str) -> dict[str, dict[str, str]]:
    """nbgrader's configuration for the service at this address."""
    factory = {part: f"ngshare_exchange.{name}" for part, name in PARTS.items()}
    return {"ExchangeFactory": factory, "Exchange": {"_ngshare_url": service}}


def use(c: Any) -> bool:
    """Have `c`, an instructor's configuration of nbgrader, use ngshare where the hub names one. Does it?

    By the exchange's own function, not by `told`: `ngshare-course-management` asks the class for its address.
    """
    if service := address():
        import_module("ngshare_exchange").configureExchange(c, service)
        return True
    return False
