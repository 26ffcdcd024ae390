"""What all tests share: the option that lets long tests run, and how they are shared out to processes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("course", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("course")  # how long examples take to make says something about the machine, not about the code


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


FIRST = ("tests/ui/", "tests/labs/", "tests/autograder/", "tests/test_notebooks.py")
"""Begun first: what takes long in one module would otherwise run alone at the end."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: run `python3 start.py test --long`"))
    items.sort(key=lambda item: next((i for i, place in enumerate(FIRST) if item.nodeid.startswith(place)), len(FIRST)))


@pytest.fixture(autouse=True)
def _marked_operations_are_called(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """docs/fidelity.md rests on `@pytest.mark.operation`: what a test claims to show it must at least call, and be
    answered."""
    claimed = {name for marker in request.node.iter_markers("operation") for name in marker.args}
    if not claimed:
        yield
        return
    from simcloud.cloud import wire

    answered: set[str] = set()
    handle = wire._handle

    def noting(service: str, asked: wire.Asked, call: wire.Call) -> dict[str, object]:
        answer = handle(service, asked, call)
        answered.add(f"{service}:{asked.operation.name}")
        return answer

    monkeypatch.setattr(wire, "_handle", noting)
    yield
    assert not claimed - answered, f"marked as shown, but never answered: {sorted(claimed - answered)}"
