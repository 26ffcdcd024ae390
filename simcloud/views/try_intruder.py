"""Try an intruder: choose the task role and the security group of a task, and see what whoever takes it over gets at.

Each choice runs the simulation anew, in a copy of the cloud: nothing of it is left in yours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcloud.cloud.trials.intruder import OUTBOUND, ROLES, run
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud
    from simcloud.views.widgets import Explorer

LET_IN = ("the app's group", "the whole VPC")


def try_intruder(cloud: Cloud) -> Explorer:
    """The explorer of the lesson on security. `cloud` must be live, with a default VPC; it is copied for each try."""
    from simcloud.views.widgets import Choice, explorer

    controls = {
        "role": Choice("Task role", ROLES),
        "outbound": Choice("The app's group lets out to", OUTBOUND),
        "let_in": Choice("The database's group lets in", LET_IN),
    }

    def draw(role: str, outbound: str, let_in: str) -> Table:
        return verdict(cloud, role, outbound, let_in)

    return explorer("Somebody has taken over the program. What do they get at?", controls, draw)


def verdict(cloud: Cloud, role: str, outbound: str, let_in: str) -> Table:
    """One break-in, in a copy of the cloud: what was tried, whether it works, and what decides."""
    with cloud.copy() as future:
        seen = run(future, role, outbound, let_in)
    caption = f"task role: {role}; out: {outbound}; the database lets in {let_in}"
    rows = tuple((one.what, "works" if one.works else "stopped", one.why) for one in seen)
    works = sum(one.works for one in seen)
    closing = f"{works} of {len(seen)} work. One of them, writing a receipt, is what the program is there for."
    return Table(caption, ("the intruder tries to", "and it", "because"), rows, closing)
