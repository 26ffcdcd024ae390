"""Pairs whose work is more alike than chance and the lab explain.

What the lab gives is taken away first: words of the notebook, of the worked solutions, of the learner's own variant,
and of what the simulated AWS had answered by then. What is left are free choices (names, texts, numbers) by the place
where they were used, and the order of calls, refused ones included, in runs of four. A choice that k of n learners made
is worth log2((n + 2) / k) bits: what everybody does says nothing, what two alone do says much. A run of four counts a
quarter, since neighbouring runs overlap. Two learners are told where what they share is worth at least 10 bits and at
least 60 percent of all that either did, or where they handed in the very same file.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations

from autograder.grade.honesty.cohort import Cohort
from autograder.grade.honesty.features import RUN
from autograder.grade.honesty.words import Feature

BITS = 10.0
ALIKE = 0.6
RARE = 12
"""Learners: what more of them did makes no pair worth comparing."""


@dataclass(frozen=True)
class Pair:
    """Two learners who did much alike."""

    learners: tuple[str, str]
    alike: float
    """From 0 to 1: the worth of what is shared, of the worth of all that either did."""
    bits: float
    shared: list[str]
    """The rarest choices that both made."""
    same_file: bool


def pairs(cohort: Cohort) -> list[Pair]:
    """The pairs to look at, most alike first."""
    features = {sat.learner: sat.traits.features for sat in cohort.sat}
    count = Counter(feature for mine in features.values() for feature in mine)
    worth = {feature: _bits(feature, many, len(features)) for feature, many in count.items()}
    files = {sat.learner: sat.sha256 for sat in cohort.sat}
    found = []
    for one, two in sorted(_candidates(features, count) | _same_files(files)):
        pair = _pair(one, two, features, worth, files[one] == files[two])
        if pair.same_file or (pair.bits >= BITS and pair.alike >= ALIKE):
            found.append(pair)
    return sorted(found, key=lambda pair: (not pair.same_file, -pair.alike, pair.learners))


def _pair(one: str, two: str, features: dict[str, frozenset[Feature]], worth: dict[Feature, float], same: bool) -> Pair:
    shared, either = features[one] & features[two], features[one] | features[two]
    bits, whole = math.fsum(worth[f] for f in shared), math.fsum(worth[f] for f in either)
    told = sorted((f for f in shared if f[0] == "choice"), key=lambda f: (-worth[f], f))[:6]
    return Pair((one, two), bits / whole if whole else 0.0, bits, [f"{f[1]} {f[2]} = {f[3]}" for f in told], same)


def _bits(feature: Feature, many: int, learners: int) -> float:
    return math.log2((learners + 2) / many) * (1 if feature[0] == "choice" else 1 / RUN)


def _candidates(features: dict[str, frozenset[Feature]], count: Counter[Feature]) -> set[tuple[str, str]]:
    """Pairs that share something rare: all others are not worth the comparing."""
    having: dict[Feature, list[str]] = defaultdict(list)
    for learner, mine in features.items():
        for feature in mine:
            if 2 <= count[feature] <= max(RARE, len(features) // 50):
                having[feature].append(learner)
    return {pair for learners in having.values() for pair in combinations(sorted(learners), 2)}


def _same_files(files: dict[str, str]) -> set[tuple[str, str]]:
    of: dict[str, list[str]] = defaultdict(list)
    for learner, content in files.items():
        of[content].append(learner)
    return {pair for learners in of.values() for pair in combinations(sorted(learners), 2)}
