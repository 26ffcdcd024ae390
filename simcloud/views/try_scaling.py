"""Try scaling: move target, cooldowns, the peak of the load and the start time of the image, and see who waits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simcloud.cloud.scaling_history import ScalingHistory
from simcloud.cloud.scaling_sketch import Sketch, run
from simcloud.views import scaling

if TYPE_CHECKING:
    from simcloud.views.picture import Picture
    from simcloud.views.widgets import Explorer


@dataclass(frozen=True)
class Tried:
    """What became of one setting: drawn at once for the live view, and as a picture to keep."""

    history: ScalingHistory

    @property
    def text(self) -> str:
        """The same in words."""
        return scaling.text(self.history)

    @property
    def html(self) -> str:
        """For the live view."""
        return scaling.sheet(self.history).svg(self.text)

    @cached_property
    def picture(self) -> Picture:
        """To keep."""
        return scaling.draw(self.history)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        data: dict[str, Any] = self.picture._repr_mimebundle_()[0]
        return data


def try_scaling() -> Explorer:
    """The explorer of the scaling lesson."""
    from simcloud.views.widgets import Control, Slider, Switch, explorer

    usual = Sketch()
    controls: dict[str, Control] = {
        "scales": Switch("A target tracking policy scales the service", on=usual.scales),
        "target": Slider("Target value: CPU in percent", 10, 95, usual.target, 5),
        "out_cooldown": Slider("ScaleOutCooldown in seconds", 0, 900, usual.out_cooldown, 60),
        "in_cooldown": Slider("ScaleInCooldown in seconds", 0, 900, usual.in_cooldown, 60),
        "peak": Slider("Requests a second at the peak", 20, 800, usual.peak, 20),
        "start_seconds": Slider("Seconds until the image listens", 0, 300, usual.start_seconds, 10),
    }
    return explorer("Does the service keep up with this hill of load?", controls, hill)


def hill(**settings: Any) -> Tried:
    """A service of these settings under the hill."""
    return Tried(run(Sketch(**settings)))
