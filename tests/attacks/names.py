"""The checks that stop what no layer of the box is there to stop, by name (doubles.py has the grader without each)."""

from __future__ import annotations

from autograder.run import layers

ELSEWHERE, BELIEVED, BOUNDED, DEADLINE = "judged elsewhere", "nothing believed", "bounded", "deadline"
SURVIVED, REPAIRED, READ = "survived", "repaired", "read with suspicion"
OWN_WORLD, REPORTED, HARMLESS = "own world", "reported", "made harmless"
LINKS, PACKED = "no link followed", "no name used as a path"
EARNED = "only what was done"

SAYS = {
    ELSEWHERE: "the calls are replayed and judged in a process that no learner's code enters",
    BELIEVED: "what the process says is parsed, bounded and checked, and no verdict or point is taken from it",
    BOUNDED: "messages, outputs and what is not believed are limited in number and size",
    DEADLINE: "a process that does not stop is killed from outside when its time is over",
    SURVIVED: "a process that ends itself ends its own run alone, and what it did before is judged",
    REPAIRED: "the submission is laid over the release: locked cells, points and flags are the release's",
    READ: "a file is read as one that may be anything, and is refused in one line where it is no notebook",
    OWN_WORLD: "each learner has a world of their own, and is judged in it",
    REPORTED: "a notebook done in another learner's world is judged there, and reported to the instructor",
    HARMLESS: "what may run script is dropped from what a person is shown, and the rest is escaped",
    LINKS: "links in the folder of submissions are not followed",
    EARNED: "checks that held in the world as it was found give points only beside one that did not",
    PACKED: "no name in an archive is used as a path; the notebook's bytes are read and kept under a checked name",
}
"""What each check does, in words that follow `Stopped, since`."""


def is_layer(name: str) -> bool:
    """Is it a layer of the box, and no check?"""
    return name in layers.SAYS
