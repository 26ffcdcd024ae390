"""A process inside a task: what it sees, what it reaches, what it may call. Its role and its network decide.

For lessons on isolation: whoever takes over a container has this and no more. Looking changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simcloud.cloud import metadata
from simcloud.cloud.asking import Asking
from simcloud.cloud.live import Live
from simcloud.sim.faults import beset
from simcloud.sim.steps import calls
from simcloud.sim.task import RUNNING, Task

CREDENTIALS, CREDENTIALS_PORT = metadata.LINK_LOCAL, 80
"""Where a container fetches the keys of its task role, and reads its metadata (R-156)."""
INSTANCE_METADATA = "169.254.169.254"


@dataclass(frozen=True)
class Reached:
    """The answer to *does a connection open?*"""

    open: bool
    why: str


@dataclass(frozen=True)
class Called:
    """The answer to *does this AWS call work?*"""

    allowed: bool
    """Did it get through, and was it allowed?"""
    outcome: str
    """ok, denied, no-credentials, timeout, no-name or missing."""
    line: str
    """As the code would log it."""
    why: str


class Inside:
    """One container of a task that runs. Raises LookupError where it does not."""

    def __init__(self, live: Live, task: Task, container: str = "") -> None:
        name = container or next(each.name for each in task.containers.values() if each.essential)
        held = task.containers.get(name)
        if held is None or held.status != RUNNING:
            raise LookupError(f"no container {name} of task {task.id} runs: nobody is inside")
        self._live, self._task, self._container = live, task, held
        self._asks = beset(Asking(live), live.world.faults)

    def __repr__(self) -> str:
        return f"<inside container {self._container.name} of task {self._task.id}>"

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables, secrets among them."""
        return dict(self._container.environment)

    @property
    def injected(self) -> dict[str, str]:
        """Those that Fargate adds: the region, where the metadata is read, and with a task role where its keys are."""
        return metadata.injected(self._task, self._container)

    @property
    def role(self) -> str:
        """ARN of the role whose keys the process can fetch; '' without a task role. Never the execution role."""
        return self._task.definition.task_role

    def metadata(self) -> dict[str, Any]:
        """What the task metadata endpoint answers, by path."""
        return metadata.documents(self._live, self._task, self._container.name)

    def reach(self, host: str, port: int = 443) -> Reached:
        """Does a TCP connection from here open? By the task's own interface, security groups and routes."""
        if host == INSTANCE_METADATA:
            return Reached(False, "Fargate shows a task no instance metadata: there is no instance of yours")
        if (host, port) == (CREDENTIALS, CREDENTIALS_PORT):
            return Reached(True, "the endpoint for the task's own credentials and metadata is on every task")
        route = self._asks.route(self._task.interface.id, host, port)
        return Reached(route.open or route.kind == "denied", route.why)

    def call(self, action: str, resource: str = "*") -> Called:
        """Would this AWS call work from here? `action` as policies name it: s3:GetObject. Nothing is called."""
        found = calls.reply(self._task, action, resource, self._asks)
        return Called(found.kind == "ok", found.kind, found.line, found.why)
