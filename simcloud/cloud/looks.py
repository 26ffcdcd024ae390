"""Which operations of AWS only look."""

from __future__ import annotations

LOOKING = ("Describe", "List", "Get", "BatchGet", "Head", "Search", "Lookup", "Simulate", "Test", "Filter", "Discover")


def is_look(operation: str) -> bool:
    """Does the operation, by its name in AWS's own spelling, change nothing?"""
    return operation.startswith(LOOKING)
