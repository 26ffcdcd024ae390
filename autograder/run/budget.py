"""What a submission may use. Generous for honest work, small enough that nobody waits long for the rest."""

from __future__ import annotations

from dataclasses import asdict, dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class Budget:
    """Limits on one process tree."""

    cell_seconds: float = 30
    """Wall seconds for one cell; then it is interrupted."""
    setup_seconds: float = 60
    """Wall seconds for a locked setup cell: it is the course's own code, and imports much on a busy machine."""
    grace_seconds: float = 3
    """Wall seconds that an interrupted cell has to stop; then the process is killed."""
    total_seconds: float = 120
    """Wall seconds for the whole submission."""
    memory: int = 2048 * MIB
    """Bytes of address space of one process."""
    processes: int = 64
    """Processes and threads of the sandbox's user at one time."""
    total_memory: int = 3072 * MIB
    """Bytes that all its processes hold together, their files in memory included; needs a cgroup."""
    cores: float = 1.0
    """Processors that all its processes keep busy together, so that none takes the time of those that run beside it;
    needs a cgroup that has the cpu controller."""
    file_size: int = 32 * MIB
    """Bytes of one file."""
    home: int = 64 * MIB
    """Bytes of all its files together; needs a home of its own."""
    open_files: int = 256
    output: int = 256 * 1024
    """Characters of output kept of one cell."""
    line: int = 4 * MIB
    """Bytes of one message from the process."""
    messages: int = 32 * MIB
    """Bytes of all its messages."""
    lines: int = 100_000
    """Messages from the process, of whatever kind."""
    entries: int = 20_000
    """Transcript entries that are kept."""
    values: int = 2_000_000
    """Values that the kept entries hold together: what they take of the grader's memory, and of the judge's."""
    forged: int = 1_000
    """Messages that are not believed; then the run is ended, since reading each of them takes the grader's time."""

    def as_json(self) -> dict[str, float]:
        """The limits as JSON, for the process that sets them on itself."""
        return asdict(self)


def set_limits(budget: Budget) -> None:
    """Set this process's own limits, for good: they cannot be raised again without privileges."""
    import resource

    wanted = {
        "RLIMIT_AS": budget.memory,
        "RLIMIT_NPROC": budget.processes,
        "RLIMIT_FSIZE": budget.file_size,
        "RLIMIT_NOFILE": budget.open_files,
        "RLIMIT_CPU": int(budget.total_seconds) + 30,
        "RLIMIT_CORE": 0,
    }
    for name, limit in wanted.items():
        number = getattr(resource, name, None)
        if number is None:  # not every platform has every limit
            continue
        hard = resource.getrlimit(number)[1]
        bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        try:
            resource.setrlimit(number, (bound, bound))
        except (ValueError, OSError):  # macOS refuses some of them; the report names the layers, not each limit
            continue
