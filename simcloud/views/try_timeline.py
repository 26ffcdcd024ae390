"""Try a task's life: move the size of its image, its memory and its stopTimeout, and see how it starts and ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simcloud.cloud.life_sketch import Life, Sketch, run
from simcloud.views.timeline import draw, text
from simcloud.views.timeline_sheet import sheet

if TYPE_CHECKING:
    from simcloud.views.picture import Picture
    from simcloud.views.widgets import Explorer


@dataclass(frozen=True)
class Tried:
    """What became of one setting."""

    life: Life

    @property
    def text(self) -> str:
        """In words."""
        return f"{text(self.life)}\n{self.closing}"

    @property
    def closing(self) -> str:
        """What is not on the line itself."""
        ended = "none" if self.life.exit_code is None else str(self.life.exit_code)
        return f"Exit code: {ended}. Billed: {self.life.billed:.0f} s, from the start of the pull to the end."

    @property
    def html(self) -> str:
        """For the live view."""
        return f"{sheet(self.life).svg(self.text)}<p>{self.closing}</p>"

    @cached_property
    def picture(self) -> Picture:
        """To keep."""
        return draw(self.life)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        data: dict[str, Any] = self.picture._repr_mimebundle_()[0]
        return {**data, "text/plain": self.text}


def try_timeline() -> Explorer:
    """The explorer of a task's life."""
    from simcloud.views.widgets import Control, Slider, Switch, explorer

    usual = Sketch()
    controls: dict[str, Control] = {
        "image_mib": Slider("Size of the image, in MiB", 20, 4000, usual.image_mib, 20),
        "needs_mib": Slider("Memory that it needs, of 512 MiB", 64, 1024, usual.needs_mib, 64),
        "runs": Slider("Seconds from RUNNING to StopTask", 10, 600, usual.runs, 10),
        "ends_in": Slider("Seconds that it takes to end on SIGTERM", 0, 150, usual.ends_in, 5),
        "stop_timeout": Slider("stopTimeout, in seconds", 2, 120, usual.stop_timeout, 2),
        "has_way": Switch("There is a way to ECR", usual.has_way),
        "may": Switch("The execution role has its policy", usual.may),
    }
    return explorer("How does this task live?", controls, life)


def life(**settings: Any) -> Tried:
    """A task of these settings."""
    return Tried(run(Sketch(**settings)))
