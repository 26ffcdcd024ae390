"""What a lesson may command of the simulated world: kill a task, slow a pull, break a host. Methods of `Cloud`.

A command is no call of AWS. It makes events, is written to the transcript, and is replayed from it like a move of time.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from simcloud.cloud import clock, codec
from simcloud.cloud.capacity_commands import CapacityCommands
from simcloud.cloud.live import LOCK

if TYPE_CHECKING:
    from simcloud.cloud.cloud import Cloud
    from simcloud.cloud.scaling_history import ScalingHistory
    from simcloud.sim.events import Event

COMMANDS = {
    "kill_task": "faults",
    "slow_pulls": "faults",
    "break_host": "faults",
    "mend_host": "faults",
    "retire": "faults",
    "load": "loading",
    "throttle": "throttling",
    "rotate_secret": "rotating",
    "expire_secret": "rotating",
    "reclaim_spot": "capacity",
    "spot_market": "capacity",
    "drought": "capacity",
    "end_drought": "capacity",
    "vcpu_quota": "capacity",
    "lose_zone": "capacity",
    "restore_zone": "capacity",
}
"""By name: the module of simcloud.cloud whose function of that name makes the events from the live world and what was
given. It raises LookupError or ValueError, and then nothing happened."""


def command(cloud: Cloud, do: str, given: Mapping[str, Any]) -> None:
    """Do it now, and write it to the transcript. Raises LookupError for a command, or a thing, that does not exist."""
    if do not in COMMANDS:
        raise LookupError(f"there is no command {do}; there are {', '.join(sorted(COMMANDS))}")
    make = getattr(importlib.import_module(f"simcloud.cloud.{COMMANDS[do]}"), do)
    with LOCK:
        cloud._must_be_live(do)
        live = cloud._live
        events: Iterable[Event] = make(live, **given)
        live.recorder.add({"kind": "command", "do": do, "given": codec.encode(given), "t": live.world.now})
        with live.recorder.paused():
            for event in events:
                live.world.post(event)
            clock.move(0)


class Commands(CapacityCommands):
    """The commands as methods."""

    def kill_task(self, task: str, *, container: str = "", exit_code: int = 137) -> None:
        """End the main process of a task's container (its first essential one, where none is named) with this code.

        Raises LookupError where there is no such task, or no such container that runs.
        """
        self._command("kill_task", task=task, container=container, exit_code=exit_code)

    def slow_pulls(self, factor: float, *, image: str = "") -> None:
        """Let pulls that begin from now on take `factor` times as long: of images whose reference holds `image`, or of
        all. 1 lets them take their usual time again. Raises ValueError for a factor that is not above 0."""
        self._command("slow_pulls", factor=factor, image=image)

    def break_host(self, host: str) -> None:
        """Let nothing reach a host any more (`db.example.com`, `secretsmanager.us-east-1.amazonaws.com`), or with
        `internet` any host that is none of AWS's. Connections that are tried time out."""
        self._command("break_host", host=host)

    def mend_host(self, host: str) -> None:
        """Let a host that `break_host` broke be reached again. Raises LookupError for one that is not broken."""
        self._command("mend_host", host=host)

    def retire(self, task: str) -> None:
        """Let AWS announce that it retires the infrastructure of a task. The task is stopped when the account's
        `fargateTaskRetirementWaitPeriod` is over. Raises LookupError where there is no such task that runs."""
        self._command("retire", task=task)

    def load(self, service: str, rate: float | None = None, *, cluster: str = "default", **asked: Any) -> None:
        """From now on offer so many requests a second to a service, in the place of its load before.

        One of `rate` (constant), `steps` and `points` (pairs of seconds from now and rate), and `daily` (the least and
        the most, the most at `peak`, an hour of the day in UTC: 14 unless told otherwise). With `queue`, the name of an
        SQS queue, so many messages a second go into that queue, and the service works them off. Raises LookupError
        where there is no such service, ValueError and TypeError for a load that cannot be.
        """
        given = {"rate": rate, **asked}
        self._command(
            "load", service=service, cluster=cluster, **{name: one for name, one in given.items() if one is not None}
        )

    def scaling_history(
        self: Any, service: str, cluster: str = "default", *, minutes: float | None = None
    ) -> ScalingHistory:
        """What was asked of a service, how many tasks it wanted and had, how they fared, and what its alarms did: in
        the last so many minutes, or since it was made. Raises LookupError where there is no such service."""
        from simcloud.cloud import scaling_history

        return scaling_history.history(self._live, service, cluster, minutes=minutes)

    def _command(self: Any, do: str, **given: Any) -> None:
        command(self, do, given)
