"""What all tests share: the option that lets long tests run, and how they are shared out to processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import autograder.quick  # noqa: F401  (it decides what nbformat imports)
from tests.rotation import COLLECTED, is_up, turn

settings.register_profile("course", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("course")  # how long examples take to make says something about the machine, not about the code


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="also run the tests that take minutes")


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("COURSE_TURN", str(turn()))  # the same day in every process, past midnight too


def pytest_report_header(config: pytest.Config) -> str:
    if config.getoption("--long"):
        return "turn: every test, however long"
    return f"turn: of day {turn()}; long tests and those of other days are left out: `python3 start.py test --long`"


LONGEST = (
    "tests/ui/",
    "tests/test_notebooks.py",
    "tests/labs/test_labs.py",
    "tests/autograder/grade/",
    "tests/attacks/",
    "tests/fidelity/test_against_plain_moto.py",
    "tests/test_tidy.py",
    "tests/lessons/",
    "tests/autograder/cohort/",
    "tests/labs/",
    "tests/autograder/",
    "tests/serving/",
    "tests/setup/",
    "tests/simcloud/cloud/test_notebook_time_and_errors.py",
    "tests/fidelity/",
)
"""Begun first, in this order: what takes long in one module would otherwise run alone at the end."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    config.stash[COLLECTED] = list(items)
    if not config.getoption("--long"):
        left_out = [item for item in items if item.get_closest_marker("long") or not is_up(item, turn())]
        config.hook.pytest_deselected(items=left_out)
        gone = {id(item) for item in left_out}
        items[:] = [item for item in items if id(item) not in gone]
    items.sort(key=lambda one: next((i for i, place in enumerate(LONGEST) if one.nodeid.startswith(place)), 99))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from tests.scopes import Scopes

    return Scopes(config, log) if config.getoption("dist") == "loadscope" else None


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
