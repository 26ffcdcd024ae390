"""Which Fargate profile takes a pod."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from simcloud.sim.eks.pod import COMPUTE_TYPE, PROFILE_LABEL, Pod


@dataclass(frozen=True)
class Selector:
    """A namespace, and labels that a pod must all have. * and ? are wildcards in each of them (R-267)."""

    namespace: str
    labels: Mapping[str, str] = field(default_factory=dict)

    def matches(self, pod: Pod) -> bool:
        """Is the pod in the namespace, with all the labels (R-266)?"""
        return fits(self.namespace, pod.namespace) and all(
            any(fits(key, one) and fits(value, held) for one, held in pod.labels.items())
            for key, value in self.labels.items()
        )


@dataclass(frozen=True)
class Profile:
    """A Fargate profile, as far as it chooses pods."""

    name: str
    selectors: tuple[Selector, ...]

    def matches(self, pod: Pod) -> bool:
        """Does any of its selectors match?"""
        return any(each.matches(pod) for each in self.selectors)


def fits(pattern: str, text: str) -> bool:
    """Does the text match the pattern, in which * stands for any run of characters and ? for exactly one?"""
    parts = (".*" if each == "*" else "." if each == "?" else re.escape(each) for each in pattern)
    return re.fullmatch("".join(parts), text, re.DOTALL) is not None


def profile_for(pod: Pod, profiles: Iterable[Profile]) -> Profile | None:
    """The profile that takes the pod, or None.

    Of several the first in alphanumeric order of names, unless the pod names one by label; that one must match, too
    (R-268). A pod that asks for the compute type ec2, as CoreDNS does, is never taken (R-280).
    """
    if pod.annotations.get(COMPUTE_TYPE) == "ec2":
        return None
    named = pod.labels.get(PROFILE_LABEL)
    fitting = sorted((each for each in profiles if each.matches(pod)), key=lambda each: each.name)
    return next((each for each in fitting if named in (None, each.name)), None)


def why_not(pod: Pod, profiles: Iterable[Profile]) -> str:
    """Why no profile takes the pod: one sentence for the learner."""
    every = tuple(profiles)
    if pod.annotations.get(COMPUTE_TYPE) == "ec2":
        return f"its annotation {COMPUTE_TYPE}: ec2 asks for nodes"
    named = pod.labels.get(PROFILE_LABEL)
    if named is not None:
        known = any(each.name == named for each in every)
        return f"its label names profile {named}, " + ("which does not select it" if known else "which is not ACTIVE")
    here = [each.name for each in every if any(fits(one.namespace, pod.namespace) for one in each.selectors)]
    if here:
        return f"profile {here[0]} selects namespace {pod.namespace}, but asks for other labels"
    return f"no ACTIVE profile selects namespace {pod.namespace}"
