"""What the world keeps of scaling. Light, because every world has one: the laws are read where something is scaled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simcloud.sim.scaling.state import Activity, Target


class Scaling:
    """All of it."""

    def __init__(self) -> None:
        self.targets: dict[str, Target] = {}
        """By key."""
        self.activities: list[Activity] = []
        """Newest first."""

    def __setstate__(self, state: dict[str, Any]) -> None:
        """A world that comes from another process brings targets: the laws that move them are read with it."""
        self.__dict__.update(state)
        if self.targets or self.activities:
            from simcloud.sim.scaling import laws  # noqa: F401 (importing registers their functions)
