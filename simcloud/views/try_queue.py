"""Try workers on a queue: how many, how long a message takes, how long it stays hidden, and what goes wrong.

Each choice runs the simulation anew, in a copy of the cloud: nothing of it is left in yours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simcloud.cloud.trials.queue import MESSAGES, MISHAPS, Drained, run
from simcloud.views.table import Table

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud
    from simcloud.views.widgets import Explorer


def try_queue(cloud: Cloud) -> Explorer:
    """The explorer of the lesson on queues. `cloud` must be live, with a default VPC; it is copied for each try."""
    from simcloud.views.widgets import Choice, explorer

    controls = {
        "workers": Choice("Workers", ("2", "1", "4", "8")),
        "message_seconds": Choice("Seconds of work on a message", ("10", "20", "40")),
        "visibility": Choice("Visibility time-out in seconds", ("30", "15", "60", "300")),
        "mishap": Choice("What goes wrong", MISHAPS),
    }

    def draw(workers: str, message_seconds: str, visibility: str, mishap: str) -> Table:
        return verdict(cloud, int(workers), int(message_seconds), int(visibility), mishap)

    return explorer(f"What becomes of {MESSAGES} messages?", controls, draw)


def verdict(cloud: Cloud, workers: int, message_seconds: int, visibility: int, mishap: str) -> Table:
    """One try, in a copy of the cloud: what became of the messages, and of the tasks that took them."""
    with cloud.copy() as future:
        seen = run(future, workers, message_seconds, visibility, mishap)
    caption = f"{workers} workers, {message_seconds} s a message, hidden for {visibility} s, goes wrong: {mishap}"
    rows = (
        ("work done once", str(seen.done_once)),
        ("work done more than once", str(seen.done_again)),
        ("set aside in the dead-letter queue", str(seen.set_aside)),
        ("still in the queue", str(seen.left)),
        ("tasks that were started", str(seen.tasks)),
    )
    return Table(caption, ("of the messages", "how many"), rows, _closing(seen))


def _closing(seen: Drained) -> str:
    if seen.left:
        return f"After {seen.seconds // 60} minutes the queue is still not empty."
    return f"The queue is empty after {seen.seconds} seconds."
