"""A sitting: one learner at one lab, in the world built for them. Learning and grading sit down by the same code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.checks.judge import Judge
from autograder.checks.lab import Lab, make_variant, seed_of
from simcloud import Cloud


@dataclass
class Sitting:
    """What is live while a learner works at a lab."""

    lab: Lab
    learner: str
    seed: int
    variant: Mapping[str, Any]
    cloud: Any
    judge: Judge


def sit_down(lab: Lab, learner: str, *, hidden: bool = False, world: bytes = b"", judged: bool = True) -> Sitting:
    """Open the learner's world, build what they find in it, and record where their own work begins.

    `world`: what `world_of` gave for a sitting at the same lab by the same learner, where it has been built already.
    `judged`: will this sitting judge? Then it keeps what they find, since that earns nothing.
    """
    seed = seed_of(learner, lab.id)
    variant = make_variant(lab, seed)
    cloud = Cloud.unpacked(world).open() if world else _built(lab, seed, dict(variant))
    cloud.record(
        {"kind": "begin", "lab": lab.id, "learner": learner, "seed": seed, "variant": variant, "version": lab.version}
    )
    found = cloud.copies() if judged else None
    judge = Judge(lab, cloud, variant, hidden=hidden, since=len(cloud.transcript), found=found)
    return Sitting(lab, learner, seed, variant, cloud, judge)


def world_of(sitting: Sitting) -> bytes:
    """The world of a sitting in which nothing has been done yet; b"" where it cannot leave this process."""
    from simcloud.cloud.moving import Immovable

    try:
        return bytes(sitting.cloud.packed())
    except Immovable:
        return b""


def _built(lab: Lab, seed: int, variant: dict[str, Any]) -> Cloud:
    cloud = Cloud(seed=seed).open()
    with cloud.unrecorded():  # what the learner finds is built again by the grader, not replayed
        lab.world(cloud, variant)
    return cloud
