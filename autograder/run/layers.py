"""The layers of the box, by name. A layer that a machine lacks is named in the report, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

FILES, HOME, PROCESSES, NETWORK, IPC = "files", "home", "processes", "network", "ipc"
USER, PRIVILEGES, LANDLOCK, SECCOMP = "user", "privileges", "landlock", "seccomp"
LIMITS, CGROUP, ENVIRONMENT = "limits", "cgroup", "environment"

SAYS = {
    FILES: "a read-only file system of the interpreter and the course's packages alone",
    HOME: "an empty home and working directory of limited size, gone afterwards",
    PROCESSES: "processes of its own: it sees no other, and none of them outlives it",
    NETWORK: "no network, not even to this machine",
    IPC: "no shared memory or message queues with others, and a host name of its own",
    USER: "a user of its own",
    PRIVILEGES: "no privileges, and no way to get any",
    LANDLOCK: "a list of paths that the kernel lets it open (Landlock)",
    SECCOMP: "no system calls that a notebook does not need (seccomp)",
    LIMITS: "limits on memory, processes, files and processor time of each process",
    CGROUP: "a limit on the memory and the processes of all of it together (cgroup)",
    ENVIRONMENT: "an environment of a few fixed variables",
}
"""What each layer gives, in words that follow `It runs with`."""

ALL = tuple(SAYS)


@dataclass(frozen=True)
class Isolation:
    """Which layers a process was run in, and why the others are missing."""

    active: tuple[str, ...] = ()
    why: Mapping[str, str] = field(default_factory=dict)
    """For each missing layer the reason."""

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in ALL if name not in self.active)

    @property
    def full(self) -> bool:
        return not self.missing

    def lines(self) -> list[str]:
        """One line for each missing layer: its name, what it would give, and why it is not there."""
        return [f"{name} ({SAYS[name]}): {self.why.get(name, 'not tried')}" for name in self.missing]


def isolation(missing: Mapping[str, str]) -> Isolation:
    """What holds where these layers, by name, could not be had."""
    return Isolation(tuple(name for name in ALL if name not in missing), dict(missing))
