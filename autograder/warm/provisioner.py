"""A kernel provisioner that forks kernels from a warm process, which lives as long as the process that starts them.

In kernel.json: `"metadata": {"kernel_provisioner": {"provisioner_name": "warm-provisioner"}}`. Where the kernel is of
another Python, or the warm process does not come up, the kernel is started as always.
"""

from __future__ import annotations

import functools
import os
import signal
import sys
import time
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from autograder.run import layers
from autograder.run.warm import Died, Fork, Warm
from autograder.warm.client import CLIENTS

NAME = "warm-provisioner"
_LAUNCHER = ["-m", "ipykernel_launcher"]


@functools.cache
def _warm(_process: int) -> Warm:
    return Warm("kernel", layers.ALL)


def begin() -> None:
    """Start the warm process and do not wait for it: a server calls this before anyone asks for a kernel."""
    _warm(os.getpid()).begin()


class ForkedKernel:
    """What `LocalProvisioner` needs of a `subprocess.Popen`, for a process that is not this one's child."""

    stdin = stdout = stderr = None

    def __init__(self, fork: Fork) -> None:
        self._fork = fork
        self.pid = fork.pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        if self.returncode is None and (status := self._fork.status()) is not None:
            self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self) -> int:
        """Wait until it has ended."""
        while self.poll() is None:
            time.sleep(0.01)
        self._fork.end()
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class WarmProvisioner(LocalProvisioner):
    """Starts a kernel as a fork of a process that has everything imported."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """As always; and the manager's clients are then ready as soon as the kernel is."""
        if self.parent is not None and self.parent.client_class in CLIENTS:
            self.parent.client_class = CLIENTS[self.parent.client_class]
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Launch the kernel; returns how to connect to it."""
        arguments = _arguments(cmd)
        if arguments is not None:
            try:
                fork = _warm(os.getpid()).fork(stream=2)
            except Died as why:
                self.log.warning("no warm start: %s", why)
            else:
                return self._launched(fork, arguments, kwargs)
        return await super().launch_kernel(cmd, **kwargs)

    def _launched(self, fork: Fork, arguments: list[str], given: dict[str, Any]) -> KernelConnectionInfo:
        environment = given.get("env") or os.environ
        fork.tell(
            {
                "arguments": arguments,
                "environment": {name: value for name, value in environment.items() if isinstance(value, str)},
                "folder": os.path.abspath(given.get("cwd") or os.getcwd()),
            }
        )
        self.process = ForkedKernel(fork)  # type: ignore[assignment]  # has what is used of a Popen
        self.pid = self.pgid = fork.pid  # the fork leads a group of its own from its first step on
        self.cwd = given.get("cwd")
        return self.connection_info


def _arguments(command: list[str]) -> list[str] | None:
    """`sys.argv` of the kernel; None where it is no plain ipykernel of this Python."""
    if not command or os.path.realpath(command[0]) != os.path.realpath(sys.executable):
        return None
    rest = command[1:]
    while rest[:1] == ["-Xfrozen_modules=off"]:
        rest = rest[1:]
    return rest[1:] if rest[:2] == _LAUNCHER else None
