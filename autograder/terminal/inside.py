"""What the terminal asks of the world, run in the kernel where that world is. Nothing here moves it."""

from __future__ import annotations

import sys
from typing import Any

from autograder.lab import DOOR
from simcloud.views import console

BEFORE = "The lab has not begun: `check` a question, or `run`, begins it.\n"


def show(*pages: str) -> None:
    """Print pages of the console, by name: Services, Tasks and so on."""
    cloud = _cloud()
    if cloud is not None:
        _print(cloud, pages)


def ahead(seconds: float, *pages: str) -> None:
    """Print what the pages would be after so much simulated time; the world itself stays where it is."""
    cloud = _cloud()
    if cloud is None:
        return
    with cloud.copy() as future:
        future.advance(seconds=seconds)
        _print(future, pages)


def _print(cloud: Any, pages: tuple[str, ...]) -> None:
    tables = [console.PAGES[page](cloud).text for page in pages]
    sys.stdout.write("\n\n".join([console.heading(cloud), *tables]) + "\n")


def _cloud() -> Any:
    if DOOR.begun is None:
        sys.stdout.write(BEFORE)
        return None
    return DOOR.begun.cloud
