"""From the laws to the caller: a request that breaks one is refused in AWS's words, and told all that it breaks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simcloud.cloud.errors import Refused


def demand(
    operation: str,
    request: Mapping[str, Any],
    seen: Any,
    fields: Mapping[str, Any] | None = None,
    *,
    normalised: Any = None,
) -> None:
    """Raise the first refusal of the laws, with all of them as explanation; return where there is none.

    `operation`, `seen` and `normalised` are those of `judge`; `fields` are more members of the modelled error.
    """
    from simcloud.rules.engine import judge  # here, so that a first answer that nothing judges does not wait for it

    refusals = judge(operation, request, seen, normalised)
    if refusals:
        first = refusals[0]
        raise Refused(first.code, str(first.aws), fields=fields, explained=refusals)
