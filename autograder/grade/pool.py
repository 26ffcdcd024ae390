"""Jobs handed to a pool, a few ahead of what is being done, and what comes of each as it comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from itertools import islice
from typing import Generic, Protocol, TypeVar

from autograder.grade.work import Done, Job

Of = TypeVar("Of")
LOOK_SECONDS = 1.0
"""Wall seconds between two looks at whether the pool has gone."""


class Pool(Protocol):
    """Where jobs are done: worker processes of this machine, or a cluster."""

    @property
    def slots(self) -> int:
        """Jobs that it can take now without putting any aside."""

    def begin(self) -> None:
        """Start what has to be started before one job more, and do not wait for it."""

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


class Results(Generic[Of]):
    """What each job is of, with what came of it, as it comes. Each job comes back, whatever happens to the pool.

    The first jobs are handed in at once, the others as there is room while the results are taken.
    """

    def __init__(self, pool: Pool, jobs: Iterable[tuple[Job, Of]]) -> None:
        self._pool, self._ahead = pool, iter(jobs)
        self._running: dict[Future[Done], Of] = {}
        self._hand_in()

    def __iter__(self) -> Iterator[tuple[Of, Done]]:
        while self._running:
            done = wait(self._running, LOOK_SECONDS, FIRST_COMPLETED).done
            finished = [(self._running.pop(future), future.result()) for future in done]
            why = "" if done else self._pool.gone()
            if why:
                yield from ((of, Done(fault=why)) for of in self._running.values())
                yield from ((of, Done(fault=why)) for _, of in self._ahead)
                return
            self._hand_in()  # before anything is made of the results, so that no worker waits for that
            yield from finished

    def _hand_in(self) -> None:
        for job, of in islice(self._ahead, max(0, self._pool.slots - len(self._running))):
            self._running[self._pool.submit(job)] = of
