"""The one exception by which a handler of ours refuses a call. The door turns it into AWS's wire error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simcloud.rules.refusal import Refusal


class Refused(Exception):
    """A modelled error of the service: `code` and `message` are AWS's, `fields` are further members of the error shape.

    `explained` are the refusals of the laws (the first is the one raised; all are shown to the learner, as notes).
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        fields: Mapping[str, Any] | None = None,
        explained: Sequence[Refusal] = (),
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.fields = dict(fields or {})
        self.explained = tuple(explained)


class NotSimulated(Refused):
    """What is not simulated says so: names the call and what to use instead. Never a traceback, never silence."""

    def __init__(self, service: str, operation: str, instead: str = "") -> None:
        tail = f" {instead}" if instead else ""
        super().__init__("NotSimulated", f"{service}:{operation} is not simulated by this course.{tail}")
