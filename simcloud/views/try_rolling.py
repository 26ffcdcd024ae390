"""Try a rolling deployment: desired count and the two percentages, and how many old and new tasks run at each moment.

Each choice runs the simulation anew, in a copy of the cloud: nothing of it is left in yours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcloud.cloud.trials.rolling import run
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud
    from simcloud.views.widgets import Explorer


def try_rolling(cloud: Cloud) -> Explorer:
    """The explorer of the lesson on services. `cloud` must be live, with a default VPC; it is copied for each try."""
    from simcloud.views.widgets import Choice, explorer

    controls = {
        "desired": Choice("desiredCount", ("4", "1", "2", "3", "10")),
        "minimum": Choice("minimumHealthyPercent", ("100", "0", "50", "75")),
        "maximum": Choice("maximumPercent", ("200", "100", "125", "150")),
    }

    def draw(desired: str, minimum: str, maximum: str) -> Table:
        return verdict(cloud, int(desired), int(minimum), int(maximum))

    return explorer("How does a service of this kind roll to a new revision?", controls, draw)


def verdict(cloud: Cloud, desired: int, minimum: int, maximum: int) -> Table:
    """One deployment, in a copy of the cloud: the moments at which the number of running tasks changed."""
    caption = f"{desired} tasks, minimumHealthyPercent {minimum}, maximumPercent {maximum}"
    headings = ("seconds", "old tasks", "new tasks", "together")
    with cloud.copy() as future:
        try:
            seen = run(future, desired, minimum, maximum)
        except ValueError as refused:
            return Table(caption, headings, (), f"Refused: {refused}")
    rows = tuple((str(at), str(old), str(new), str(old + new)) for at, old, new in seen)
    return Table(caption, headings, rows, _closing(seen, desired))


def _closing(seen: list[tuple[int, int, int]], desired: int) -> str:
    totals = [old + new for _, old, new in seen]
    if seen[-1][2] < desired:
        return "The deployment goes no further: the percentages leave no room to start or to stop a task."
    return f"Never fewer than {min(totals)} tasks and never more than {max(totals)}. Done after {seen[-1][0]} seconds."
