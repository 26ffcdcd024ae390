"""A Dask cluster as the engine beyond one machine. The one file that imports `distributed`.

No more jobs are handed in than the cluster has threads, so each worker holds what it is doing and nothing else: where
it dies, no other submission is suspected.
"""

from __future__ import annotations

import json
import time
import uuid
from concurrent.futures import Future
from dataclasses import replace
from typing import Any

from autograder.grade.fingerprint import everything
from autograder.grade.work import Done, Job, as_text, do_text
from autograder.trouble import Trouble

CONNECT_SECONDS = 20
PATIENCE = 60.0
"""Wall seconds to wait for a worker to come (back) before the rest is given up."""

RETRY_ONCE = "fargate-course-retry-once"

DIED = "the cluster's worker that graded it died, and another that tried it again died too"


class Cluster:
    """The workers of one scheduler."""

    def __init__(self, address: str) -> None:
        import distributed

        connect: Any = distributed.Client

        self.address = address
        try:
            self._client: Any = connect(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError) as why:
            says = " ".join(str(why).split())[:200]
            raise Trouble(f"no Dask scheduler answers at {address} ({says}): start one with `dask scheduler`") from None
        self._code = everything()
        self._seen = time.monotonic()
        self._client.run_on_scheduler(_retry_once, client=self._client.id)

    @property
    def slots(self) -> int:
        """The threads of all workers now; one while there is none, so that what waits is there when one comes."""
        threads = self._threads()
        return max(1, threads)

    def begin(self) -> None:
        """Its workers run already."""

    def submit(self, job: Job) -> Future[Done]:
        """Hand in a job; its future never raises for what the job does."""
        text = as_text(replace(job, code=self._code))
        theirs = self._client.submit(do_text, text, key=f"submission-{uuid.uuid4().hex}", pure=False)
        ours: Future[Done] = Future()
        theirs.add_done_callback(lambda done: ours.set_result(_done(done)))
        return ours

    def gone(self) -> str:
        """Why nothing more will come; '' while it may."""
        if self._threads():
            return ""
        if time.monotonic() - self._seen > PATIENCE:
            return f"the cluster at {self.address} had no worker for {PATIENCE:.0f} seconds"
        return ""

    def close(self) -> None:
        """Leave the cluster; the scheduler is as it was once it knows that this client is gone."""
        self._client.close(timeout=5)

    def _threads(self) -> int:
        if self._client.status not in ("running", "connecting"):
            return 0
        threads = sum(self._client.nthreads().values()) if self._client.status == "running" else 0
        if threads:
            self._seen = time.monotonic()
        return int(threads)


def _done(theirs: Any) -> Done:
    from distributed.scheduler import KilledWorker

    if theirs.status == "finished":
        return Done(**json.loads(theirs.result()))
    if theirs.status == "error":
        fault = theirs.exception()
        return Done(fault=DIED if isinstance(fault, KilledWorker) else f"{type(fault).__name__}: {fault}"[:300])
    return Done(fault="the cluster's scheduler was lost while it was graded")


def _retry_once(dask_scheduler: Any, client: str) -> None:
    """Runs in the scheduler: a job is tried on two workers, not on four, for as long as this client is there.

    The scheduler notices when a client goes, also one that was killed. Of several cohorts at a time the last one to go
    brings back what was before the first.
    """
    from distributed.diagnostics.plugin import SchedulerPlugin

    class RetryOnce(SchedulerPlugin):
        """Counts the clients that grade, and keeps what was before them."""

        def __init__(self, before: int) -> None:
            self.before = before
            self.clients: set[str] = set()

        def remove_client(self, scheduler: Any, client: str) -> None:
            self.clients.discard(client)
            if not self.clients:
                scheduler.allowed_failures = self.before
                scheduler.remove_plugin(name=RETRY_ONCE)

    held = dask_scheduler.plugins.get(RETRY_ONCE)
    if held is None:
        held = RetryOnce(dask_scheduler.allowed_failures)
        dask_scheduler.add_plugin(held, name=RETRY_ONCE)
    held.clients.add(client)
    dask_scheduler.allowed_failures = 1
