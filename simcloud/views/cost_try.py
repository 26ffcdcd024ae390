"""Look at a cloud's costs from all sides: by service, cluster, ECS service or tag, over the last days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simcloud.price.breakdown import DAY
from simcloud.price.usage import Usage
from simcloud.views.cost import Costs, costs, draw, sheet, table

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud
    from simcloud.views.widgets import Explorer

USUAL = ("product", "cluster", "service")


@dataclass(frozen=True)
class Shown:
    """One way to look: drawn at once for the live view, and as a picture to keep."""

    costs: Costs

    @property
    def text(self) -> str:
        return table(self.costs).text

    @property
    def html(self) -> str:
        return sheet(self.costs).svg(self.text)

    @cached_property
    def picture(self) -> Any:
        return draw(self.costs)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        data: dict[str, Any] = self.picture._repr_mimebundle_()[0]
        return data


def try_costs(cloud: Cloud) -> Explorer:
    """The explorer of what the live cloud has cost until now. It stays at this moment when the cloud goes on."""
    from simcloud.cloud.usage import usage_of

    world = cloud.world
    return look(usage_of(world), world.begun, world.now)


def look(usage: list[Usage], begun: float, now: float) -> Explorer:
    """The same of any usage, between two moments in epoch seconds."""
    from simcloud.views.widgets import Choice, Control, Slider, explorer

    lasted = max(1, int(-(-(now - begun) // DAY)))
    keys = sorted({key for used in usage for key, _ in used.owner.tags})
    controls: dict[str, Control] = {
        "by": Choice("In parts by", (*USUAL, *(f"tag:{key}" for key in keys))),
        "days": Slider("Days back", 1, lasted, min(14, lasted)),
    }

    def shown(by: str, days: int) -> Shown:
        return Shown(costs(usage, by, repr(max(begun, now - days * DAY)), repr(now)))

    return explorer("What has this cost?", controls, shown)
