"""The positive control of each attack: with what stops it switched off, the attack succeeds.

Without it, a suite that nothing gets through could be one whose attacks do not work.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from autograder.run.engine import Engine
from autograder.run.layers import Isolation
from tests.attacks import names
from tests.attacks.attack import Attack, released, solved
from tests.attacks.bait import Bait
from tests.attacks.doubles import DOUBLES, QUICK, by_its_own_checks, ran
from tests.attacks.kinds import every
from tests.attacks.seen import came_to

ATTACKS = every()


class Engines:
    """Engines by the layers they lack, each started once."""

    def __init__(self) -> None:
        self._made: dict[frozenset[str], Engine] = {}

    def without(self, *missing: str) -> Engine:
        key = frozenset(missing)
        if key not in self._made:
            self._made[key] = Engine(without=key)
            self._made[key].start = lambda: None  # type: ignore[method-assign]  # each warm process at its first use
        return self._made[key]

    def close(self) -> None:
        for engine in self._made.values():
            engine.close()


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    made = Engines()
    yield made
    made.close()


@pytest.fixture(scope="module")
def isolation(engines: Engines) -> Isolation:
    return engines.without().isolation()


@pytest.fixture
def bait(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bait]:
    laid = Bait()
    monkeypatch.setenv("GRADERS_SECRET", laid.secret)
    yield laid
    laid.close()


def have(isolation: Isolation, attack: Attack) -> None:
    """Skip, or fail in CI, where this machine lacks a layer."""
    lacking = [name for name in attack.stopped_by if names.is_layer(name) and name in isolation.missing]
    if lacking:
        says = "; ".join(f"{name}: {isolation.why[name]}" for name in lacking)
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"this machine lacks {says}")


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_an_attack_succeeds_without_what_stops_it(
    attack: Attack, bait: Bait, engines: Engines, isolation: Isolation
) -> None:
    have(isolation, attack)
    if names.is_layer(attack.stopped_by[0]):
        seen = ran(attack, bait, engines.without(*attack.stopped_by, *attack.along))
    else:
        seen = DOUBLES[attack.stopped_by[0]](attack, bait, engines.without())
    assert came_to(attack, seen, bait) + bait.harmed() != [], (seen.raised, seen.text[:3000])


def test_the_way_of_stock_gives_nothing_for_nothing_and_all_for_all(engines: Engines, bait: Bait) -> None:
    honest = Attack("honest", "does the lab", ())
    assert by_its_own_checks(honest, bait, engines.without(), released()).points == 0
    assert by_its_own_checks(honest, bait, engines.without(), solved()).points == 20


assert QUICK
