"""What came of one attempt at one step of a task's start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from simcloud.sim.effects import Effect
from simcloud.sim.files import Store
from simcloud.sim.image import Image


class Download(NamedTuple):
    """An image that comes over the network."""

    mib: int
    by: str
    """By which kind of gateway or endpoint."""
    service: str
    """From where: s3, or `internet`."""


@dataclass(frozen=True)
class Passed:
    """The step worked and takes this long."""

    seconds: float
    says: str
    """A sentence for the story."""
    why: str = ""
    image: Image | None = None
    """The image that was pulled."""
    environment: tuple[tuple[str, str], ...] = ()
    """Values that the container gets as environment variables."""
    weak: bool = False
    """Do they give way to values of the same name that the container has already?"""
    stores: tuple[tuple[str, Store], ...] = ()
    """Where the files of a volume are kept, by the volume's name."""
    effects: tuple[Effect, ...] = ()
    mute: bool = False
    """May nobody write to the log stream that was made?"""
    download: Download | None = None
    """What is pulled."""


@dataclass(frozen=True)
class Failed:
    """The step did not work. It is tried again until its patience, counted from the first attempt, is used up."""

    reason: str
    """AWS's text, whole."""
    why: str
    """The hop, statement or thing that decided it."""
    patience: float
    """Seconds."""
    container: str = field(default="")
    """The container that the text also stands on as its reason; '' where it concerns the task alone."""


Outcome = Passed | Failed
