"""An image, as the registry of the simulated cloud knows it: what it is, and how it behaves when it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Image:
    """What a pulled image does. Out of these come pull time, exec format error, OOM, health and log lines."""

    reference: str
    """As a container definition would name it: registry/repository:tag or registry/repository@digest."""
    digest: str
    size_mib: int = 120
    """Compressed size in MiB: what is pulled."""
    architectures: tuple[str, ...] = ("X86_64",)
    """Runtime platforms in the image index, as in runtimePlatform.cpuArchitecture."""
    index: bool = True
    """True for an image index (several platforms possible), false for a single manifest of the one architecture."""
    ports: tuple[int, ...] = ()
    """TCP ports that the main process listens on."""
    start_seconds: float = 2.0
    """Seconds from the start of the process until it listens."""
    memory_mib: int = 64
    """Memory that the process needs at its peak, in MiB."""
    exit_after: float | None = None
    """Seconds after which the main process ends by itself; None for a server that runs on."""
    exit_code: int = 0
    log_lines: tuple[str, ...] = ()
    """Lines written to stdout when the process starts."""
    stop_seconds: float | None = 1.0
    """Seconds from SIGTERM until the process ends; None for a process that ignores it and has to be killed."""
    stop_code: int = 0
    """Exit code after SIGTERM."""
    calls: tuple[tuple[str, str], ...] = ()
    """AWS calls that the code makes once it runs, as the task role: (action, resource ARN)."""
    reads: tuple[str, ...] = ()
    """Files that the process reads when it starts; it logs what is in them."""
    writes: tuple[tuple[str, str], ...] = ()
    """Files that it writes after that: (path, content)."""
    work_seconds: float | None = None
    """Seconds of work that a batch process has to do before it ends by itself; None for one that has no such work."""
    checkpoint_path: str = ""
    """The file into which it writes how far it is, and from which it goes on; '' for a process that always begins at
    the beginning."""
    checkpoint_seconds: float | None = None
    """It writes that file after every so many seconds of work."""
    checkpoint_on_stop: bool = False
    """Does it write the file on SIGTERM? That takes its `stop_seconds`."""
    connects: tuple[tuple[str, int], ...] = ()
    """Connections that it opens when it starts: (host, TCP port); it logs what comes of them."""
    downloads: tuple[tuple[str, int], ...] = ()
    """What it fetches by HTTPS when it starts: (host, MiB). By a NAT gateway or an endpoint they cost by the GB."""
    unhealthy_after: float | None = None
    """Seconds from the start of the process after which its health checks fail; None for a process that stays well."""
    soci: bool = False
    """Does a SOCI index lie beside it, so that a task starts before all of it is pulled (R-340)?"""
    login: tuple[str, str] | None = None
    """User name and password that its registry asks for; None for a registry that asks for none."""
    requests_per_vcpu: float = 100.0
    """Requests a second that one vCPU answers when it is fully busy."""
    latency_seconds: float = 0.05
    """Seconds until an answer, where no other request waits."""
    error_share: float = 0.0
    """Share of the requests that its code answers with 500, 0 to 1. Health checks do not meet it."""
    request_mib: float = 0.0
    """MiB that a request holds while it is answered."""
    messages_per_vcpu: float = 10.0
    """Messages of a queue a second that one vCPU works off."""
    takes: str = ""
    """The SQS queue whose messages it works off, one after the other: by name, URL or ARN, or as `$NAME` the
    environment variable that names it; '' for none."""
    message_seconds: float = 1.0
    """Seconds of work on a message."""
    until_empty: bool = False
    """Does the process end (with `exit_code`) when a long poll brings nothing? Else it waits for ever."""
    deletes: bool = True
    """Does it delete a message that it is done with?"""
    dies_of: str = ""
    """A message that holds this text ends the process with code 1; '' for none."""
    traces: Literal["", "xray", "otlp"] = ""
    """How its code sends a trace to a sidecar: `xray` by UDP to localhost:2000, `otlp` by gRPC to localhost:4317; ''
    for no trace."""
    collects: tuple[int, ...] = ()
    """Ports of localhost at which it takes traces from other containers of the task, and hands them to X-Ray."""
    asks: tuple[str, ...] = ()
    """URLs that its code asks for once it is up, such as http://orders:8080/; it logs what comes of them."""
    asks_again: float | None = None
    """Seconds after which it asks again, and so on; None for once."""
    paths: tuple[tuple[str, int], ...] = ()
    """HTTP status by path, such as ("/health", 200); others answer 404. Empty: every path answers 200."""
