"""What all tests share: the option that lets long tests run, and how they are shared out to processes."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


FIRST = ("tests/ui/", "tests/labs/", "tests/autograder/", "tests/test_notebooks.py")
"""Begun first: what takes long in one module would otherwise run alone at the end."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: run `python3 start.py test --long`"))
    items.sort(key=lambda item: next((i for i, place in enumerate(FIRST) if item.nodeid.startswith(place)), len(FIRST)))
