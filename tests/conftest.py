"""What all tests share: the option that lets long tests run, and how they are shared out to processes."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        # A module's tests stay in one process, so that what they share (a graded folder, a server) is made once.
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: run `python3 start.py test --long`"))
    # The browser's tests follow each other in one process: begun last, they would run alone at the end.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)
