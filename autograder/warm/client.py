"""Clients that do not wait for nothing: jupyter_client ends each wait for a kernel with 0.2 silent seconds.

A client connects before the kernel listens, and zmq tries again after 0.1 s: a kernel that listens sooner waits for it.
These try again soon, then ever more seldom, so that a client of a dead kernel costs nothing.

Every client that matters here (nbclient, nbval, JupyterLab) knows a message by what it answers, so one that comes later
disturbs none of them; a fifth of that silence is kept to clear what the start left on the line.
"""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

import zmq
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_core.utils import ensure_async, run_sync

SILENCE_SECONDS = 0.04
AGAIN_MILLISECONDS = {zmq.RECONNECT_IVL: 5, zmq.RECONNECT_IVL_MAX: 1000}
"""The first wait until a connection is tried again, doubled each time, and the longest."""
CLIENTS = {
    "jupyter_client.blocking.BlockingKernelClient": "autograder.warm.client.PromptBlockingClient",
    "jupyter_client.blocking.client.BlockingKernelClient": "autograder.warm.client.PromptBlockingClient",
    "jupyter_client.asynchronous.AsyncKernelClient": "autograder.warm.client.PromptAsyncClient",
    "jupyter_client.asynchronous.client.AsyncKernelClient": "autograder.warm.client.PromptAsyncClient",
}
"""A manager's own client class, and the prompt one in its place."""


async def _wait(client: Any, timeout: float | None = None) -> None:
    """Wait until the kernel answers on both channels. Raises RuntimeError where it died or is late."""
    deadline = time.monotonic() + (float("inf") if timeout is None else timeout)
    while not await _answered(client):
        if not await client._async_is_alive():
            raise RuntimeError("Kernel died before replying to kernel_info")
        if time.monotonic() > deadline:
            raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")
    while await _message(client.iopub_channel, SILENCE_SECONDS) is not None:
        pass


async def _answered(client: Any) -> bool:
    client.kernel_info()
    reply = await _message(client.shell_channel, 1)
    if reply is None or reply["msg_type"] != "kernel_info_reply":
        return False
    if await _message(client.iopub_channel, 0.2) is None:  # not connected yet
        return False
    client._handle_kernel_info_reply(reply)
    return True


async def _message(channel: Any, seconds: float) -> dict[str, Any] | None:
    try:
        message: dict[str, Any] = await ensure_async(channel.get_msg(timeout=seconds))
    except Empty:
        return None
    return message


def _connect_soon(client: Any) -> None:
    """Of the sockets that this client will make."""
    for option, value in AGAIN_MILLISECONDS.items():
        client.context.setsockopt(option, value)


class PromptBlockingClient(BlockingKernelClient):
    """The blocking client, ready as soon as the kernel is."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        _connect_soon(self)

    wait_for_ready = run_sync(_wait)


class PromptAsyncClient(AsyncKernelClient):
    """The asynchronous client, ready as soon as the kernel is."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        _connect_soon(self)

    wait_for_ready = _wait
