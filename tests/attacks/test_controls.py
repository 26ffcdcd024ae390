"""The positive control of each attack: with what stops it switched off, the attack succeeds.

Without it, a suite that nothing gets through could be one whose attacks do not work.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator

import pytest

from autograder.run import layers
from autograder.run.engine import Engine
from autograder.run.layers import Isolation
from tests.attacks import names
from tests.attacks.attack import Attack, released, solved
from tests.attacks.bait import Bait
from tests.attacks.doubles import DOUBLES, by_its_own_checks, ran
from tests.attacks.kinds import every
from tests.attacks.seen import came_to
from tests.rotation import parameters

DAYS = 7
"""In so many days every control comes up."""
ATTACKS = every()
BOXED = [attack for attack in ATTACKS if names.is_layer(attack.stopped_by[0])]
SECRET = secrets.token_hex(12)
"""The same for all, since it stands in the environment that the engines start with."""

ALONE = [(attack, layer) for attack in BOXED if len(attack.stopped_by) > 1 for layer in attack.stopped_by]


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
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADERS_SECRET", SECRET)
        yield made
    made.close()


@pytest.fixture(scope="module")
def isolation(engines: Engines) -> Isolation:
    return engines.without().isolation()


@pytest.fixture
def bait() -> Iterator[Bait]:
    laid = Bait(SECRET)
    yield laid
    laid.close()


def have(isolation: Isolation, attack: Attack) -> None:
    """Skip, or fail in CI, where this machine lacks a layer."""
    lacking = [name for name in attack.stopped_by if names.is_layer(name) and name in isolation.missing]
    if lacking:
        says = "; ".join(f"{name}: {isolation.why[name]}" for name in lacking)
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"this machine lacks {says}")


@pytest.mark.parametrize("attack", parameters(ATTACKS, -(-len(ATTACKS) // DAYS)), ids=lambda attack: attack.id)
def test_an_attack_succeeds_without_what_stops_it(
    attack: Attack, bait: Bait, engines: Engines, isolation: Isolation
) -> None:
    """For a layer, all layers are off but the home, which keeps what attackers write in a place of its own."""
    have(isolation, attack)
    if names.is_layer(attack.stopped_by[0]):
        off = layers.ALL if layers.HOME in attack.stopped_by else set(layers.ALL) - {layers.HOME}
        seen = ran(attack, bait, engines.without(*off))
    else:
        seen = DOUBLES[attack.stopped_by[0]](attack, bait, engines.without())
    assert came_to(attack, seen, bait) + bait.harmed() != [], (seen.raised, seen.text[:3000])


@pytest.mark.long
@pytest.mark.parametrize("attack", BOXED, ids=lambda attack: attack.id)
def test_an_attack_succeeds_without_the_layers_that_are_named_and_with_all_others(
    attack: Attack, bait: Bait, engines: Engines, isolation: Isolation
) -> None:
    have(isolation, attack)
    seen = ran(attack, bait, engines.without(*attack.stopped_by, *attack.along))
    assert came_to(attack, seen, bait) + bait.harmed() != [], (seen.raised, seen.text[:3000])


@pytest.mark.long
@pytest.mark.parametrize(("attack", "layer"), ALONE, ids=[f"{attack.id}-{layer}" for attack, layer in ALONE])
def test_each_layer_that_is_named_stops_it_alone(
    attack: Attack, layer: str, bait: Bait, engines: Engines, isolation: Isolation
) -> None:
    """With the others of its row switched off."""
    have(isolation, attack)
    if layer == layers.USER and os.geteuid() != 0:
        pytest.skip("an ordinary user's files and processes stay their own whatever their number inside is")
    engine = engines.without(*set(attack.stopped_by) - {layer}, *attack.along)
    if layer in engine.isolation().missing:
        pytest.skip(f"not to be had without the others: {engine.isolation().why[layer]}")
    seen = ran(attack, bait, engine)
    assert came_to(attack, seen, bait) + bait.harmed() == []


def test_the_way_of_stock_gives_nothing_for_nothing_and_all_for_all(engines: Engines, bait: Bait) -> None:
    honest = Attack("honest", "does the lab", ())
    assert by_its_own_checks(honest, bait, engines.without(), released()).points == 0
    assert by_its_own_checks(honest, bait, engines.without(), solved()).points == 20
