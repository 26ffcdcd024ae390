"""Try a canary: move its share and its times, plant a fault, take the alarm away, and see who is hurt."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simcloud.cloud.rollout_history import RolloutHistory
from simcloud.cloud.rollout_sketch import Sketch, run
from simcloud.views.rollout import draw, sheet, text

if TYPE_CHECKING:
    from simcloud.views.picture import Picture
    from simcloud.views.widgets import Explorer


@dataclass(frozen=True)
class Tried:
    """What became of one setting: drawn at once for the live view, and as a picture to keep."""

    history: RolloutHistory

    @property
    def text(self) -> str:
        """The same in words."""
        return text(self.history)

    @property
    def html(self) -> str:
        """For the live view."""
        return sheet(self.history).svg(self.text)

    @cached_property
    def picture(self) -> Picture:
        """To keep."""
        return draw(self.history)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        data: dict[str, Any] = self.picture._repr_mimebundle_()[0]
        return data


def try_rollout() -> Explorer:
    """The explorer of the deployments lesson."""
    from simcloud.views.widgets import Control, Slider, Switch, explorer

    usual = Sketch()
    controls: dict[str, Control] = {
        "canary_percent": Slider("Canary, in percent of the traffic", 1, 100, usual.canary_percent),
        "canary_minutes": Slider("Minutes until the rest follows", 0, 20, usual.canary_minutes),
        "bake_minutes": Slider("Bake time in minutes", 0, 20, usual.bake_minutes),
        "fault": Switch("The new revision fails half of its requests", on=usual.fault),
        "alarm": Switch("An alarm watches the deployment", on=usual.alarm),
    }
    return explorer("Who is hurt by this canary?", controls, canary)


def canary(**settings: Any) -> Tried:
    """A canary of these settings."""
    return Tried(run(Sketch(**settings)))
