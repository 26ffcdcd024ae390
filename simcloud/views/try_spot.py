"""Try Spot: move base, weights and the size of a wave, and see who is left to serve."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simcloud.cloud.spot_history import SpotHistory
from simcloud.cloud.spot_sketch import Sketch, run
from simcloud.views import spot
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.views.widgets import Explorer


@dataclass(frozen=True)
class Tried:
    """What became of one setting: drawn at once for the live view, and as a picture to keep."""

    history: SpotHistory

    @property
    def text(self) -> str:
        """The same in words."""
        return spot.text(self.history)

    @property
    def html(self) -> str:
        """For the live view."""
        return spot.sheet(self.history).svg(self.text)

    @cached_property
    def picture(self) -> Any:
        """To keep."""
        return spot.draw(self.history)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        data: dict[str, Any] = self.picture._repr_mimebundle_()[0]
        return data


def try_spot() -> Explorer:
    """The explorer of the Spot lesson."""
    from simcloud.views.widgets import Slider, explorer

    usual = Sketch()
    controls = {
        "desired": Slider("Desired count", 1, 20, usual.desired),
        "base": Slider("Base on FARGATE", 0, 20, usual.base),
        "on_demand_weight": Slider("Weight of FARGATE", 0, 10, usual.on_demand_weight),
        "spot_weight": Slider("Weight of FARGATE_SPOT", 0, 10, usual.spot_weight),
        "percent_reclaimed": Slider("Spot tasks taken back, in percent", 0, 100, usual.percent_reclaimed, 10),
        "drought_minutes": Slider("Minutes without Spot capacity after it", 0, 15, usual.drought_minutes),
        "busy_percent": Slider("Load, in percent of what all tasks answer", 0, 100, usual.busy_percent, 10),
    }
    return explorer("What does a Spot wave leave of this service?", controls, wave)


def wave(**settings: int) -> Tried | Table:
    """A service of these settings, and the wave over it; AWS's refusal where it would not take the strategy."""
    sketch = Sketch(**settings)
    if sketch.refusal:
        return Table("AWS refuses this strategy", ("why",), ((sketch.refusal,),))
    return Tried(run(sketch))
