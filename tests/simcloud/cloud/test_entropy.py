"""A generator whose seed waits draws what one draws that is seeded and brought back at once."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from simcloud.cloud import entropy
from simcloud.cloud.entropy import Generator

STEPS = st.recursive(
    st.lists(st.sampled_from(["draw", "choose", "mix", "begin", "keep", "return", "seed"]), max_size=6),
    lambda inner: st.lists(st.one_of(st.sampled_from(["draw", "begin", "return"]), inner), max_size=6),
    max_leaves=12,
)


class Eager:
    """What the generator stands for: a plain one, seeded and brought back at once."""

    def __init__(self) -> None:
        self.plain = random.Random(0)

    def begin(self, kept: object) -> None:
        if isinstance(kept, int):
            self.plain.seed(kept)
        else:
            self.plain.setstate(kept)  # type: ignore[arg-type]


def drawn(generator: random.Random, how: str) -> object:
    items = list(range(9))
    if how == "mix":
        generator.shuffle(items)
        return items, generator.randbytes(3)
    return generator.choice(items) if how == "choose" else (generator.random(), generator.getrandbits(40))


def run(steps: list[object], lazy: Generator, eager: Eager, depth: int = 0) -> None:
    kept: tuple[object, object] = (7, 7)
    for place, step in enumerate(steps):
        number = 100 * depth + place
        if isinstance(step, list):
            back, stood = lazy.aside(number), eager.plain.getstate()
            eager.begin(number)
            run(step, lazy, eager, depth + 1)
            back()
            eager.begin(stood)
        elif step == "begin":
            lazy.begin(number)
            eager.begin(number)
        elif step == "seed":
            lazy.seed(number)
            eager.begin(number)
        elif step == "keep":
            kept = lazy.kept(), eager.plain.getstate()
        elif step == "return":
            lazy.begin(kept[0])  # type: ignore[arg-type]
            eager.begin(kept[1])
        else:
            assert drawn(lazy, str(step)) == drawn(eager.plain, str(step))
    assert drawn(lazy, "draw") == drawn(eager.plain, "draw")


@given(STEPS)
def test_a_seed_that_waits_changes_no_draw(steps: list[object]) -> None:
    run(steps, Generator(0), Eager())


def test_motos_generator_waits_too_and_draws_what_moto_would() -> None:
    from moto.moto_api._internal import mock_random
    from moto.moto_api._internal.moto_random import MotoRandom

    entropy.seed("a", "key")
    plain = MotoRandom()
    plain.seed(entropy.state()[0])
    assert mock_random.get_random_hex(8) == plain.get_random_hex(8)
    with entropy.own_seed("another"):
        other = mock_random.get_random_string(8)
    assert mock_random.uuid4() == plain.uuid4() != other


@given(st.integers(0, 2**64), st.integers(0, 60), st.booleans(), st.booleans())
def test_words_drawn_at_once_are_those_that_moto_draws_letter_by_letter(
    seed: int, length: int, digits: bool, small: bool
) -> None:
    from moto.moto_api._internal.moto_random import MotoRandom

    ours, plain = entropy._waiting(MotoRandom)(), MotoRandom(seed)
    ours.begin(seed)
    assert ours.get_random_string(length, digits, small) == plain.get_random_string(length, digits, small)
    assert ours.get_random_hex(length) == plain.get_random_hex(length)
    assert ours.random() == plain.random()


def test_nothing_is_seeded_for_what_draws_nothing() -> None:
    generator = Generator(0)
    generator.begin(5)
    back = generator.aside(6)
    back()
    assert generator.kept() == 5
