"""What the honesty report needs of a run, kept beside it: transcripts are long, and are read once.

A run's traits follow from the run, from what the lab gives to everybody, and from this code; where any of them changes,
they are made anew.
"""

from __future__ import annotations

import base64
import re
import sys
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.checks.lab import load, make_variant, seed_of
from autograder.grade.fingerprint import digest
from autograder.grade.honesty import features
from autograder.grade.honesty.signs import signs
from autograder.grade.honesty.words import Feature, tokens
from autograder.grade.run import Run, run_of
from autograder.grade.store import Store

if TYPE_CHECKING:
    import numpy
    import numpy.typing

    Numbers = numpy.typing.NDArray[numpy.uint64]

SHORTEST = 6
"""Characters of a word that can tell whose world it is of."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Traits:
    """Of one run."""

    sat: str
    """Whose world it was done in."""
    shown: Hashes
    """The telling words that its own world showed: in its variant, in answers of the simulated AWS."""
    strange: frozenset[str]
    """The telling words that were used (in parameters of calls, in answers to questions) and that nothing showed."""
    features: frozenset[Feature]
    """Free choices, and the order of calls: see `similar`."""
    signs: tuple[tuple[str, str], ...]
    """Cells that reach beyond the lab, with what they reach."""
    answers: dict[str, str]
    """The last answers to each question that asks for any, as text."""

    def as_json(self) -> dict[str, Any]:
        return {
            "sat": self.sat,
            "shown": self.shown.text,
            "strange": sorted(self.strange),
            "features": sorted(self.features),
            "signs": self.signs,
            "answers": self.answers,
        }


class Hashes:
    """A set of words that can be asked which it holds, and no more: eight bytes a word."""

    def __init__(self, text: str) -> None:
        self.text = text
        """The sorted hashes, base64."""

    @cached_property
    def _sorted(self) -> Numbers:
        import numpy  # here, since a batch only writes such sets, and reads none

        return numpy.frombuffer(base64.b64decode(self.text), dtype="<u8")

    @classmethod
    def of(cls, words: Iterable[str]) -> Hashes:
        """The set of these words."""
        made = array("Q", sorted({_hash(word) for word in words}))
        if sys.byteorder == "big":
            made.byteswap()
        return cls(base64.b64encode(made.tobytes()).decode())

    def holding(self, wanted: Numbers) -> list[int]:
        """The places in a list of hashes of those that it holds."""
        if not len(self._sorted):
            return []
        import numpy

        places = numpy.searchsorted(self._sorted, wanted).clip(max=len(self._sorted) - 1)
        return [int(place) for place in numpy.flatnonzero(self._sorted[places] == wanted)]


def hashes(words: Iterable[str]) -> Numbers:
    """The hash of each word."""
    import numpy

    return numpy.array([_hash(word) for word in words], dtype="<u8")


def traits(run: Run, given: frozenset[str]) -> Traits:
    """The traits of a run. `given`: every word of the released notebook and of the worked solutions."""
    variant = make_variant(load(run.lab), seed_of(run.sat, run.lab))
    shown, used = tokens(variant), set[str]()
    answers: dict[str, str] = {}
    told = [tokens(entry.get("response")) for entry in run.evidence.transcript]
    for entry, answered in zip(run.evidence.transcript, told, strict=True):
        shown |= answered | tokens(entry.get("error")) | tokens(entry.get("answer"))
        used |= tokens(entry.get("params")) | tokens(entry.get("answers")) | tokens(entry.get("given"))
        if entry["kind"] == "check" and entry["answers"]:
            answers[entry["question"]] = features.written(entry["answers"])
    return Traits(
        run.sat,
        Hashes.of(filter(telling, shown)),
        frozenset(filter(telling, used - shown - given)),
        frozenset(features.features(run.evidence.transcript, told, variant, given)),
        tuple(signs(run.notebook)),
        answers,
    )


def telling(word: str) -> bool:
    """Is it long enough, and has it a digit, so that it may be one world's own?"""
    return len(word) >= SHORTEST and _DIGIT.search(word) is not None


def kept(store: Store, run: str, given: frozenset[str], done: dict[str, Any] | None = None) -> Traits | None:
    """The traits of a kept run, from the store, where they are put if they were not there; None where the run is gone.

    `done`: the run, where it is at hand.
    """
    key = digest("traits", run, _given(given), _code())
    data = store.traits(key)
    if data is None:
        done = done or store.run(run)
        if done is None:
            return None
        data = {"run": run, **traits(run_of(done), given).as_json()}
        store.keep_traits(key, data)
    return Traits(
        data["sat"],
        Hashes(data["shown"]),
        frozenset(data["strange"]),
        frozenset(map(tuple, data["features"])),
        tuple((cell, what) for cell, what in data["signs"]),
        data["answers"],
    )


@cache
def _given(given: frozenset[str]) -> str:
    return digest(*sorted(given))


@cache
def _code() -> str:
    return digest(*(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py"))))


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest())
