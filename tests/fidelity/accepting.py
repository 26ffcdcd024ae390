"""How an accepted definition is written down: a name that says why somebody would write it, and the request."""

from __future__ import annotations

from typing import Any

import pytest

row = pytest.mark.row


def case(name: str, request: dict[str, Any], *marks: pytest.MarkDecorator) -> Any:
    """One accepted definition."""
    return pytest.param(request, id=name, marks=marks)
