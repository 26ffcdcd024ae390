"""docs/attacks.md tells of the attacks that there are, and of no others."""

from __future__ import annotations

from autograder.author.places import course
from autograder.run import layers
from tests.attacks import names, page
from tests.attacks.doubles import DOUBLES
from tests.attacks.kinds import every


def test_the_page_is_the_one_that_the_attacks_make() -> None:
    says = "write it again: python -m tests.attacks.page"
    assert (course().root / "docs" / "attacks.md").read_text(encoding="utf-8") == page.text(), says


def test_each_attack_names_layers_or_one_check_that_can_be_switched_off() -> None:
    for attack in every():
        known = set(attack.stopped_by) <= set(layers.ALL) or (
            len(attack.stopped_by) == 1 and attack.stopped_by[0] in DOUBLES
        )
        assert known, attack.id
    assert set(DOUBLES) == set(names.SAYS)


def test_each_layer_and_each_check_stops_something() -> None:
    stopping = {name for attack in every() for name in attack.stopped_by}
    assert set(layers.ALL) | set(names.SAYS) == stopping
