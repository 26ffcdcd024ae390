"""Jobs handed to a pool, a few ahead of what is being done, and what comes of each as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from typing import Protocol, TypeVar

from autograder.grade.work import Done, Job

Of = TypeVar("Of")
LOOK_SECONDS = 1.0
"""Wall seconds between two looks at whether the pool has gone."""


class Pool(Protocol):
    """Where jobs are done: worker processes of this machine, or a cluster."""

    @property
    def slots(self) -> int:
        """Jobs that it can take now without putting any aside."""

    def submit(self, job: Job) -> Future[Done]:
        """Hand in a job; its future never raises for what the job does."""

    def gone(self) -> str:
        """Why nothing more will come; '' while it may."""

    def close(self) -> None:
        """Let go of it. What is still being done is dropped."""


def pool(jobs: int | None, scheduler: str) -> Pool:
    """The workers of a scheduler, else of this machine. Raises Trouble where there is no such scheduler."""
    if scheduler:
        from autograder.grade.cluster import Cluster

        return Cluster(scheduler)
    from autograder.grade.workers import Workers

    return Workers(jobs)


def results(
    pool: Pool, jobs: Iterable[tuple[Job, Of]], *, while_waiting: Callable[[], object] = lambda: None
) -> Iterator[tuple[Of, Done]]:
    """What each job is of, with what came of it, as it comes. Each job comes back, whatever happens to the pool.

    `while_waiting`: called once, when the first jobs have been handed in.
    """
    ahead = iter(jobs)
    running: dict[Future[Done], Of] = {}
    _hand_in(pool, ahead, running)
    while_waiting()
    while running:
        done = wait(running, LOOK_SECONDS, FIRST_COMPLETED).done
        for future in done:
            yield running.pop(future), future.result()
        why = "" if done else pool.gone()
        if why:
            yield from ((of, Done(fault=why)) for of in running.values())
            yield from ((of, Done(fault=why)) for _, of in ahead)
            return
        _hand_in(pool, ahead, running)


def _hand_in(pool: Pool, ahead: Iterator[tuple[Job, Of]], running: dict[Future[Done], Of]) -> None:
    for job, of in islice(ahead, max(0, pool.slots - len(running))):
        running[pool.submit(job)] = of
