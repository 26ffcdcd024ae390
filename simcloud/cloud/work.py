"""What was done of work that takes its time, as plain values to look at. Looking changes nothing."""

from __future__ import annotations

from dataclasses import dataclass

from simcloud.cloud.live import Live


@dataclass(frozen=True)
class WorkView:
    """One run of a process that has work to do. Seconds of work; times are epoch seconds."""

    task: str
    """Id."""
    container: str
    service: str
    """Name; '' for a standalone task."""
    total: float
    """So much there is to do."""
    resumed: float
    """So much was done already when it began: what its checkpoint said."""
    done: float
    """So much of the whole is done now, or was when it ended."""
    kept: float
    """So much of that is there for whoever goes on: all that is done while it runs."""
    lost: float
    """So much has to be done again, because this run was interrupted."""
    started_at: float
    ended_at: float | None
    why: str
    """What ended it."""

    @property
    def finished(self) -> bool:
        """Is the whole work done?"""
        return self.done >= self.total


def runs(live: Live, service: str = "") -> list[WorkView]:
    """Oldest first."""
    now, name = live.world.now, service.rsplit("/", 1)[-1]
    return [
        WorkView(
            task=run.task.rsplit("/", 1)[-1],
            container=run.container,
            service=run.service.rsplit("/", 1)[-1],
            total=run.total,
            resumed=run.resumed,
            done=run.done(now),
            kept=run.done(now) if run.kept is None else run.kept,
            lost=run.lost,
            started_at=run.start,
            ended_at=run.ended,
            why=run.why,
        )
        for run in live.world.runs
        if not name or run.service.rsplit("/", 1)[-1] == name
    ]
